/** Keys as they are printed on a keyboard: "g then t", "Ctrl K". */
import { Fragment } from 'react'
import { t } from '../words/catalogue.ts'

const apple = typeof navigator !== 'undefined' && /Mac|iP(hone|ad)/.test(navigator.platform)

function keyName(key: string): string {
  if (key === '$mod') return apple ? t('desk:keys.name.cmd') : t('desk:keys.name.mod')
  const named = t(`desk:keys.name.${key}`, { defaultValue: '' })
  return named || (key.length === 1 ? key : key.replace(/^Key/, ''))
}

/** `keys` as tinykeys writes them: "$mod+K", "g t", "Shift+?". */
export function Keys({ keys }: { keys: string }) {
  const presses = keys.split(' ')
  return (
    <span className="keys">
      {presses.map((press, at) => (
        <Fragment key={press}>
          {at > 0 && <span className="small"> {t('desk:keys.then')} </span>}
          {press
            .split('+')
            .filter(key => !(key === 'Shift' && /\+[^a-z]$/i.test(press)))
            .map(key => (
              <kbd key={key}>{key.length === 1 && press.includes('$mod') ? key.toUpperCase() : keyName(key)}</kbd>
            ))}
        </Fragment>
      ))}
    </span>
  )
}
