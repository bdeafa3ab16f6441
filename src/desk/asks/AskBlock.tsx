/** An ask in the stream: inside, the answer set in under the question, its last line saying where it went. */
import './asks.css'
import { IconMessageQuestion } from '@tabler/icons-react'
import type { AskView } from '../../contract/asks.ts'
import { Portrait, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { AskActs } from './AskActs.tsx'
import { AskStanding } from './AskStanding.tsx'
import { AskTalk } from './AskTalk.tsx'

export function AskBlock({ ask, me }: { ask: AskView; me: string }) {
  const label =
    ask.by.id === me
      ? t('asks:label.you', { name: ask.expert.name })
      : ask.expert.id === me
        ? t('asks:label.toYou', { by: ask.by.name })
        : t('asks:label.they', { by: ask.by.name, name: ask.expert.name })
  return (
    <article className="inside ask" id={`ask-${ask.id}`} aria-label={label}>
      <Portrait name={ask.expert.name} us />
      <div>
        <p className="label">
          <IconMessageQuestion className="i" aria-hidden="true" />
          <bdi>{label}</bdi> <span>· {t('conversation:onlyInside')}</span>
          <Time at={ask.askedAt} shown="short" />
        </p>
        <AskTalk view={ask} me={me} />
        <p className="small muted">
          {ask.context.length === 0 ? t('asks:seesNone') : t('asks:sees', { count: ask.context.length })}
        </p>
        <AskStanding view={ask} me={me} />
        <AskActs view={ask} me={me} />
      </div>
    </article>
  )
}
