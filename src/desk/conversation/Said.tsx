/** One message of the stream: what they or we said, without a box; ours with a blue rule. Shows plainly how sending stands. */
import { IconAlertTriangle, IconClock, IconPhone, IconRobot, IconSend } from '@tabler/icons-react'
import { memo } from 'react'
import type { MessageView } from '../../contract/conversations.ts'
import { firstName, Portrait, PromiseChip, Time, useNow } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Countdown } from '../compose/Countdown.tsx'
import { forwardItems } from '../forward/forwardItem.tsx'
import { Files } from './Files.tsx'
import { MailBody } from './MailBody.tsx'
import { MessageMenu } from './MessageMenu.tsx'

const most = 6

export const Said = memo(function Said({
  message,
  customer,
}: {
  message: MessageView
  customer: { id: string; name: string }
}) {
  const name = message.author?.name || message.authorRaw || t('conversation:someone')
  const takenBack = message.takenBackAt !== null
  return (
    <article
      className="said"
      data-ours={message.ours || undefined}
      data-message={message.id}
      data-away={takenBack || undefined}
      aria-label={t(message.ours ? 'conversation:replyFrom' : 'conversation:messageFrom', { name })}
    >
      <Portrait name={name} us={message.ours} />
      <div>
        <div className="by">
          <bdi className="strong">{name}</bdi> <Way message={message} customer={customer} />
          <Time at={message.at} shown="both" className="small muted" />
          {!message.id.startsWith('sending-') && <MessageMenu message={message} items={forwardItems(message)} />}
        </div>
        {takenBack ? (
          <p className="small muted">{t('conversation:takenBack')}</p>
        ) : (
          <>
            <MailBody message={message} />
            <Files files={message.attachments} />
            <Standing message={message} />
            {message.promises.length > 0 && (
              <p className="after">
                {message.promises.map(promise => (
                  <PromiseChip key={promise.id} promise={promise} bare={promise.direction === 'ours'} />
                ))}
              </p>
            )}
          </>
        )}
      </div>
    </article>
  )
})

/** "to Inês, copied Rui, from service@…"; a long list is cut and whole in the title. */
function Way({ message, customer }: { message: MessageView; customer: { id: string; name: string } }) {
  if (message.kind === 'call')
    return (
      <span className="muted small way">
        <IconPhone size={15} stroke={1.6} aria-hidden="true" /> {t('conversation:call')}
      </span>
    )
  const naming = (role: 'to' | 'cc') => {
    const all = message.recipients.filter(one => one.role === role)
    const short = all.slice(0, most).map(one => {
      if (one.personId === customer.id || (message.ours && one.name)) return firstName(one.name || customer.name)
      return one.name || one.address
    })
    if (all.length > most) short.push(t('compose:others', { count: all.length - most }))
    return short.join(', ')
  }
  const to = naming('to')
  const cc = naming('cc')
  const parts = [
    to && t('conversation:to', { names: to }),
    cc && t('conversation:copied', { names: cc }),
    message.ours && message.from && t('conversation:from', { address: message.from }),
  ].filter(Boolean)
  return (
    <span
      className="muted small way"
      title={message.recipients.map(({ name, address }) => `${name} <${address}>`.trim()).join('\n')}
    >
      <bdi>{parts.join(', ')}</bdi>
      {message.kind === 'automatic' && (
        <>
          {' '}
          <IconRobot size={15} stroke={1.6} aria-hidden="true" /> {t('conversation:automatic')}
        </>
      )}
    </span>
  )
}

type Sending = MessageView['sending'][number]['state']
const troubled: Sending[] = ['bounced', 'failed', 'uncertain']

/** Nothing is said of what simply went out. */
export function Standing({ message }: { message: MessageView }) {
  const now = useNow()
  if (!message.ours || message.kind === 'note' || message.kind === 'call') return null
  if (message.id.startsWith('sending-'))
    return (
      <p className="standing small muted" role="status">
        <IconSend size={15} stroke={1.6} aria-hidden="true" /> {t('conversation:sending.sending')}
      </p>
    )
  const held = message.undoUntil ? Date.parse(message.undoUntil) : 0
  const trouble = message.sending.filter(({ state }) => troubled.includes(state))
  const waiting = message.sending.some(({ state }) => state === 'waiting' || state === 'sending')
  if (held > now && message.sending.some(({ state }) => state === 'held'))
    return (
      <p className="standing small muted">
        <IconClock size={15} stroke={1.6} aria-hidden="true" />{' '}
        <Countdown until={held} words={count => t('conversation:sending.held', { count })} />
      </p>
    )
  return (
    <>
      {waiting && (
        <p className="standing small muted">
          <IconSend size={15} stroke={1.6} aria-hidden="true" /> {t('conversation:sending.waiting')}
        </p>
      )}
      {trouble.map(({ outboxId, recipient, state, error }) => (
        <p key={outboxId} className="standing small trouble" role="alert">
          <IconAlertTriangle size={15} stroke={1.6} aria-hidden="true" />
          <span>
            <span className="strong">{t(`conversation:sending.${state}`, { recipient })}</span>{' '}
            {error && <bdi className="muted">{error}</bdi>}
          </span>
        </p>
      ))}
    </>
  )
}
