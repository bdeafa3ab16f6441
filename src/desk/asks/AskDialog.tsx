/** Asks a colleague or a partner one question: whom, what, with which messages, and by when. It stays inside; what is begun is kept until it is sent. */
import './asks.css'
import { IconEyeOff } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { makeAsk } from '../../contract/asks.ts'
import type { ConversationView } from '../../contract/conversations.ts'
import { Area, firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem } from '../api.ts'
import { draftKey, dropDraft, keepDraft, tab, takeDraft } from '../compose/draftShelf.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { renewConversation } from '../conversation/conversationQuery.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { useMe } from '../session/me.ts'
import { notice } from '../shell/notices.ts'
import { type Along, ContextChoice, mayGoAlong } from './ContextChoice.tsx'
import { renewAsks } from './queries.ts'
import { type Whom, WhomToAsk } from './WhomToAsk.tsx'

type Props = { view: ConversationView; messageId: string | null; onClose: () => void }

const hour = 3_600_000

/** An hour before the customer expects us, where there is that much time; else what the team's hours suggest. */
function firstTime(view: ConversationView, now: number): string {
  const due = view.promises
    .filter(
      ({ direction, endedAt, kind }) =>
        direction === 'ours' && endedAt === null && (kind === 'reply' || kind === 'action'),
    )
    .map(({ dueAt }) => Date.parse(dueAt))
  const first = Math.min(...due)
  const before = Math.floor((first - hour) / 300_000) * 300_000
  return Number.isFinite(before) && before - now > hour ? new Date(before).toISOString() : view.reply.getBackAt
}

const alone = (id: string | undefined): Along => ({ messages: new Set(id ? [id] : []), files: new Set() })

export function AskDialog({ view, messageId, onClose }: Props) {
  const me = useMe()
  const key = draftKey(me.id, view.id, 'ask')
  const [kept] = useState(() => takeDraft(key))
  const latest = mayGoAlong(view).find(({ kind }) => kind === 'message')
  const [whom, setWhom] = useState<Whom | null>(null)
  const [body, setBody] = useState(kept?.body ?? '')
  const [chosen, setChosen] = useState<Along>(() => alone(messageId ?? latest?.id))
  const touched = useRef(messageId !== null)
  const [dueAt, setDueAt] = useState(() => firstTime(view, Date.now()))
  const [lacks, setLacks] = useState<{ whom?: string; body?: string }>({})
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const words = (text: string) => {
    setBody(text)
    setLacks({})
    if (text.trim() === '') dropDraft(key)
    else
      keepDraft(key, { body: text, choices: {}, seenVersion: 0, savedAt: Date.now(), tab, shared: null, ahead: true })
  }
  const choose = (one: Whom | null) => {
    setWhom(one)
    setLacks({})
    setError(undefined)
    // Nothing of a customer leaves the house unless somebody says so.
    if (!touched.current) setChosen(alone(one?.outside ? undefined : latest?.id))
  }
  const send = async () => {
    if (busy) return
    const missing = {
      ...(whom ? {} : { whom: t('asks:needsWhom') }),
      ...(body.trim() ? {} : { body: t('asks:needsQuestion') }),
    }
    if (!whom || !body.trim()) return setLacks(missing)
    setBusy(true)
    setError(undefined)
    try {
      await ask(makeAsk, {
        conversationId: view.id,
        ...(whom.outside ? { address: whom.address } : { memberId: whom.memberId }),
        body: body.trim(),
        context: [...chosen.messages],
        files: [...chosen.files],
        dueAt,
      })
      dropDraft(key)
      renewAsks()
      void renewConversation(view.id)
      notice({
        title: t('asks:asked', { name: whom.name }),
        detail: t('asks:askedDetail', { name: firstName(whom.name) }),
      })
      onClose()
    } catch (problem) {
      setError(problem instanceof Problem ? problem.detail || problem.title || t('asks:failed') : t('asks:failed'))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('asks:title')}
      lead={
        <span className="askonly">
          <IconEyeOff size={17} stroke={1.6} aria-hidden="true" />
          {t('asks:lead', { name: firstName(view.customer.name) })}
        </span>
      }
      act={t('asks:act')}
      inside
      {...{ busy, error, onClose }}
      onAct={() => void send()}
    >
      <WhomToAsk conversationId={view.id} whom={whom} error={lacks.whom} onChange={choose} />
      <Area
        label={t('asks:question')}
        dir="auto"
        rows={4}
        maxLength={20_000}
        value={body}
        error={lacks.body}
        placeholder={t('asks:questionExample')}
        onChange={event => words(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void send()
        }}
      />
      <p className="askwhen">
        <span>{t('asks:by')}</span> <WhenField value={dueAt} label={t('asks:by')} onChange={setDueAt} />
      </p>
      <ContextChoice
        view={view}
        chosen={chosen}
        onChange={next => {
          touched.current = true
          setChosen(next)
        }}
      />
    </Dialog>
  )
}
