/** What the expert sees of the customer's conversation: nothing but the messages that are ticked here. */
import type { ConversationView } from '../../contract/conversations.ts'
import { shortMoment, Tick, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { sizeWords } from '../conversation/fileKinds.ts'

const going = new Set(['message', 'reply', 'follow-up', 'call', 'note'])
const most = 12

const filesOf = (message: ConversationView['messages'][number]) => message.attachments.filter(({ inline }) => !inline)

export const mayGoAlong = (view: ConversationView) =>
  view.messages
    .filter(({ kind, id, takenBackAt }) => going.has(kind) && takenBackAt === null && !id.startsWith('sending-'))
    .slice(-most)
    .reverse()

/** Messages that go along, and of their files those that were ticked: never one by itself. */
export type Along = { messages: ReadonlySet<string>; files: ReadonlySet<string> }
type Props = { view: ConversationView; chosen: Along; onChange: (chosen: Along) => void }

const toggled = (set: ReadonlySet<string>, id: string, on: boolean) => {
  const next = new Set(set)
  if (on) next.add(id)
  else next.delete(id)
  return next
}

export function ContextChoice({ view, chosen, onChange }: Props) {
  const now = useNow()
  const place = usePlace()
  const messages = mayGoAlong(view)
  if (messages.length === 0) return null
  const choose = (message: (typeof messages)[number], on: boolean) =>
    onChange({
      messages: toggled(chosen.messages, message.id, on),
      // What no longer goes along takes its files with it.
      files: on ? chosen.files : filesOf(message).reduce((set, { id }) => toggled(set, id, false), chosen.files),
    })
  return (
    <fieldset className="askcontext">
      <legend className="section">{t('asks:context')}</legend>
      <p className="small muted">
        {chosen.messages.size === 0 ? t('asks:contextNone') : t('asks:contextHelp', { count: chosen.messages.size })}{' '}
        {chosen.files.size > 0 && t('asks:filesAlong', { count: chosen.files.size })}
      </p>
      <div className="list">
        {messages.map(message => (
          <div key={message.id}>
            <Tick
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
              checked={chosen.messages.has(message.id)}
              onChange={event => choose(message, event.currentTarget.checked)}
            />
            {chosen.messages.has(message.id) && (
              <div className="files">
                {filesOf(message).map(file => (
                  <Tick
                    key={file.id}
                    label={
                      <span className="small">
                        {t('asks:fileOf', { name: file.name, size: sizeWords(file.bytes, place.language) })}
                      </span>
                    }
                    checked={chosen.files.has(file.id)}
                    onChange={event =>
                      onChange({ ...chosen, files: toggled(chosen.files, file.id, event.currentTarget.checked) })
                    }
                  />
                ))}
              </div>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  )
}
