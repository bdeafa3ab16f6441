/** How a team gives out what is new, and how much each member gets by itself. */
import './sorting.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Assigns, type TeamLoad as Shape, setAssigns, setLoadLimit, teamLoad } from '../../contract/absences.ts'
import { Choice, Field, Portrait } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, type Input, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Section, Waits } from '../settings/Section.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'

type Member = (typeof Shape)['_output']['members'][number]

export function TeamLoad({ teamId }: { teamId: string }) {
  const asked = useQuery(query(teamLoad, { teamId }))
  const settled = { onSettled: () => renew(cache, teamLoad), onError: (error: Error) => noticeFailure(error) }
  const giving = useMutation({
    mutationFn: (assigns: Input<typeof setAssigns>['assigns']) => ask(setAssigns, { teamId, assigns }),
    onSuccess: (_, assigns) => {
      const before = asked.data?.assigns
      if (before && before !== assigns) notice({ title: t('desk:button.saved'), onUndo: () => giving.mutate(before) })
    },
    ...settled,
  })
  const limiting = useMutation({
    mutationFn: (of: { memberId: string; limit: number | null }) => ask(setLoadLimit, { teamId, ...of }),
    onSuccess: (_, { memberId, limit }) => {
      const before = asked.data?.members.find(({ id }) => id === memberId)
      if (before && before.limit !== limit)
        notice({ title: t('desk:button.saved'), onUndo: () => limiting.mutate({ memberId, limit: before.limit }) })
    },
    ...settled,
  })
  if (!asked.data) return <Waits asked={asked} />
  return (
    <Section title={t('sorting:load.title')} note={t('sorting:load.note')}>
      <div className="form">
        <Choice
          label={t('sorting:load.assigns')}
          value={giving.isPending ? giving.variables : asked.data.assigns}
          onChange={event => giving.mutate(Assigns.parse(event.currentTarget.value))}
        >
          {Assigns.options.map(way => (
            <option key={way} value={way}>
              {t(`sorting:load.way.${way}`)}
            </option>
          ))}
        </Choice>
      </div>
      <ul className="ledge loads" data-plain>
        {asked.data.members.map(member => (
          <li key={member.id} data-lead>
            <Portrait name={member.name} us />
            <div>
              <p className="strong">{member.name}</p>
              <p className="small muted">
                {t('sorting:load.open', { count: member.open })}
                {member.limit !== null && member.open >= member.limit && ` · ${t('sorting:load.full')}`}
              </p>
            </div>
            <Limit
              key={String(member.limit)}
              member={member}
              onLimit={limit => limiting.mutate({ memberId: member.id, limit })}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Limit({ member, onLimit }: { member: Member; onLimit: (limit: number | null) => void }) {
  const before = member.limit === null ? '' : String(member.limit)
  const [text, write] = useState(before)
  const say = () => {
    const limit = text.trim() === '' ? null : Math.round(Number(text))
    if (text === before) return
    if (limit === null || (limit >= 1 && limit <= 10_000)) onLimit(limit)
    else write(before)
  }
  return (
    <span className="acts">
      <Field
        label={t('sorting:load.limitOf', { name: member.name })}
        hideLabel
        type="number"
        min={1}
        max={10_000}
        placeholder={t('sorting:load.none')}
        value={text}
        onChange={event => write(event.currentTarget.value)}
        onBlur={say}
        onKeyDown={event => event.key === 'Enter' && say()}
      />
    </span>
  )
}
