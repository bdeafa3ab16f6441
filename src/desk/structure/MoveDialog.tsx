/** To another team, with a reason. Where the customer was told who has it and that changes, somebody is introduced to them. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { moveToTeam } from '../../contract/structure.ts'
import { colleagues, teams } from '../../contract/teams.ts'
import { Area, Choice, Field, firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, query } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { renewAll } from './structureQuery.ts'
import { noticeDone } from './undone.ts'

type Props = { view: ConversationView; onClose: () => void; onDone: () => void }

export function MoveDialog({ view, onClose, onDone }: Props) {
  const others = (useQuery(query(teams, {})).data?.teams ?? []).filter(({ id }) => id !== view.team.id)
  const people = useQuery(query(colleagues, {})).data?.colleagues ?? []
  const [chosen, setChosen] = useState('')
  const [reason, setReason] = useState('')
  const [introduction, setIntroduction] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const team = others.find(({ id }) => id === chosen) ?? others[0]
  const name = firstName(view.customer.name)
  const { owner } = view
  const ownerStays =
    owner !== null && team !== undefined && (people.find(({ id }) => id === owner.id)?.teams.includes(team.id) ?? false)
  const owes = view.state === 'open' || view.state === 'pending' || view.state === 'solved'
  const told = view.promises.some(({ direction, toldAt, endedAt }) => direction === 'ours' && toldAt && !endedAt)
  const introduces = asked || (owes && (owner ? !ownerStays : told))
  const act = async () => {
    if (!team) return setError(t('structure:move.noTeam'))
    if (!reason.trim()) return setError(t('conversation:handOver.needsReason'))
    if (introduces && !introduction.trim()) return setError(t('conversation:handOver.needsIntroduction', { name }))
    setBusy(true)
    try {
      const { undo } = await ask(moveToTeam, {
        conversationId: view.id,
        seenVersion: view.version,
        toTeamId: team.id,
        reason: reason.trim(),
        ...(introduces ? { introduction: introduction.trim() } : {}),
      })
      renewAll()
      onClose()
      noticeDone(t('structure:move.done', { team: team.name }), view.subject, undo)
      onDone()
    } catch (problem) {
      setBusy(false)
      if (problem instanceof Problem && problem.code === 'needs-introduction') setAsked(true)
      setError(problem instanceof Problem ? problem.detail || problem.title : String(problem))
    }
  }
  return (
    <Dialog
      title={t('structure:move.title')}
      lead={t(introduces ? 'structure:move.leadTold' : 'structure:move.lead', { name })}
      act={t(introduces ? 'structure:move.actTell' : 'structure:move.act', { name })}
      {...{ busy, error, onClose }}
      onAct={() => void act()}
    >
      <Choice
        label={t('conversation:handOver.team')}
        data-autofocus
        value={team?.id ?? ''}
        onChange={event => setChosen(event.target.value)}
      >
        {others.map(one => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </Choice>
      {owner && (
        <p className="small muted">
          {t(ownerStays ? 'structure:move.ownerStays' : 'structure:move.ownerLeaves', { owner: owner.name })}
        </p>
      )}
      <Field
        label={t('conversation:handOver.reason')}
        help={t('conversation:handOver.reasonHelp')}
        dir="auto"
        maxLength={2000}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
      {introduces && (
        <Area
          label={t('conversation:handOver.introduction', { name })}
          help={t('conversation:handOver.introductionHelp', { count: view.handovers + 1 })}
          dir="auto"
          rows={3}
          maxLength={2000}
          value={introduction}
          placeholder={t('conversation:handOver.introductionExampleTeam')}
          onChange={event => setIntroduction(event.target.value)}
        />
      )}
    </Dialog>
  )
}
