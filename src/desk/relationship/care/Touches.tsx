/** Calls, visits and meetings there were: when, with whom of ours, and what was said. */
import type { TouchView } from '../../../contract/care.ts'
import { Time } from '../../../ui/index.ts'
import { t } from '../../../words/care.ts'
import { touchWords } from './careWords.ts'

export function Touches({ touches, short }: { touches: readonly TouchView[]; short?: boolean }) {
  if (touches.length === 0) return null
  return (
    <section>
      <h2 className="section">{t('care:panel.touches')}</h2>
      <ul className="touches">
        {touches.map(touch => (
          <li key={touch.id}>
            <p className={short ? 'small' : undefined}>
              {touchWords(touch)}, {touch.by.name}{' '}
              <Time at={touch.at} {...(short ? { shown: 'short' as const } : {})} className="small muted" />
            </p>
            {touch.words && (
              <p className="small muted" dir="auto">
                {touch.words}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
