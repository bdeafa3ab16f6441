/** Which hints one wants while writing; one's own setting, and nobody else's to see. */
import { hintKinds } from '../../../contract/kindness/kinds.ts'
import { Tick } from '../../../ui/index.ts'
import { t } from '../../../words/questions.ts'
import { settingOf, useChangeMe, useMe } from '../../session/me.ts'

export function HintSettings() {
  const me = useMe()
  const change = useChangeMe()
  return (
    <section className="block">
      <h2 className="section">{t('kindness:settings')}</h2>
      <div className="form">
        <p className="muted">{t('kindness:settingsLead')}</p>
        {hintKinds.map(kind => (
          <Tick
            key={kind}
            toggle
            label={t(`kindness:${kind}.name`)}
            checked={settingOf(me, `hint.${kind}`, true)}
            onChange={event => change.mutate({ settings: { [`hint.${kind}`]: event.currentTarget.checked } })}
          />
        ))}
      </div>
    </section>
  )
}
