/** Handing a conversation to another owner: the exception, warm, and counted. Without a reason and an introduction it does not happen (I6). */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/conversations.ts'
import { colleagues, teams } from '../../contract/teams.ts'
import { Area, Choice, Field, firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, query, renew } from '../api.ts'
import { askColleague } from '../asks/asking.ts'
import { cache } from '../cache.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { notice } from '../shell/notices.ts'
import { renewConversation } from './conversationQuery.ts'
import { type Moved, PassedPromises } from './PassedPromises.tsx'

type Props = {
  view: contract.ConversationView
  me: { id: string }
  toMember?: string
  onClose: () => void
  onDone: () => void
}

export function HandOverDialog({ view, me, toMember, onClose, onDone }: Props) {
  const people = useQuery(query(colleagues, {})).data?.colleagues.filter(({ id }) => id !== view.owner?.id) ?? []
  const known = useQuery(query(teams, {})).data?.teams ?? [{ id: view.team.id, name: view.team.name }]
  const [to, setTo] = useState(toMember ?? '')
  const [teamId, setTeamId] = useState('')
  const [reason, setReason] = useState('')
  const [introduction, setIntroduction] = useState('')
  const [summary, setSummary] = useState('')
  const [moved, setMoved] = useState<Moved[]>([])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const name = firstName(view.customer.name)
  const member = people.find(({ id }) => id === to)
  const team =
    teamId || (member && !member.teams.includes(view.team.id) ? (member.teams[0] ?? view.team.id) : view.team.id)
  const act = async () => {
    if (!to && team === view.team.id) return setError(t('conversation:handOver.needsWhom'))
    if (!reason.trim()) return setError(t('conversation:handOver.needsReason'))
    if (!introduction.trim()) return setError(t('conversation:handOver.needsIntroduction', { name }))
    if (moved.some(({ words }) => !words.trim())) return setError(t('conversation:handOver.needsWords'))
    setBusy(true)
    try {
      await ask(contract.handOver, {
        conversationId: view.id,
        seenVersion: view.version,
        toMemberId: to || null,
        toTeamId: team,
        reason: reason.trim(),
        introduction: introduction.trim(),
        ...(summary.trim() ? { summary: summary.trim() } : {}),
        promises: moved,
      })
      renew(cache, contract.list, contract.counts)
      void renewConversation(view.id)
      notice({
        title: t('conversation:handOver.done', {
          name: member?.name ?? known.find(({ id }) => id === team)?.name ?? '',
        }),
        detail: view.subject,
      })
      onDone()
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
      title={t('conversation:handOver.title')}
      lead={t('conversation:handOver.lead', { name })}
      act={t('conversation:handOver.act')}
      {...{ busy, error, onClose }}
      onAct={() => void act()}
    >
      <p className="small muted">
        {t('conversation:handOver.askInstead')}{' '}
        <button
          type="button"
          className="link"
          onClick={() => {
            onClose()
            askColleague()
          }}
        >
          {t('asks:key')}
        </button>
      </p>
      {view.handovers > 0 && (
        <p className="againasked small" role="note">
          {t('conversation:handOver.again', { count: view.handovers, name })} {t('conversation:handOver.leadLearns')}
        </p>
      )}
      <Choice
        label={t('conversation:handOver.member')}
        data-autofocus
        value={to}
        onChange={event => setTo(event.target.value)}
      >
        <option value="">{t('conversation:handOver.wholeTeam')}</option>
        {people.map(one => (
          <option key={one.id} value={one.id}>
            {one.id === me.id ? t('conversation:handOver.me', { name: one.name }) : one.name}
          </option>
        ))}
      </Choice>
      {member && hadIt(view, member.id) && (
        <p className="againasked small" role="note">
          {t('conversation:handOver.back', { name: firstName(member.name) })}
        </p>
      )}
      {known.length > 1 && (
        <Choice label={t('conversation:handOver.team')} value={team} onChange={event => setTeamId(event.target.value)}>
          {known.map(one => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Choice>
      )}
      <Field
        label={t('conversation:handOver.reason')}
        help={t('conversation:handOver.reasonHelp')}
        dir="auto"
        maxLength={2000}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
      <Area
        label={t('conversation:handOver.introduction', { name })}
        help={t('conversation:handOver.introductionHelp', { count: view.handovers + 1 })}
        dir="auto"
        rows={3}
        maxLength={2000}
        value={introduction}
        placeholder={
          member
            ? t('conversation:handOver.introductionExample', { name: firstName(member.name) })
            : t('conversation:handOver.introductionExampleTeam')
        }
        onChange={event => setIntroduction(event.target.value)}
      />
      <PassedPromises view={view} name={name} moved={moved} onChange={setMoved} />
      <Area
        label={t('conversation:handOver.summary')}
        help={t('conversation:handOver.summaryHelp', { name })}
        dir="auto"
        rows={3}
        maxLength={4000}
        value={summary}
        onChange={event => setSummary(event.target.value)}
      />
    </Dialog>
  )
}

/** Whoever gave it away before gets it back: that shows, and is worth a thought. */
function hadIt(view: contract.ConversationView, memberId: string): boolean {
  return view.happenings.some(({ kind, facts }) => kind === 'conversation.handed-over' && facts.fromId === memberId)
}
