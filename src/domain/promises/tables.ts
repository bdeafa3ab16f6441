/** All SQL that changes the ledger. Refuses nothing itself: deferred triggers hold I2 and I3 when the transaction ends. */
import { randomUUIDv7 } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import type { Moves, NewPromise, OpenPromise } from './ledger.ts'
import type { WorkingCalendar } from './working-time.ts'

/** Moves of one conversation, or outside of any, ready to be written. */
export type Entry = { conversationId: string | null; moves: Moves; toldBy: string | null; at: Date }

/** Writes the moves of any number of conversations with three statements. Returns the new ids, entry by entry. */
export async function writeMoves(tx: Tx, entries: readonly Entry[]): Promise<string[][]> {
  const made = entries.map(entry => entry.moves.makes.map(() => randomUUIDv7()))
  const makes = entries.flatMap((entry, e) =>
    entry.moves.makes.map((promise, m) => makeRow(entry, promise, made[e]![m]!)),
  )
  const ends = entries.flatMap((entry, e) =>
    entry.moves.ends.map(end => ({
      id: end.id,
      how: end.how,
      why: end.why,
      words: end.words ?? null,
      at: entry.at.toISOString(),
      by: end.replacedBy === undefined ? null : made[e]![end.replacedBy],
    })),
  )
  const insert = async () => {
    if (makes.length === 0) return
    await sql`insert into promise (id, conversation_id, kind, direction, by_person_id, by_team_id, to_person_id, to_team_id, words, automatic, made_at, due_at, told_at, told_by,
        target, noted_by, relationship_id)
      select id, conversation_id, kind, direction, by_person_id, by_team_id, to_person_id, to_team_id, words, automatic, made_at, due_at, told_at, told_by,
        target, noted_by, relationship_id
      from jsonb_to_recordset(${JSON.stringify(makes)}::jsonb) as p(id uuid, conversation_id uuid, kind text, direction text, by_person_id uuid, by_team_id uuid,
        to_person_id uuid, to_team_id uuid, words text, automatic boolean, made_at timestamptz, due_at timestamptz, told_at timestamptz, told_by uuid,
        target text, noted_by uuid, relationship_id uuid)`.execute(tx)
  }
  const end = async () => {
    if (ends.length === 0) return
    await sql`update promise set ended_at = e.at, ended_how = e.how, ended_why = e.why, ended_words = e.words, replaced_by = e.by
      from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as e(id uuid, how text, why text, words text, at timestamptz, by uuid)
      where promise.id = e.id and promise.ended_at is null`.execute(tx)
  }
  // Given at once they travel at once, and run in this order.
  await Promise.all([insert(), end()])
  return made
}

function makeRow(entry: Entry, promise: NewPromise, id: string) {
  return {
    id,
    conversation_id: entry.conversationId,
    kind: promise.kind,
    direction: promise.direction,
    by_person_id: promise.byPersonId,
    by_team_id: promise.byTeamId,
    to_person_id: promise.toPersonId,
    to_team_id: promise.toTeamId ?? null,
    words: promise.words,
    automatic: promise.automatic,
    made_at: entry.at.toISOString(),
    due_at: promise.dueAt.toISOString(),
    told_at: promise.told ? entry.at.toISOString() : null,
    told_by: promise.told ? entry.toldBy : null,
    target: promise.target ?? null,
    noted_by: promise.notedBy ?? null,
    relationship_id: promise.relationshipId ?? null,
  }
}

