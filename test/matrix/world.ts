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
  await leaveTraces(desk)
  return { desk, team, elsewhere, mailboxId, people, cookies }
}

/** From here on every row that is written leaves a trace, once it is committed. Counters of tries leave none. */
async function leaveTraces(desk: TestDesk): Promise<void> {
  const { rows } = await desk.database.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and c.relname not in ('throttle', 'migration')`,
  )
  await desk.database.pool.query(
    `create unlogged table written (id bigint generated always as identity primary key, what text not null);
    create function leave_trace() returns trigger language plpgsql as
      $$ begin insert into written (what) values (tg_op || ' ' || tg_table_name); return null; end $$;
    ${rows
      .map(
        ({
          name,
        }) => `create trigger trace after insert or update or delete on "${name}" for each row execute function leave_trace();
          create trigger trace_all after truncate on "${name}" execute function leave_trace();`,
      )
      .join('\n')}`,
  )
}

/** Where the traces end. */
export async function lastTrace(desk: TestDesk): Promise<number> {
  return (await desk.database.pool.query('select coalesce(max(id), 0)::int as last from written')).rows[0].last
}

/** What was written after that. */
export async function tracesAfter(desk: TestDesk, last: number): Promise<string[]> {
  const { rows } = await desk.database.pool.query('select what from written where id > $1 order by id', [last])
  return rows.map(row => row.what)
}
