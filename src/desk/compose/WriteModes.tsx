/** Writing first, or noting a phone call: which of the two this is. */
import { IconMail, IconPhone } from '@tabler/icons-react'
import { t } from '../../words/desk.ts'

type Is = 'written' | 'phone'

export function WriteModes({ is, onChange }: { is: Is; onChange: (is: Is) => void }) {
  return (
    <div className="modes" role="tablist" aria-label={t('compose:write.kinds')}>
      {(['written', 'phone'] as const).map(one => (
        <button key={one} type="button" role="tab" aria-selected={is === one} onClick={() => onChange(one)}>
          {one === 'written' ? (
            <IconMail size={17} stroke={1.6} aria-hidden="true" />
          ) : (
            <IconPhone size={17} stroke={1.6} aria-hidden="true" />
          )}
          {t(`compose:write.${one}Tab`)}
        </button>
      ))}
    </div>
  )
}
