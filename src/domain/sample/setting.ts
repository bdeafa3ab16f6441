/** The stage of the story: colleagues, their team and hours, customers, and a mailbox from which nothing ever leaves. All of it marked. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { findOrMakePeople, readAddress } from '../people/index.ts'
import {
  type Colleague,
  type Customer,
  colleagues,
  customers,
  mailboxAddress,
  mailServer,
  organisation,
  strangers,
  teamName,
} from './story/cast.ts'

export type Stage = {
  teamId: string
  mailboxId: string
  colleagues: Record<Colleague, Member>
  /** their ids */
  customers: Record<Customer, string>
}

/** Nowhere: the name can never be found (RFC 2606), and the sender does not look. */
const nowhere = { host: 'mail.invalid', port: 25, security: 'none', user: '' }

/** Working hours round the clock, so that the story stands as told whenever somebody begins to read. */
export async function setStage(tx: Tx, zone: string, now: Date): Promise<Stage> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pond:sample', 0))`.execute(tx)
  if (await isHere(tx)) throw new Refusal('sample-here', 409)
  const [teamId, mailboxId, calendarId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const ids = await marked(
    tx,
    [...Object.values(colleagues), ...Object.values(customers), ...Object.values(strangers)],
    now,
  )
  const idOf = (who: { address: string }) => ids.get(readAddress(who.address)!.normal)!
  await sql`insert into member (person_id, created_at) select unnest(${Object.values(colleagues).map(idOf)}::uuid[]), ${now} on conflict do nothing`.execute(
    tx,
  )
  await sql`insert into calendar (id, name, zone) values (${calendarId}, ${organisation}, ${zone})`.execute(tx)
  await sql`insert into calendar_hours (calendar_id, weekday, from_minute, to_minute) select ${calendarId}, d, 0, 1440 from generate_series(1, 7) d`.execute(
    tx,
  )
  await sql`insert into team (id, name, fallback_id, calendar_id, reply_within, sample, created_at)
    values (${teamId}, ${teamName}, ${idOf(colleagues.ana)}, ${calendarId}, 180, true, ${now})`.execute(tx)
  for (const each of Object.values(colleagues)) {
    await sql`insert into team_member (team_id, person_id, role, since) values (${teamId}, ${idOf(each)}, ${each.role}, ${now})`.execute(
      tx,
    )
  }
  await sql`insert into mailbox (id, team_id, address, normal, from_name, receive_by, smtp, trusted_server, sample, last_good_poll_at, created_at)
    values (${mailboxId}, ${teamId}, ${mailboxAddress}, ${mailboxAddress}, ${organisation}, 'import', ${JSON.stringify(nowhere)}::jsonb, ${mailServer}, true, ${now}, ${now})`.execute(
    tx,
  )
  const hour = 3_600_000
  await onDuty(tx, teamId, idOf(colleagues.ana), new Date(now.getTime() - hour), new Date(now.getTime() + 2.5 * hour))
  await onDuty(
    tx,
    teamId,
    idOf(colleagues.ngozi),
    new Date(now.getTime() + 2.5 * hour),
    new Date(now.getTime() + 9 * hour),
  )
  const actors = Object.entries(colleagues).map(([key, each]) => [
    key,
    memberOf(idOf(each), each.name, teamId, each.role),
  ])
  const served = Object.entries(customers).map(([key, each]) => [key, idOf(each)])
  return {
    ...{ teamId, mailboxId, colleagues: Object.fromEntries(actors) as Record<Colleague, Member> },
    customers: Object.fromEntries(served) as Record<Customer, string>,
  }
}

export async function isHere(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ here: boolean }>`
    select exists (select from team where sample) or exists (select from mailbox where sample) as here`.execute(tx)
  return rows[0]!.here
}

/** Who was here before under one of these addresses stays theirs: only whom this makes is marked. */
async function marked(
  tx: Tx,
  people: readonly { name: string; address: string }[],
  now: Date,
): Promise<Map<string, string>> {
  const before = await sql<{ normal: string }>`
    select normal from address where kind = 'mail' and normal = any(${people.map(each => readAddress(each.address)!.normal)})`.execute(
    tx,
  )
  const known = new Set(before.rows.map(row => row.normal))
  const found = await findOrMakePeople(tx, people, now)
  const made = [...found.values()].filter(each => !known.has(each.normal)).map(each => each.personId)
  await sql`update person set sample = true where id = any(${made}::uuid[])`.execute(tx)
  return new Map([...found].map(([normal, each]) => [normal, each.personId]))
}

async function onDuty(tx: Tx, teamId: string, personId: string, from: Date, to: Date) {
  await sql`insert into duty (id, team_id, person_id, during) values (${randomUUIDv7()}, ${teamId}, ${personId}, tstzrange(${from}, ${to}))`.execute(
    tx,
  )
}

/** Somebody of the story who acts: they have no account anybody could sign in to. */
function memberOf(personId: string, name: string, teamId: string, role: 'lead' | 'teammate'): Member {
  return { is: 'member', personId, name, administrator: false, sessionId: '', roles: new Map([[teamId, role]]) }
}
