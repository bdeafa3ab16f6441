/** Asks as rows: who, what, and how it stands for me. */
import { Link } from '@tanstack/react-router'
import type { AskRow } from '../../contract/asks.ts'
import { firstName, relative, shortMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

type Props = { asks: readonly AskRow[]; is: 'forMe' | 'back' | 'news' }

export function AskRows({ asks, is }: Props) {
  return (
    <ul className="askrows">
      {asks.map(ask => (
        <li key={ask.id} className="it acts-on">
          <p className="top">
            <RowLink ask={ask} is={is} />
          </p>
          <p className="two" dir="auto">
            {ask.words}
          </p>
          <p className="small muted">
            <Stands ask={ask} is={is} />
          </p>
        </li>
      ))}
    </ul>
  )
}

function RowLink({ ask, is }: { ask: AskRow; is: Props['is'] }) {
  const name = is === 'back' ? ask.expert.name : ask.by.name
  if (is === 'back' && ask.conversation)
    return (
      <Link
        to="/conversations/$conversationId"
        params={{ conversationId: String(ask.conversation.number) }}
        search={{}}
        className="strong cut"
      >
        {t('asks:row.answered', { name })}
      </Link>
    )
  return (
    <Link to="/asks/$askId" params={{ askId: ask.id }} className="strong cut">
      {name}
    </Link>
  )
}

function Stands({ ask, is }: { ask: AskRow; is: Props['is'] }) {
  const now = useNow()
  const place = usePlace()
  if (is === 'back')
    return t('asks:row.relay', {
      name: firstName(ask.conversation?.customer.name ?? ''),
      time: relative(Date.parse(ask.at), now),
    })
  if (is === 'news') {
    if (ask.verdict) return t(`asks:verdict.${ask.verdict}`)
    return ask.thanked
      ? t('asks:row.thanked', { name: firstName(ask.by.name) })
      : t(ask.state === 'closed' ? 'asks:closed' : 'asks:row.given')
  }
  if (!ask.dueAt) return t('asks:row.open')
  const time = shortMoment(Date.parse(ask.dueAt), now, place)
  return (
    <span className={Date.parse(ask.dueAt) < now ? 'warm' : undefined}>
      {t(ask.named ? 'asks:row.named' : 'asks:row.wanted', { time, name: firstName(ask.by.name) })}
    </span>
  )
}
