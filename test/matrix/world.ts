/** The world of the matrix: a team, those who stand in every relation to it, and another team beside it. */
import { randomBytes } from 'node:crypto'
import { aMailbox, aMember, aTeam, cookieOf, type TestDesk, type TestMember, type TestTeam } from '../people.ts'

export const kinds = [
  'nobody',
  'customer',
  'disabled',
  'expired',
  'signed out',
  'partner',
  'colleague',
  'outsider',
  'administrator',
  'teammate',
  'lead',
] as const
export type Kind = (typeof kinds)[number]
/** Those without a session that counts. */
export const strangers: readonly Kind[] = ['nobody', 'customer', 'disabled', 'expired', 'signed out']

export type World = {
  desk: TestDesk
  team: TestTeam
  elsewhere: TestTeam
  mailboxId: string
  people: Record<Exclude<Kind, 'nobody' | 'customer'>, TestMember>
  /** the cookie header each kind comes with; a customer brings one they made up */
  cookies: Record<Kind, string | null>
}

export const password = 'nine quiet herons wade'

export async function aMatrixWorld(desk: TestDesk): Promise<World> {
  const team = await aTeam(desk, { name: 'Here' })
  const elsewhere = await aTeam(desk, { name: 'Elsewhere' })
  const { id: mailboxId } = await aMailbox(desk, team)
  const teammate = { [team.id]: 'teammate' } as const
  const people = {
    disabled: await aMember(desk, { teams: teammate, administrator: true }),
    expired: await aMember(desk, { teams: teammate, administrator: true }),
    'signed out': await aMember(desk, { teams: teammate, administrator: true }),
    partner: await aMember(desk, { teams: { [team.id]: 'partner' }, password }),
    colleague: await aMember(desk, { teams: { [team.id]: 'colleague' }, password }),
    outsider: await aMember(desk, { teams: { [elsewhere.id]: 'teammate' }, password }),
    administrator: await aMember(desk, { administrator: true, password }),
    teammate: await aMember(desk, { teams: teammate, password }),
    lead: await aMember(desk, { teams: { [team.id]: 'lead' }, password }),
  }
  const cookies = {
    nobody: null,
    customer: `pond-session=${randomBytes(32).toString('base64url')}`,
  } as World['cookies']
  for (const [kind, member] of Object.entries(people)) cookies[kind as Kind] = await cookieOf(desk, member)
  // Their sessions began while all was well.
  const { pool } = desk.database
  const past = new Date(desk.clock.now.getTime() - 1000)
  await pool.query('update member set disabled_at = $2 where person_id = $1', [people.disabled.personId, past])
  await pool.query('update member set expires_at = $2 where person_id = $1', [people.expired.personId, past])
  await pool.query('update session set ended_at = $2 where person_id = $1', [people['signed out'].personId, past])
  return { desk, team, elsewhere, mailboxId, people, cookies }
}

/** A print of every row there is: two prints are equal when nothing was written between them. Counters of tries are left out. */
export async function printOf(desk: TestDesk): Promise<string> {
  const { pool } = desk.database
  const { rows: tables } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and c.relname not in ('throttle', 'migration') order by 1`,
  )
  const parts = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) as rows, coalesce(sum(hashtextextended(t.xmin::text || t.ctid::text, 0)), 0) as versions from "${name}" t`,
  )
  const { rows } = await pool.query(parts.join(' union all '))
  return JSON.stringify(rows)
}
