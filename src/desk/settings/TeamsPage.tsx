/** The teams: who is in them, who is on duty, how soon they answer. */
import { IconUsers } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { makeTeam, teams } from '../../contract/teams.ts'
import { Button, Dialog, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { calendarsQuery, teamsQuery } from '../mailboxes/queries.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { workingTime } from './durations.ts'
import { Waits } from './Section.tsx'
import { Subject } from './SettingsPage.tsx'

export function TeamsPage() {
  const me = useMe()
  const place = usePlace()
  const asked = useQuery(teamsQuery)
  const [making, setMaking] = useState(false)
  const list = new Intl.ListFormat(place.language)
  return (
    <Subject
      subject={t('subjects:teams.name')}
      title={t('settings:teams.title')}
      lead={t('settings:teams.lead')}
      act={
        me.administrator && (
          <Button kind="primary" onClick={() => setMaking(true)}>
            {t('settings:teams.make')}
          </Button>
        )
      }
    >
      <Waits asked={asked} />
      <ul className="ledge">
        {asked.data?.teams.map(team => (
          <li key={team.id} data-lead>
            <IconUsers size={20} stroke={1.5} aria-hidden="true" />
            <div>
              <p className="w">
                <Link to="/settings/teams/$teamId" params={{ teamId: team.id }}>
                  {team.name}
                </Link>
              </p>
              <p className="small muted">
                {t('settings:teams.members', { count: team.members.length })} ·{' '}
                {t('settings:teams.answers', { time: workingTime(team.replyWithin) })}
              </p>
              <p className="small muted">
                {team.onDuty.length > 0
                  ? t('settings:teams.onDuty', { names: list.format(team.onDuty.map(({ name }) => name)) })
                  : t('settings:teams.fallback', { name: team.fallback.name })}
              </p>
            </div>
            <span className="acts">
              <Link to="/settings/teams/$teamId" params={{ teamId: team.id }} className="btn">
                {t('settings:mailboxes.change')}
              </Link>
            </span>
          </li>
        ))}
      </ul>
      {making && <NewTeam onClose={() => setMaking(false)} />}
    </Subject>
  )
}

function NewTeam({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const navigate = useNavigate()
  const calendars = useQuery(calendarsQuery)
  const [name, setName] = useState('')
  const making = useMutation({
    mutationFn: () =>
      ask(makeTeam, {
        name,
        fallbackId: me.id,
        calendarId: calendars.data?.calendars[0]?.id ?? '',
        replyWithin: 240,
        followUpDays: 7,
        reopenDays: 30,
      }),
    onSuccess: ({ team }) => {
      renew(cache, teams)
      void navigate({ to: '/settings/teams/$teamId', params: { teamId: team.id } })
    },
  })
  return (
    <Dialog title={t('settings:teams.make')} onClose={onClose}>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          making.mutate()
        }}
      >
        <Refused error={making.error} title={t('settings:teams.makeFailed')} />
        <Field
          label={t('settings:team.name')}
          help={t('settings:teams.makeHelp')}
          required
          maxLength={100}
          autoFocus
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <p className="acts">
          <Button kind="primary" submit busy={making.isPending} disabled={!name.trim() || !calendars.data}>
            {t('settings:teams.makeAct')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
