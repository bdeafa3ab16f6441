/** Another time for what we promised: said before it is due it is moved, after that it is broken; the customer can be told. */
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/conversations.ts'
import { type PromiseView, renegotiate } from '../../contract/promises.ts'
import { Area, Field, firstName, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { likelyTimes } from '../compose/whenWords.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { renewConversation } from './conversationQuery.ts'

type Props = { view: ConversationView; promise: PromiseView; onClose: () => void }

export function LaterDialog({ view, promise, onClose }: Props) {
  const place = usePlace()
  const [dueAt, setDueAt] = useState<string>(
    () => likelyTimes(new Date(), place.zone).find(({ at }) => at > promise.dueAt)?.at ?? view.reply.getBackAt,
  )
  const [words, setWords] = useState(promise.automatic ? '' : promise.words)
  const inside = promise.kind === 'follow-up' || promise.kind === 'ask-again'
  const [tell, setTell] = useState(!inside)
  const name = firstName(view.customer.name)
  const [says, setSays] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const act = async () => {
    if (!words.trim() && !inside) return setError(t('conversation:later.needsWords'))
    if (tell && !says.trim()) return setError(t('conversation:later.needsSaying', { name }))
    if (Date.parse(dueAt) <= Date.now()) return setError(t('compose:missing.past'))
    setBusy(true)
    try {
      const input = {
        promiseId: promise.id,
        dueAt,
        words: words.trim() || promise.words,
        ...(tell ? { tell: says.trim() } : {}),
      }
      await ask(renegotiate, input)
      await renewConversation(view.id)
      renew(cache, contract.list, contract.counts)
      onClose()
    } catch (problem) {
      setError(
        problem instanceof Problem
          ? problem.detail || problem.title || t('desk:state.silentHappened')
          : String(problem),
      )
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('conversation:later.title')}
      lead={t('conversation:later.lead')}
      act={t(tell ? 'conversation:later.actTell' : 'conversation:later.act', { name })}
      {...{ busy, error, onClose }}
      onAct={() => void act()}
    >
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
    </Dialog>
  )
}
