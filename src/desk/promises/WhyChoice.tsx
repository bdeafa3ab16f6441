/** Why it was moved or not kept: for learning from it. Nothing is chosen for anybody. */
import { Because } from '../../contract/promises.ts'
import { Choice } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'

export const reasons = Because.options

export function WhyChoice({ value, onChange }: { value: Because | ''; onChange: (value: Because | '') => void }) {
  return (
    <Choice
      label={t('promises:because.label')}
      value={value}
      onChange={event => onChange(event.currentTarget.value as Because | '')}
    >
      <option value="">{t('promises:because.choose')}</option>
      {reasons.map(each => (
        <option key={each} value={each}>
          {t(`promises:because.${each}`)}
        </option>
      ))}
    </Choice>
  )
}