/** Open promises of conversations whose rows the caller has locked. */
export async function openPromisesOf(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, OpenPromise[]>> {
  const found = new Map<string, OpenPromise[]>(conversationIds.map(id => [id, []]))
  if (conversationIds.length === 0) return found
  const { rows } = await sql<OpenPromise & { conversationId: string }>`
    select id, conversation_id, kind, direction, by_person_id, due_at, automatic, told_at from promise
    where conversation_id = any(${conversationIds}::uuid[]) and ended_at is null order by due_at, id`.execute(tx)
  for (const { conversationId, ...promise } of rows) found.get(conversationId)!.push(promise)
  return found
}

/** Takes moves back as if they had never been: what was made is removed, what was ended is open again. */
export async function undoMoves(tx: Tx, made: readonly string[], ended: readonly string[]): Promise<void> {
  await sql`update promise set ended_at = null, ended_how = null, ended_why = null, ended_words = null, replaced_by = null where id = any(${ended}::uuid[])`.execute(
    tx,
  )
  await sql`delete from promise where id = any(${made}::uuid[])`.execute(tx)
}

/** Why it was kept late, said afterwards; may be said otherwise later. */
export async function explain(tx: Tx, id: string, because: string, words: string | null): Promise<void> {
  await sql`update promise set ended_why = ${because}, ended_words = ${words} where id = ${id}::uuid and ended_how = 'kept'`.execute(
    tx,
  )
}

/** Open promises of ours in a conversation go to another member, or to a team until somebody owns them. */
export async function passOn(
  tx: Tx,
  conversationId: string,
  to: { personId: string | null; teamId: string },
): Promise<void> {
  await sql`update promise set by_person_id = ${to.personId}, by_team_id = ${to.teamId}
    where conversation_id = ${conversationId} and ended_at is null and direction = 'ours'`.execute(tx)
}

/** What somebody wanted to get from a colleague is whoever's who owns the conversation now; what a colleague promised them is promised to that one. */
export async function passAsksOn(
  tx: Tx,
  conversationId: string,
  fromId: string,
  to: { personId: string | null; teamId: string },
): Promise<void> {
  await sql`update promise set by_person_id = case when to_person_id is null then ${to.personId}::uuid else by_person_id end,
      by_team_id = case when to_person_id is null then ${to.teamId}::uuid else by_team_id end,
      to_person_id = case when to_person_id is null then null else coalesce(${to.personId}::uuid, to_person_id) end
    where conversation_id = ${conversationId}::uuid and ended_at is null and kind = 'ask' and direction = 'inside'
      and coalesce(to_person_id, by_person_id) = ${fromId}::uuid`.execute(tx)
}

/** A check-in stays with whoever keeps the relationship. */
export async function passCheckInsOn(tx: Tx, passed: readonly { id: string; to: string }[]): Promise<void> {
  await sql`update promise set by_person_id = w.member_id from unnest(${passed.map(each => each.id)}::uuid[], ${passed.map(each => each.to)}::uuid[]) w(id, member_id)
    where promise.id = w.id and promise.kind = 'check-in' and promise.ended_at is null`.execute(tx)
}

/**
 * Marks what has fallen due since, once each; several processes never mark the same one. `scopes` says who may learn of
 * it: the conversation's team and owner, never its customer; outside a conversation whoever made the promise.
 */
export async function markFallenDue(tx: Tx, now: Date, limit: number): Promise<Marked[]> {
  const which = sql`ended_at is null and fell_due_at is null and due_at <= ${now}`
  return mark(tx, sql`fell_due_at = ${now}`, which, limit)
}

/** The same for what falls due within the hour; of a promise for a shorter time in the second half of it. */
export async function markComingDue(tx: Tx, now: Date, limit: number): Promise<Marked[]> {
  const soon = new Date(now.getTime() + 3_600_000)
  const which = sql`ended_at is null and soon_at is null and fell_due_at is null and due_at > ${now} and due_at <= ${soon}
    and due_at - least(interval '1 hour', (due_at - made_at) / 2) <= ${now}`
  return mark(tx, sql`soon_at = ${now}`, which, limit)
}

/** Kinds that somebody waits for: of these a lead is told when nothing happens. */
const waitedFor = sql`('reply', 'action', 'decision')`

/**
 * What is near or late and nobody has touched since its owner was warned, once each: for those who lead. What was touched
 * in time is left to its owner until it is half an hour late.
 */
export async function markUnheeded(tx: Tx, now: Date, limit: number): Promise<Marked[]> {
  const near = new Date(now.getTime() + 20 * 60_000)
  const touched = sql`exists (select from message m where m.conversation_id = promise.conversation_id and m.at >= promise.soon_at and m.kind in ('reply', 'note', 'call', 'forward') and m.taken_back_at is null)
    or exists (select from draft d where d.conversation_id = promise.conversation_id and d.saved_at >= promise.soon_at)`
  const which = sql`ended_at is null and lead_told_at is null and direction = 'ours' and kind in ${waitedFor} and due_at <= ${near}
    and (due_at + interval '30 minutes' <= ${now}
      or (soon_at is not null and due_at - least(interval '20 minutes', (due_at - made_at) / 6) <= ${now} and not (${touched})))`
  return mark(tx, sql`lead_told_at = ${now}`, which, limit)
}

type Marked = { id: string; conversationId: string | null; kind: string; dueAt: Date; scopes: string[] }

async function mark(tx: Tx, as: RawBuilder<unknown>, which: RawBuilder<unknown>, limit: number): Promise<Marked[]> {
  const { rows } = await sql<Marked>`
    update promise set ${as} where id in (
      select id from promise where ${which} order by due_at limit ${limit} for update skip locked)
    returning id, conversation_id, kind, due_at,
      -- a reminder is of who made it
      array_remove(case when conversation_id is null or kind = 'reminder' then array[by_person_id, by_team_id]
        else (select array[c.team_id, c.owner_id] from conversation c where c.id = promise.conversation_id) end, null) as scopes`.execute(
    tx,
  )
  return rows
}

/** A team's working calendar; used whenever a time is promised. */
export async function calendarsOf(tx: Tx, calendarIds: readonly string[]): Promise<Map<string, WorkingCalendar>> {
  const { rows } = await sql<{
    id: string
    zone: string
    hours: { weekday: number; from: number; to: number }[]
    holidays: string[]
  }>`
    select c.id, c.zone,
      coalesce((select jsonb_agg(jsonb_build_object('weekday', h.weekday, 'from', h.from_minute, 'to', h.to_minute)) from calendar_hours h where h.calendar_id = c.id), '[]') as hours,
      coalesce((select jsonb_agg(d.day::text) from holiday d where d.calendar_id = c.id), '[]') as holidays
    from calendar c where c.id = any(${calendarIds}::uuid[])`.execute(tx)
  return new Map(
    rows.map(row => [row.id, { id: row.id, zone: row.zone, hours: row.hours, holidays: new Set(row.holidays) }]),
  )
}

/** An automatic promise that rolls along in a chat: another time for the same row, which then comes due anew. */
export async function rollPromises(
  tx: Tx,
  rolls: readonly { id: string; dueAt: Date; told: boolean }[],
  now: Date,
): Promise<void> {
  if (rolls.length === 0) return
  await sql`update promise set due_at = r.due_at, told_at = case when r.told then ${now}::timestamptz end, told_by = null, soon_at = null, lead_told_at = null
    from unnest(${rolls.map(each => each.id)}::uuid[], ${rolls.map(each => each.dueAt)}::timestamptz[], ${rolls.map(each => each.told)}::bool[]) as r(id, due_at, told)
    where promise.id = r.id and promise.automatic and promise.ended_at is null and promise.fell_due_at is null`.execute(
    tx,
  )
}
