/** What each route is called with so that it would work: ids of fresh things and a good body. A route without a row fails the matrix. */
import { randomUUIDv7 } from 'node:crypto'
import { hashToken } from '../../src/domain/access/secrets.ts'
import { aMember, aTeam, cookieOf, type TestMember } from '../people.ts'
import type { Matter, Outcome } from './rights.ts'
import { type Kind, password, type World } from './world.ts'

/** `path` fills the path's gaps; `say` is the body, or the query of a GET. */
export type Call = {
  path?: Record<string, string>
  say?: Record<string, unknown>
  cookie?: string
  headers?: Record<string, string>
  /** a multipart body whose boundary is "----x" */
  form?: string
}

export type Row = {
  call: (world: World, as: Kind, matter: Matter) => Call | Promise<Call>
  /** what who may gets, when that is not 200 */
  status?: (matter: Matter) => number
  /** the line of rights.ts it is held to, where the declared right is only the first door */
  as?: string
  /** where the right alone does not say it */
  except?: Partial<Record<Kind, Outcome>>
  /** ids in the path need not exist yet */
  makes?: boolean
  /** ids in the body are not looked at yet */
  freeIds?: boolean
  /** what names nothing, where that is no id */
  missing?: Record<string, string>
  /** what goes in or comes out is no JSON: who is let in is tried, and not what its shape refuses */
  raw?: boolean
}

/** A file as a browser uploads it. */
export const aForm = (text: string) =>
  ['------x', 'content-disposition: form-data; name="file"; filename="a.txt"', '', text, '------x--', ''].join('\r\n')

const hour = 3_600_000
export const later = (world: World, hours: number) =>
  new Date(world.desk.clock.now.getTime() + hours * hour).toISOString()
export const nothing: Row = { call: () => ({}) }
const ofMember = (member: TestMember) => ({ memberId: member.personId })

async function aLink(world: World, member: TestMember, purpose: string) {
  const token = randomUUIDv7().replaceAll('-', '').padEnd(43, 'x')
  await world.desk.database.pool.query(
    'insert into sign_in_link (id, token_hash, person_id, purpose, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)',
    [randomUUIDv7(), hashToken(token), member.personId, purpose, world.desk.clock.now, later(world, 1)],
  )
  return token
}

const aCalendar = {
  name: 'Hours',
  zone: 'Europe/Rome',
  hours: [{ weekday: 1, from: 480, to: 720 }],
  holidays: [{ day: '2026-12-25', name: 'Christmas' }],
}

