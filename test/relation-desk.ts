/** A desk for tests of people and organisations: Ana leads the workshop and looks after the installation. */
import { markRoutes } from '../src/domain/marks/index.ts'
import { relationRoutes } from '../src/domain/relations/index.ts'
import { aCrew } from './crew.ts'
import { noNudges } from './desk.ts'

export async function relationDesk() {
  const { desk, teams, people, as, run } = await aCrew({
    more: ({ app, database, access }) => {
      const parts = { db: database.db, rights: access.rights, nudges: noNudges }
      relationRoutes(app, parts)
      markRoutes(app, parts)
    },
    teams: { team: 'Workshop', elsewhere: 'Accounts' },
    people: { ana: { name: 'Ana', in: { team: 'lead' }, administrator: true } },
  })
  const made = async (path: string, say: object) => (await as(people.ana, 'POST', path, say)).body.id as string
  return { desk, ...teams, ...people, as, run, made }
}
