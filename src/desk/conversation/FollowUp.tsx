/** A solved conversation: the follow-up that is prepared for it, and what came of it. Sends nothing unread, guesses no verdict. */
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import * as contract from '../../contract/conversations.ts'
import { Area, Button, firstName, Keys, useNow } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import type { EditorHandle } from '../compose/Editor.tsx'
import { answeredByMail, Together } from '../outside/followUp.tsx'
import { Prefers } from '../relationship/Prefers.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewConversation } from './conversationQuery.ts'

const Editor = lazy(() => import('../compose/Editor.tsx'))
type Verdict = 'worked' | 'incomplete' | 'wrong'
type Props = { view: contract.ConversationView; opened: boolean; onOpen: (opened: boolean) => void; onDone: () => void }

export function FollowUp({ view, opened, onOpen, onDone }: Props) {
  const now = useNow()
  const promise = view.promises.find(one => one.kind === 'follow-up' && ['open', 'soon', 'overdue'].includes(one.state))
  const asked = view.messages.some(message => message.kind === 'follow-up' && message.takenBackAt === null)
  const byMail = answeredByMail(view)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  if (!promise && !byMail) return null
  const due = promise !== undefined && Date.parse(promise.dueAt) <= now
  const name = firstName(view.customer.name)
  const verdicts = [
    { is: 'worked' as const, icon: IconCircleCheck },
    { is: 'incomplete' as const, icon: IconAlertTriangle },
    { is: 'wrong' as const, icon: IconCircleX },
  ]
  return (
    <section className="followup" aria-label={t('conversation:followUp.title')}>
      <p className="strong">
        {byMail
          ? t('options:followUp.answered', { name })
          : t(
              asked
                ? 'conversation:followUp.asked'
                : due
                  ? 'conversation:followUp.due'
                  : 'conversation:followUp.coming',
              { name },
            )}
      </p>
      {!byMail && <p className="small muted">{t('conversation:followUp.lead', { name })}</p>}
      <Prefers name={view.customer.name} preferred={view.customer.preferred} />
      {!opened && !verdict && (
        <div className="acts">
          {!asked && !byMail && (
            <Button kind={due ? 'primary' : 'plain'} onClick={() => onOpen(true)}>
              {t('conversation:followUp.prepared')}
            </Button>
          )}
          {verdicts.map(({ is, icon: Icon }) => (
            <Button key={is} icon={<Icon size={18} stroke={1.6} aria-hidden="true" />} onClick={() => setVerdict(is)}>
              {t(`conversation:verdict.${is}`)}
            </Button>
          ))}
        </div>
      )}
      {opened && !verdict && <Prepared view={view} onLeave={() => onOpen(false)} onDone={onDone} />}
      {verdict && <Judge view={view} verdict={verdict} onCancel={() => setVerdict(null)} onDone={onDone} />}
    </section>
  )
}

function Prepared({
  view,
  onLeave,
  onDone,
}: {
  view: contract.ConversationView
  onLeave: () => void
  onDone: () => void
}) {
  const { data } = useQuery({
    ...query(contract.preparedFollowUp, { conversationId: view.id }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const editor = useRef<EditorHandle>(null)
  const [busy, setBusy] = useState(false)
  const [alone, setAlone] = useState<ReadonlySet<string>>(new Set())
  const send = async () => {
    if (busy) return
    setBusy(true)
    try {
      const body = editor.current?.html() ?? data?.body ?? ''
      const also = (data?.also ?? []).map(({ id }) => id).filter(id => !alone.has(id))
      const input = { conversationId: view.id, seenVersion: view.version, body, also }
      const { notAsked } = await ask(contract.sendFollowUp, input)
      renew(cache, contract.list, contract.counts)
      await renewConversation(view.id)
      notice({
        ...(notAsked ? {} : { tone: 'sending' as const }),
        title: t(notAsked ? 'options:followUp.notAsked' : 'conversation:followUp.sent', { name: view.customer.name }),
        detail: view.subject,
      })
      onDone()
    } catch (problem) {
      noticeFailure(problem, t('compose:failed.title'))
      setBusy(false)
    }
  }
  if (!data) return <div className="body read waits" aria-busy="true" />
  return (
    <div className="writing">
      <p className="rcp small">
        {data.recipients.length === 0 ? (
          <span className="muted">{t('conversation:followUp.nowhere', { name: firstName(view.customer.name) })}</span>
        ) : (
          <span className="muted">{t('compose:to')}</span>
        )}
        {data.recipients.map(({ address, name }) => (
          <span key={address} className="who" title={address}>
            {name || address}
          </span>
        ))}
        {view.mailbox && <span className="muted from">{t('compose:from', { address: view.mailbox.address })}</span>}
      </p>
      <Suspense fallback={<div className="body read waits" aria-busy="true" />}>
        <Editor
          initial={data.body}
          label={t('conversation:followUp.title')}
          placeholder=""
          autoFocus
          handle={editor}
          onChange={() => {}}
          onSend={() => void send()}
          onLeave={onLeave}
          onFiles={() => {}}
        />
      </Suspense>
      <Together
        also={data.also}
        refused={data.refused}
        name={firstName(view.customer.name)}
        alone={alone}
        onAlone={setAlone}
      />
      <div className="sendrow">
        <Button kind="quiet" onClick={onLeave}>
          {t('desk:button.cancel')}
        </Button>
        <Button kind="primary" busy={busy} onClick={() => void send()}>
          {t(data.refused ? 'options:followUp.close' : 'conversation:followUp.send')}
        </Button>
        <Keys keys="$mod+Enter" />
      </div>
    </div>
  )
}

type JudgeProps = { view: contract.ConversationView; verdict: Verdict; onCancel: () => void; onDone: () => void }

function Judge({ view, verdict, onCancel, onDone }: JudgeProps) {
  const [said, setSaid] = useState('')
  const [busy, setBusy] = useState(false)
  const name = firstName(view.customer.name)
  const judge = async () => {
    setBusy(true)
    try {
      await ask(contract.judgeFollowUp, { conversationId: view.id, verdict, said: said.trim() })
      renew(cache, contract.list, contract.counts)
      await renewConversation(view.id)
      notice({ title: t(`conversation:verdict.${verdict}Done`), detail: view.subject })
      if (verdict === 'worked') onDone()
      else onCancel()
    } catch (problem) {
      noticeFailure(problem)
      setBusy(false)
    }
  }
  return (
    <form
      className="judge"
      onSubmit={event => {
        event.preventDefault()
        void judge()
      }}
    >
      <Area
        autoFocus
        label={t(`conversation:verdict.${verdict}Said`, { name })}
        help={t(`conversation:verdict.${verdict}Help`)}
        dir="auto"
        rows={2}
        maxLength={5000}
        value={said}
        onChange={event => setSaid(event.target.value)}
      />
      <div className="acts">
        <Button kind="primary" submit busy={busy}>
          {t(`conversation:verdict.${verdict}`)}
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('desk:button.cancel')}
        </Button>
      </div>
    </form>
  )
}
