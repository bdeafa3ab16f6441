/** Some messages become a conversation of their own: one by one, or from one on. Says when an answer is promised in it. */
import { useState } from 'react'
import type { ConversationView, MessageView } from '../../contract/conversations.ts'
import * as contract from '../../contract/structure.ts'
import { Field, firstName, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { Dialog } from '../pieces/Dialog.tsx'
import { goTo } from '../shell/going.ts'
import { notice } from '../shell/notices.ts'
import { actOn } from './structureQuery.ts'
import { noticeWithUndo } from './undone.ts'

type Props = { view: ConversationView; from: string | null; onClose: () => void }
const movable = ({ kind, takenBackAt, id }: MessageView) =>
  takenBackAt === null && kind !== 'acknowledgement' && !id.startsWith('sending-')

export function SplitDialog({ view, from, onClose }: Props) {
  const messages = view.messages.filter(movable)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(from ? [from] : []))
  const [subject, setSubject] = useState(view.subject)
  const [dueAt, setDueAt] = useState(view.reply.getBackAt)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const change = (ids: Iterable<string>) => {
    setChosen(new Set(ids))
    setError(undefined)
  }
  const act = async () => {
    if (chosen.size === 0) return setError(t('structure:split.needsMessages'))
    const stays = view.earlier !== null || messages.some(({ id, kind }) => kind !== 'note' && !chosen.has(id))
    if (!stays) return setError(t('structure:split.leavesNothing'))
    if (Date.parse(dueAt) <= Date.now()) return setError(t('compose:missing.past'))
    setBusy(true)
    const said = subject.trim()
    const done = await actOn(contract.split, {
      conversationId: view.id,
      messageIds: [...chosen],
      ...(said ? { subject: said } : {}),
      dueAt,
    })
    if (!done) return setBusy(false)
    onClose()
    const open = (number: number) =>
      goTo({ to: '/conversations/$conversationId', params: { conversationId: String(number) }, search: {} })
    await open(done.number)
    noticeWithUndo(
      t('structure:split.done', { number: done.number }),
      t('structure:split.from', { number: view.number }),
      () => void undoSplit(done.id).then(whole => whole && open(whole.number)),
    )
  }
  return (
    <Dialog
      title={t('structure:split.title')}
      lead={t('structure:split.lead', { name: firstName(view.customer.name) })}
      act={t('structure:split.act', { count: chosen.size })}
      {...{ busy, error, onClose }}
      onAct={() => void act()}
    >
      <fieldset className="others split">
        <legend className="section">{t('structure:split.which')}</legend>
        {messages.map((message, at) => (
          <div key={message.id} className="other">
            <label>
              <input
                type="checkbox"
                checked={chosen.has(message.id)}
                {...(from === message.id || (!from && at === 0) ? { 'data-autofocus': true } : {})}
                onChange={event =>
                  change(event.target.checked ? [...chosen, message.id] : [...chosen].filter(id => id !== message.id))
                }
              />
              <span className="what">
                <span className="small strong">
                  <bdi>{message.author?.name || message.authorRaw || t('conversation:someone')}</bdi>
                  {message.kind === 'note' && <span className="muted"> · {t('conversation:onlyInside')}</span>}
                </span>
                <span className="small muted cut" dir="auto">
                  {(message.trimmed ?? message.text).slice(0, 200)}
                </span>
              </span>
              <Time at={message.at} shown="short" className="small muted" />
            </label>
            {at > 0 && (
              <button
                type="button"
                className="link small"
                onClick={() => change(messages.slice(at).map(({ id }) => id))}
              >
                {t('structure:split.fromHere')}
              </button>
            )}
          </div>
        ))}
      </fieldset>
      <Field
        label={t('structure:split.subject')}
        dir="auto"
        maxLength={500}
        value={subject}
        onChange={event => setSubject(event.target.value)}
      />
      <p className="small">
        {t('structure:split.promise', { name: firstName(view.customer.name) })}{' '}
        <WhenField label={t('structure:split.when')} value={dueAt} onChange={setDueAt} />
      </p>
    </Dialog>
  )
}

export async function undoSplit(partId: string) {
  const whole = await actOn(contract.undoSplit, { conversationId: partId })
  if (whole) notice({ title: t('structure:split.undone', { number: whole.number }) })
  return whole
}
