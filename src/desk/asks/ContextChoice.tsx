/** What the expert sees of the customer's conversation: nothing but the messages that are ticked here. */
import type { ConversationView } from '../../contract/conversations.ts'
import { shortMoment, Tick, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

const going = new Set(['message', 'reply', 'follow-up', 'call', 'note'])
const most = 12

export const mayGoAlong = (view: ConversationView) =>
  view.messages
    .filter(({ kind, id, takenBackAt }) => going.has(kind) && takenBackAt === null && !id.startsWith('sending-'))
    .slice(-most)
    .reverse()

type Props = { view: ConversationView; chosen: ReadonlySet<string>; onChange: (chosen: ReadonlySet<string>) => void }

export function ContextChoice({ view, chosen, onChange }: Props) {
  const now = useNow()
  const place = usePlace()
  const messages = mayGoAlong(view)
  if (messages.length === 0) return null
  return (
    <fieldset className="askcontext">
      <legend className="section">{t('asks:context')}</legend>
      <p className="small muted">
        {chosen.size === 0 ? t('asks:contextNone') : t('asks:contextHelp', { count: chosen.size })}
      </p>
      <div className="list">
        {messages.map(message => (
          <Tick
            key={message.id}
            label={
              <span className="twolines small">
                <bdi className="strong">{message.author?.name || message.authorRaw || t('conversation:someone')}</bdi>{' '}
                <span className="muted">
                  {shortMoment(Date.parse(message.at), now, place)}
                  {message.kind === 'note' && ` · ${t('asks:aNote')}`}
                </span>{' '}
                <span dir="auto">{(message.trimmed ?? message.text).replace(/\s+/g, ' ').slice(0, 160)}</span>
              </span>
            }
            checked={chosen.has(message.id)}
            onChange={event => {
              const next = new Set(chosen)
              if (event.currentTarget.checked) next.add(message.id)
              else next.delete(message.id)
              onChange(next)
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}
