/**
 * "Later" means one of two things, and says which: out of my own sight until then, while everything promised stays due; or
 * another time for what we promised, told to the customer. Said before it is due a promise is moved, after that it is broken.
 */
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { type PromiseView, renegotiate } from '../../contract/promises.ts'
import { snooze } from '../../contract/structure.ts'
import { Area, Field, firstName, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem } from '../api.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { likelyTimes, whenWords } from '../compose/whenWords.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { renewAll, useStructure } from '../structure/structureQuery.ts'
import { noticeDone } from '../structure/undone.ts'

type Props = {
  view: ConversationView
  /** what could be moved; without one there is only "for me" */
  promise: PromiseView | null
  onClose: () => void
  onSnoozed: () => void
}

export function LaterDialog({ view, promise, onClose, onSnoozed }: Props) {
  const place = usePlace()
  const [meaning, setMeaning] = useState<'me' | 'promise'>('me')
  const mornings = useStructure(view.id)?.mornings
  const [until, setUntil] = useState<string | null>(null)
  const wakes = until ?? mornings?.next ?? likelyTimes(new Date(), place.zone)[0]?.at ?? view.reply.getBackAt
  const [dueAt, setDueAt] = useState<string>(
    () =>
      likelyTimes(new Date(), place.zone).find(({ at }) => !promise || at > promise.dueAt)?.at ?? view.reply.getBackAt,
  )
  const inside = promise?.kind === 'follow-up' || promise?.kind === 'ask-again'
  const [words, setWords] = useState(!promise || promise.automatic ? '' : promise.words)
  const [tell, setTell] = useState(!inside)
  const [says, setSays] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const name = firstName(view.customer.name)
  const forMe = meaning === 'me' || !promise
  const lacks = () => {
    if (Date.parse(forMe ? wakes : dueAt) <= Date.now()) return t('compose:missing.past')
    if (forMe) return null
    if (!words.trim() && !inside) return t('conversation:later.needsWords')
    return tell && !says.trim() ? t('conversation:later.needsSaying', { name }) : null
  }
  const act = async () => {
    const missing = lacks()
    if (missing) return setError(missing)
    setBusy(true)
    try {
      if (forMe) {
        const { undo } = await ask(snooze, { conversationId: view.id, until: wakes })
        noticeDone(t('structure:later.done', { when: whenWords(wakes, place) }), view.subject, undo)
      } else {
        const said = { words: words.trim() || promise.words, ...(tell ? { tell: says.trim() } : {}) }
        await ask(renegotiate, { promiseId: promise.id, dueAt, ...said })
      }
      renewAll()
      onClose()
      if (forMe) onSnoozed()
    } catch (problem) {
      setError(
        problem instanceof Problem
          ? problem.detail || problem.title || t('desk:state.silentHappened')
          : String(problem),
      )
      setBusy(false)
    }
  }
  const movesWords = t(tell ? 'conversation:later.actTell' : 'conversation:later.act', { name })
  return (
    <Dialog
      title={t('structure:later.title')}
      act={forMe ? t('structure:later.act') : movesWords}
      {...{ busy, error, onClose }}
      onAct={() => void act()}
    >
      {promise && (
        <fieldset className="radios meanings">
          <legend className="hidden">{t('structure:later.meaning')}</legend>
          {(['me', 'promise'] as const).map(one => (
            <label key={one}>
              <input type="radio" name="meaning" checked={meaning === one} onChange={() => setMeaning(one)} />
              <span>
                <span className="strong">{t(`structure:later.${one}.title`, { name })}</span>{' '}
                <span className="small muted">{t(`structure:later.${one}.lead`, { name })}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {forMe ? (
        <>
          {!promise && <p className="muted">{t('structure:later.me.lead')}</p>}
          <WhenField open label={t('structure:later.when')} value={wakes} onChange={setUntil} />
          {promise?.direction === 'ours' && !inside && promise.dueAt < wakes && (
            <p className="small hint" role="status">
              {t('structure:later.stillDue', { name, when: whenWords(promise.dueAt, place) })}
            </p>
          )}
        </>
      ) : (
        <>
          <p className="muted small">{t('conversation:later.lead')}</p>
          <WhenField open label={t('conversation:later.when')} value={dueAt} onChange={setDueAt} />
          {!inside && (
            <Field
              label={t('compose:words.label')}
              dir="auto"
              maxLength={2000}
              value={words}
              placeholder={t('compose:words.placeholder')}
              onChange={event => setWords(event.target.value)}
            />
          )}
          {!inside && view.mailbox?.canSend && (
            <Tick
              label={t('conversation:later.tell', { name })}
              checked={tell}
              onChange={event => setTell(event.target.checked)}
            />
          )}
          {tell && (
            <Area
              label={t('conversation:later.says', { name })}
              dir="auto"
              rows={3}
              maxLength={2000}
              value={says}
              placeholder={t('conversation:later.saysExample')}
              onChange={event => setSays(event.target.value)}
            />
          )}
        </>
      )}
    </Dialog>
  )
}
