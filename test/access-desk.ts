/** A desk for tests of members and teams: an administrator, and for each test a team of its own with its lead. */
import { beforeEach } from 'vitest'
import { aDesk, aMember, ask, aTeam, cookieOf, type TestTeam } from './people.ts'

export async function accessDesk() {
  const desk = await aDesk()
  const administrator = await aMember(desk, { administrator: true })
  const it = {
    desk,
    administrator,
    /** cookies */
    admin: await cookieOf(desk, administrator),
    lead: '',
    team: {} as TestTeam,
    as: (cookie: string) => ({
      get: (path: string, say?: unknown) => ask(desk, 'GET', `/api/v1${path}`, say, { cookie }),
      post: (path: string, say: unknown = {}) => ask(desk, 'POST', `/api/v1${path}`, say, { cookie }),
      put: (path: string, say: unknown) => ask(desk, 'PUT', `/api/v1${path}`, say, { cookie }),
      delete: (path: string) => ask(desk, 'DELETE', `/api/v1${path}`, undefined, { cookie }),
    }),
    soon: (hours: number) => new Date(desk.clock.now.getTime() + hours * 3_600_000).toISOString(),
  }
  beforeEach(async () => {
    it.team = await aTeam(desk)
    it.lead = await cookieOf(desk, await aMember(desk, { teams: { [it.team.id]: 'lead' } }))
  })
  return it
}
