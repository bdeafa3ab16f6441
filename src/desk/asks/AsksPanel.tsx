/** Beside the stream: who was asked here, and what came of it, question by question. */
import { useQuery } from '@tanstack/react-query'
import type { AskView } from '../../contract/asks.ts'
import type { ConversationView } from '../../contract/conversations.ts'
import { firstName, shortMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { chipWords } from './AskStanding.tsx'
import { asksQuery } from './queries.ts'

export function AsksPanel({ view, me }: { view: ConversationView; me: string }) {
  const { data } = useQuery(asksQuery(view.id))
  const asks = data?.asks ?? []
  if (asks.length === 0) return null
  return (
    <section>
      <h2 className="section">{t('asks:panel')}</h2>
      <ul className="askslist">
        {asks.map(ask => (
          <li key={ask.id}>
            <button type="button" className="link" onClick={() => show(ask.id)} title={ask.words}>
              <span className="cut" dir="auto">
                {ask.words}
              </span>
            </button>
            <Stands ask={ask} me={me} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Stands({ ask, me }: { ask: AskView; me: string }) {
  const now = useNow()
  const place = usePlace()
  const name = firstName(ask.expert.name)
  const answer = ask.messages.findLast(({ kind }) => kind === 'answer')
  if (ask.state === 'open')
    return (
      <p className="small muted">
        {chipWords(ask, me)}{' '}
        {ask.promise && t('desk:promise.by', { time: shortMoment(Date.parse(ask.promise.dueAt), now, place) })}
      </p>
    )
  if (!answer) return <p className="small muted">{t('asks:closed')}</p>
  return (
    <p className="small muted two" dir="auto">
      <bdi className="strong">{answer.author ? firstName(answer.author.name) : name}:</bdi>{' '}
      {(answer.trimmed ?? answer.text).replace(/\s+/g, ' ').slice(0, 160)}
    </p>
  )
}

function show(askId: string) {
  document.getElementById(`ask-${askId}`)?.scrollIntoView({ block: 'center' })
}
