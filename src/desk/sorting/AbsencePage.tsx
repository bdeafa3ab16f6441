/** Who is away: one's own absence, and, for leads and administrators, everybody's they look after. */
import { useQuery } from '@tanstack/react-query'
import { t } from '../../words/desk.ts'
import { teamsQuery } from '../mailboxes/queries.ts'
import { useMe } from '../session/me.ts'
import { Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { leads } from '../settings/subjects.ts'
import { Absences } from './Absences.tsx'

export function AbsencePage() {
  const me = useMe()
  const asked = useQuery(teamsQuery)
  const teams = asked.data?.teams ?? []
  const people = (given: typeof teams, roles: readonly string[]) =>
    [...new Map(given.flatMap(({ members }) => members).map(one => [one.id, one])).values()]
      .filter(({ role }) => roles.includes(role))
      .sort((a, b) => a.name.localeCompare(b.name))
  const mine = teams.filter(({ id }) => me.teams.some(team => team.id === id))
  const settled = me.administrator
    ? teams
    : teams.filter(({ id }) => me.teams.some(team => team.id === id && team.role === 'lead'))
  return (
    <Subject subject={t('subjects:absence.name')} title={t('sorting:away.title')} lead={t('sorting:away.lead')}>
      <Waits asked={asked} />
      {asked.isSuccess && (
        <Absences
          title={t('sorting:away.yours')}
          note={t('sorting:away.yoursNote')}
          none={t('sorting:away.noneYours')}
          members={[{ id: me.id, name: me.name }]}
          deputies={people(mine, ['lead', 'teammate'])}
        />
      )}
      {asked.isSuccess && leads(me) && (
        <Absences
          title={t('sorting:away.others')}
          note={t('sorting:away.othersNote')}
          none={t('sorting:away.none')}
          members={people(settled, ['lead', 'teammate', 'colleague']).filter(({ id }) => id !== me.id)}
          deputies={people(settled, ['lead', 'teammate'])}
        />
      )}
    </Subject>
  )
}