export const accessRows: Record<string, Row> = {
  // --- signing in and one's own account
  'GET /api/v1/welcome': nothing,
  'POST /api/v1/links/look': {
    call: async world => ({ say: { token: await aLink(world, await aMember(world.desk), 'sign-in') } }),
  },
  'POST /api/v1/first-administrator': {
    call: () => ({
      say: {
        token: 'x'.repeat(43),
        name: 'Ana',
        address: 'ana@example.org',
        password,
        organisation: 'Lindqvist',
        zone: 'Europe/Rome',
        language: 'en',
      },
    }),
    status: () => 410,
  },
  // Coming in ends the session one came with: without one here, as it is everybody else's in this matrix.
  'POST /api/v1/links/use': {
    call: async world => ({ cookie: '', say: { token: await aLink(world, await aMember(world.desk), 'sign-in') } }),
  },
  'POST /api/v1/sign-in': {
    call: async world => ({
      cookie: '',
      say: { address: (await aMember(world.desk, { password })).address, password },
    }),
  },
  'POST /api/v1/sign-in/link': { call: async world => ({ say: { address: (await aMember(world.desk)).address } }) },
  // Ends the session it is called with: each time a fresh one.
  'POST /api/v1/sign-out': {
    call: async (world, as) =>
      as === 'lead' ? { cookie: await cookieOf(world.desk, world.people.lead), say: {} } : { cookie: '', say: {} },
  },
  'GET /api/v1/me': nothing,
  'PUT /api/v1/me': { call: () => ({ say: { undoSeconds: 7, settings: { theme: 'dark' } } }) },
  'PUT /api/v1/me/password': {
    call: async (world, as) => {
      if (!(as in world.cookies) || world.cookies[as] === null)
        return { say: { now: password, next: `${password} on` } }
      const fresh = await aMember(world.desk, { password })
      const member = expectedMember(as) ? await cookieOf(world.desk, fresh) : undefined
      return { say: { now: password, next: `${password} on` }, ...(member ? { cookie: member } : {}) }
    },
  },
  'GET /api/v1/me/sessions': nothing,
  'DELETE /api/v1/me/sessions/:sessionId': {
    call: async (world, as) => {
      if (!expectedMember(as)) return { path: { sessionId: randomUUIDv7() } }
      const member = world.people[as as keyof World['people']]
      await cookieOf(world.desk, member)
      const { rows } = await world.desk.database.pool.query(
        'select id from session where person_id = $1 order by id desc limit 1',
        [member.personId],
      )
      return { path: { sessionId: rows[0].id } }
    },
  },

  // --- members
  'GET /api/v1/members': nothing,
  'GET /api/v1/colleagues': nothing,
  'POST /api/v1/members': {
    call: world => ({
      say: {
        name: 'New',
        address: `new-${randomUUIDv7()}@example.org`,
        teams: [{ teamId: world.team.id, role: 'teammate' }],
      },
    }),
  },
  'PUT /api/v1/members/:memberId': {
    call: async world => ({ path: ofMember(await aMember(world.desk)), say: { disabled: true } }),
  },
  'POST /api/v1/members/:memberId/link': {
    call: async world => ({ path: ofMember(await aMember(world.desk)), say: {} }),
  },

  // --- teams
  'GET /api/v1/teams': nothing,
  'POST /api/v1/teams': {
    call: world => ({
      say: {
        name: 'Third',
        fallbackId: world.people.lead.personId,
        calendarId: world.team.calendarId,
        replyWithin: 60,
        followUpDays: 7,
        reopenDays: 30,
      },
    }),
  },
  'PUT /api/v1/teams/:teamId': {
    call: world => ({ path: { teamId: world.team.id }, say: { name: 'Here', fallbackId: world.team.fallbackId } }),
  },
  'PUT /api/v1/teams/:teamId/members/:memberId': {
    call: async world => ({
      path: { teamId: world.team.id, ...ofMember(await aMember(world.desk)) },
      say: { role: 'teammate' },
    }),
  },
  'DELETE /api/v1/teams/:teamId/members/:memberId': {
    call: async world => ({
      path: {
        teamId: world.team.id,
        ...ofMember(await aMember(world.desk, { teams: { [world.team.id]: 'teammate' } })),
      },
    }),
  },
  'GET /api/v1/teams/:teamId/duty': { call: world => ({ path: { teamId: world.team.id } }) },
  'POST /api/v1/teams/:teamId/duty': {
    call: async world => ({
      path: { teamId: world.team.id },
      say: {
        ...ofMember(await aMember(world.desk, { teams: { [world.team.id]: 'teammate' } })),
        from: later(world, 1),
        to: later(world, 2),
      },
    }),
  },
  'DELETE /api/v1/teams/:teamId/duty/:dutyId': {
    call: async world => {
      const dutyId = randomUUIDv7()
      await world.desk.database.pool.query(
        'insert into duty (id, team_id, person_id, during) values ($1, $2, $3, tstzrange($4, $5))',
        [dutyId, world.team.id, world.people.teammate.personId, later(world, 1), later(world, 2)],
      )
      return { path: { teamId: world.team.id, dutyId } }
    },
  },
  'GET /api/v1/calendars': nothing,
  'PUT /api/v1/calendars/:calendarId': {
    call: async (world, as) => ({
      // A lead saves what no other team works by.
      path: { calendarId: as === 'administrator' ? (await aTeam(world.desk)).calendarId : world.team.calendarId },
      say: aCalendar,
    }),
    makes: true,
  },
  'GET /api/v1/people': { call: () => ({ say: { like: 'mem' } }) },
}

function expectedMember(kind: Kind): boolean {
  return !['nobody', 'customer', 'disabled', 'expired', 'signed out'].includes(kind)
}
