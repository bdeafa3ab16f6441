/** Who answers for a team, and when: time ranges. Outside them the fallback person answers. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { addDuty, type DutyView, duties, removeDuty, type TeamView, teams } from '../../contract/teams.ts'
import { Button, Choice, ErrorState, Field, Time, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { fromWall, toWall } from '../today/times.ts'

type Turn = z.infer<typeof DutyView>

export function Duty({ team }: { team: z.infer<typeof TeamView> }) {
  const place = usePlace()
  const asked = useQuery(query(duties, { teamId: team.id }))
  const [given, setGiven] = useState(() => {
    const hour = Math.ceil(Date.now() / 3_600_000) * 3_600_000
    return {
      memberId: team.members[0]?.id ?? '',
      from: toWall(hour, place.zone),
      to: toWall(hour + 8 * 3_600_000, place.zone),
    }
  })
  const from = fromWall(given.from, place.zone)
  const to = fromWall(given.to, place.zone)
  const turned = from !== null && to !== null && to <= from
  const adding = useMutation({
    mutationFn: () =>
      ask(addDuty, {
        teamId: team.id,
        memberId: given.memberId,
        from: new Date(from ?? 0).toISOString(),
        to: new Date(to ?? 0).toISOString(),
      }),
    onSuccess: () => renew(cache, duties, teams),
  })
  const removing = useMutation({
    mutationFn: ({ id: dutyId }: Turn) => ask(removeDuty, { teamId: team.id, dutyId }),
    onSuccess: (_, turn) => {
      renew(cache, duties, teams)
      notice({ title: t('settings:duty.removed', { name: turn.name }), onUndo: () => restoring.mutate(turn) })
    },
    onError: error => noticeFailure(error),
  })
  const restoring = useMutation({
    mutationFn: ({ memberId, from, to }: Turn) => ask(addDuty, { teamId: team.id, memberId, from, to }),
    onSuccess: () => renew(cache, duties, teams),
    onError: error => noticeFailure(error),
  })
  return (
    <section className="block">
      <h2 className="section">{t('settings:duty.title')}</h2>
      <p className="small muted note">{t('settings:duty.lead', { name: team.fallback.name })}</p>
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      <ul className="ledge" data-plain>
        {asked.data?.duties.map(duty => (
          <li key={duty.id}>
            <p>
              <span className="strong">{duty.name}</span>{' '}
              <span className="muted">
                <Time at={duty.from} shown="short" /> {t('settings:duty.until')} <Time at={duty.to} shown="short" />
              </span>
            </p>
            <span className="acts">
              <Button
                kind="quiet"
                aria-label={t('settings:duty.removeOf', { name: duty.name })}
                onClick={() => removing.mutate(duty)}
              >
                {t('desk:button.remove')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {asked.data?.duties.length === 0 && <p className="small muted note">{t('settings:duty.none')}</p>}
      <form
        className="form wide"
        onSubmit={event => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <Refused error={adding.error} title={t('settings:duty.failed')} />
        <div className="trio">
          <Choice
            label={t('settings:duty.who')}
            value={given.memberId}
            onChange={event => setGiven({ ...given, memberId: event.currentTarget.value })}
          >
            {team.members.map(member => (
              <option key={member.id} value={member.id}>
                {member.name}
              </option>
            ))}
          </Choice>
          <Field
            label={t('settings:duty.from')}
            type="datetime-local"
            required
            value={given.from}
            onChange={event => setGiven({ ...given, from: event.currentTarget.value })}
          />
          <Field
            label={t('settings:duty.to')}
            type="datetime-local"
            required
            value={given.to}
            error={turned ? t('settings:duty.turned') : undefined}
            onChange={event => setGiven({ ...given, to: event.currentTarget.value })}
          />
        </div>
        <p className="acts">
          <Button submit busy={adding.isPending} disabled={turned || from === null || to === null || !given.memberId}>
            {t('settings:duty.act')}
          </Button>
        </p>
      </form>
    </section>
  )
}
