/**
 * The promises to be in touch: made, ended and moved where a relationship stands otherwise than before. All of a batch in a
 * few statements, with the relationships locked, so that of one relationship never two are open.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { type Happened, record } from '../../platform/events/index.ts'
import { installation } from '../access/index.ts'
import { calendarsOf, type Entry, type Moves, passCheckInsOn, writeMoves } from '../promises/index.ts'
import { checkInDue, officeHours } from './due.ts'
import { checkInAfter, isOwed, type Standing } from './rules.ts'

export type Relationship = Standing & {
  id: string
  since: Date
  checkInId: string | null
  calendarId: string | null
}

/** Asked of those alone whom a check-in concerns. */
const openProblem = (personId: RawBuilder<unknown>) =>
  sql`exists (select from conversation c where c.customer_id = ${personId} and c.state in ('open', 'pending', 'solved'))`

/** Relationships for writing, locked in one order. `which` speaks of `relationship r`. */
export async function lockRelationships(tx: Tx, ids: readonly string[]): Promise<Relationship[]> {
  if (ids.length === 0) return []
  await sql`select from relationship where id = any(${ids}::uuid[]) order by id for update`.execute(tx)
  type Row = Omit<Relationship, 'open'> & { checkInBy: string | null; checkInFrom: Date | null }
  const { rows } = await sql<Row>`
    select r.id, r.keeper_id, r.rhythm_days, r.last_contact_at, r.since, r.check_in_from, p.id as check_in_id, p.by_person_id as check_in_by,
      (r.rhythm_days is not null or p.id is not null) and (${openProblem(sql`r.person_id`)} or exists (select from membership b
        where b.organisation_id = r.organisation_id and b.left_at is null and b.suggested_at is null and ${openProblem(sql`b.person_id`)})) as open_problem,
      (select t.calendar_id from team_member m join team t on t.id = m.team_id where m.person_id = r.keeper_id and m.role in ('lead', 'teammate') and t.archived_at is null
        order by m.since, t.id limit 1) as calendar_id
    from relationship r left join promise p on p.relationship_id = r.id and p.kind = 'check-in' and p.ended_at is null
    where r.id = any(${ids}::uuid[]) order by r.id`.execute(tx)
  return rows.map(({ checkInBy, checkInFrom, ...row }) => ({
    ...row,
    open: row.checkInId ? { byPersonId: checkInBy, from: checkInFrom } : null,
  }))
}

/** `kept`, `skipped` and `changed` name relationships of which somebody just settled it so: the rest follows from how they stand. */
export type Settled = {
  kept?: readonly string[]
  skipped?: { id: string; reason: string }
  /** its rhythm was changed: the time is reckoned anew */
  changed?: readonly string[]
  actorId?: string | null
}

/** Brings the check-ins of these relationships in line with how they stand now. */
export async function settleCheckIns(tx: Tx, ids: readonly string[], now: Date, settled: Settled = {}): Promise<void> {
  const all = await lockRelationships(tx, [...new Set(ids)].sort())
  const concerned = all.filter(each => each.rhythmDays !== null || each.open)
  if (concerned.length === 0) return
  const calendars = await calendarsOf(tx, [...new Set(concerned.flatMap(each => each.calendarId ?? []))])
  const spare = officeHours((await installation(tx)).zone)
  const turns = new Map<string, number>()
  const entries: Entry[] = []
  const made: string[] = []
  const happened: Happened[] = []
  const passed: { id: string; to: string }[] = []
  for (const each of concerned) {
    const by = settled.kept?.includes(each.id) ? 'kept' : settled.skipped?.id === each.id ? 'skipped' : null
    const changed = settled.changed?.includes(each.id) === true && each.rhythmDays !== null
    const decided = checkInAfter(each)
    const ends = each.checkInId && (by !== null || changed || decided.ends !== null)
    const makes = isOwed(each) && (decided.makes || by !== null || changed)
    if (!ends && decided.passesOn) passed.push({ id: each.checkInId!, to: each.keeperId! })
    if (!ends && !makes) continue
    const moves: Moves = { ends: [], makes: [] }
    if (makes) {
      const calendar = calendars.get(each.calendarId ?? '') ?? spare
      const turn = turns.get(each.keeperId!) ?? 0
      const from = by === 'skipped' ? now : (each.lastContactAt ?? each.since)
      const { dueAt, late } = checkInDue(calendar, { from, rhythmDays: each.rhythmDays!, now, turn })
      if (late) turns.set(each.keeperId!, turn + 1)
      moves.makes.push({
        kind: 'check-in',
        direction: 'inside',
        byPersonId: each.keeperId,
        byTeamId: null,
        toPersonId: null,
        words: '',
        automatic: true,
        dueAt,
        told: false,
        relationshipId: each.id,
      })
      made.push(each.id)
    }
    if (ends) moves.ends.push(endOf(each, by, changed ? 'new-rhythm' : decided.ends, settled))
    entries.push({ conversationId: null, moves, toldBy: null, at: now })
    const end = moves.ends[0]
    const told = { subjectId: each.id, actorId: settled.actorId ?? null, at: now }
    if (end) {
      const scopes = [each.open!.byPersonId, each.keeperId].filter(id => id !== null)
      const facts = { promiseId: end.id, kind: 'check-in', ended: [{ id: end.id, how: end.how }] }
      happened.push({ ...told, kind: end.how === 'kept' ? 'promise.kept' : 'promise.released', scopes, facts })
    } else happened.push({ ...told, kind: 'promise.made', scopes: [each.keeperId!], facts: { kind: 'check-in' } })
  }
  await writeMoves(tx, entries)
  if (passed.length > 0) await passCheckInsOn(tx, passed)
  if (made.length > 0)
    await sql`update relationship set check_in_from = last_contact_at where id = any(${made}::uuid[])`.execute(tx)
  await record(tx, ...happened)
}

function endOf(
  each: Relationship,
  by: 'kept' | 'skipped' | null,
  why: string | null,
  settled: Settled,
): Moves['ends'][number] {
  const id = each.checkInId!
  if (by === 'kept') return { id, how: 'kept', why: null }
  if (by === 'skipped') return { id, how: 'released', why: 'skipped', words: settled.skipped!.reason }
  return { id, how: 'released', why }
}
