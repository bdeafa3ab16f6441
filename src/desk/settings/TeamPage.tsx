/** One team: its name, who answers when nobody is on duty, how soon it answers, its members and its duty. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import type { Role } from '../../contract/session.ts'
import { changeTeam, leaveTeam, setRole, type TeamView, teams } from '../../contract/teams.ts'
import { Bones, Button, Choice, ErrorState, Field, ForbiddenState, Portrait } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, type Input, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { calendarsQuery, membersQuery, teamsQuery } from '../mailboxes/queries.ts'
import { SignatureForm } from '../saved-replies/SignatureForm.tsx'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { TeamLoad } from '../sorting/TeamLoad.tsx'
import { Duty } from './Duty.tsx'
import { roles } from './InviteDialog.tsx'
import { Subject } from './SettingsPage.tsx'

type Team = z.infer<typeof TeamView>
const route = getRouteApi('/desk/settings/teams/$teamId')

export function TeamPage() {
  const { teamId } = route.useParams()
  const asked = useQuery(teamsQuery)
  const team = asked.data?.teams.find(({ id }) => id === teamId)
  return (
    <Subject subject={t('subjects:teams.name')} title={team?.name ?? t('subjects:teams.name')}>
      {asked.isPending && <Bones shape="list" />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && !team && <ForbiddenState />}
      {team && (
        <>
          <About key={team.id} team={team} />
          <Members team={team} />
          <Duty team={team} />
          <TeamLoad teamId={team.id} />
          <SignatureForm teamId={team.id} />
        </>
      )}
    </Subject>
  )
}

const formOf = (team: Team) => ({
  name: team.name,
  fallbackId: team.fallback.id,
  calendarId: team.calendarId,
  hours: String(team.replyWithin / 60),
  followUpDays: String(team.followUpDays),
  reopenDays: String(team.reopenDays),
})

function About({ team }: { team: Team }) {
  const calendars = useQuery(calendarsQuery)
  const [given, setGiven] = useState(() => formOf(team))
  const set = (part: Partial<typeof given>) => setGiven(before => ({ ...before, ...part }))
  const saving = useMutation({
    mutationFn: (wanted: ReturnType<typeof formOf>) => {
      const { hours, followUpDays, reopenDays, ...rest } = wanted
      const change: Input<typeof changeTeam> = {
        teamId: team.id,
        ...rest,
        replyWithin: Math.round(Number(hours) * 60),
        followUpDays: Number(followUpDays),
        reopenDays: Number(reopenDays),
      }
      return ask(changeTeam, change)
    },
    onSuccess: (_, wanted) => {
      const before = formOf(team)
      const again = JSON.stringify(wanted) === JSON.stringify(before)
      setGiven(wanted)
      notice({ title: t('desk:button.saved'), ...(again ? {} : { onUndo: () => saving.mutate(before) }) })
      renew(cache, teams)
    },
  })
  const about = (path: string) => (saving.error instanceof Problem ? saving.error.about(path) : undefined)
  const zone = calendars.data?.calendars.find(({ id }) => id === given.calendarId)?.zone
  return (
    <section className="block">
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          saving.mutate(given)
        }}
      >
        <Refused error={saving.error} title={t('settings:team.failed')} />
        <Field
          label={t('settings:team.name')}
          required
          maxLength={100}
          value={given.name}
          error={about('name')}
          onChange={event => set({ name: event.currentTarget.value })}
        />
        <Choice
          label={t('settings:team.fallback')}
          help={t('settings:team.fallbackHelp')}
          value={given.fallbackId}
          onChange={event => set({ fallbackId: event.currentTarget.value })}
        >
          {[team.fallback, ...team.members.filter(({ id }) => id !== team.fallback.id)].map(member => (
            <option key={member.id} value={member.id}>
              {member.name}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('settings:team.calendar')}
          help={zone}
          value={given.calendarId}
          onChange={event => set({ calendarId: event.currentTarget.value })}
        >
          {calendars.data?.calendars.map(calendar => (
            <option key={calendar.id} value={calendar.id}>
              {calendar.name}
            </option>
          ))}
        </Choice>
        <div className="trio">
          <Field
            label={t('settings:team.answersWithin')}
            help={t('settings:team.answersHelp')}
            type="number"
            required
            min={0.1}
            max={1600}
            step={0.1}
            value={given.hours}
            error={about('replyWithin')}
            onChange={event => set({ hours: event.currentTarget.value })}
          />
          <Field
            label={t('settings:team.followUp')}
            help={t('settings:team.followUpHelp')}
            type="number"
            required
            min={1}
            max={90}
            value={given.followUpDays}
            error={about('followUpDays')}
            onChange={event => set({ followUpDays: event.currentTarget.value })}
          />
          <Field
            label={t('settings:team.reopen')}
            help={t('settings:team.reopenHelp')}
            type="number"
            required
            min={0}
            max={365}
            value={given.reopenDays}
            error={about('reopenDays')}
            onChange={event => set({ reopenDays: event.currentTarget.value })}
          />
        </div>
        <p className="acts">
          <Button kind="primary" submit busy={saving.isPending}>
            {t('desk:button.save')}
          </Button>
        </p>
      </form>
    </section>
  )
}

function Members({ team }: { team: Team }) {
  const me = useMe()
  const everyone = useQuery({ ...membersQuery, enabled: me.administrator })
  const changing = useMutation({
    mutationFn: ({ memberId, role }: { memberId: string; role: Role | null }): Promise<unknown> =>
      role ? ask(setRole, { teamId: team.id, memberId, role }) : ask(leaveTeam, { teamId: team.id, memberId }),
    onSuccess: () => renew(cache, teams, { path: membersQuery.queryKey[0] } as typeof teams),
    onError: error => noticeFailure(error),
  })
  const remove = ({ id: memberId, name, role }: Team['members'][number]) =>
    changing.mutate(
      { memberId, role: null },
      {
        onSuccess: () =>
          notice({
            title: t('settings:team.removed', { name }),
            onUndo: () => changing.mutate({ memberId, role }),
          }),
      },
    )
  const outside =
    everyone.data?.members.filter(member => !member.disabledAt && !team.members.some(({ id }) => id === member.id)) ??
    []
  return (
    <section className="block">
      <h2 className="section">{t('settings:team.members')}</h2>
      <ul className="ledge" data-plain>
        {team.members.map(member => (
          <li key={member.id} data-lead>
            <Portrait name={member.name} us />
            <div>
              <p className="strong">{member.name}</p>
              <p className="small muted">{t(`settings:role.${member.role}.help`)}</p>
            </div>
            <span className="acts">
              <Choice
                label={t('settings:team.roleOf', { name: member.name })}
                hideLabel
                value={member.role}
                onChange={event => changing.mutate({ memberId: member.id, role: event.currentTarget.value as Role })}
              >
                {roles.map(role => (
                  <option key={role} value={role}>
                    {t(`settings:role.${role}.name`)}
                  </option>
                ))}
              </Choice>
              {member.id !== team.fallback.id && (
                <Button
                  kind="quiet"
                  aria-label={t('settings:team.removeOf', { name: member.name })}
                  onClick={() => remove(member)}
                >
                  {t('desk:button.remove')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {outside.length > 0 && (
        <Choice
          label={t('settings:team.add')}
          value=""
          onChange={event => changing.mutate({ memberId: event.currentTarget.value, role: 'teammate' })}
        >
          <option value="">{t('settings:team.addWho')}</option>
          {outside.map(member => (
            <option key={member.id} value={member.id}>
              {member.name}
            </option>
          ))}
        </Choice>
      )}
    </section>
  )
}
