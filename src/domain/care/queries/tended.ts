/** Relationships as lists and pages of keeping in touch show them: who tends them, how often, and when next. */
import { type RawBuilder, sql } from 'kysely'
import type { CareView, CheckInList, CheckInRow } from '../../../contract/care.ts'
import type { Db } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { leadsAnywhere, type Member, standingFor } from '../../access/index.ts'
import { careSettingsOf } from '../budget.ts'
import { servesNow } from './keepers.ts'
import { touchesOf } from './touches.ts'

type Row = {
  relationshipId: string
  personId: string | null
  organisationId: string | null
  name: string
  keeperId: string | null
  keeperName: string | null
  rhythmDays: number | null
  lastContactAt: Date | null
  lastContactKind: CheckInRow['lastContactKind']
  since: Date
  checkInId: string | null
  dueAt: Date | null
}

const columns = sql`r.id as relationship_id, r.person_id, r.organisation_id, coalesce(pe.name, o.name) as name, r.keeper_id, k.name as keeper_name, r.rhythm_days,
  r.last_contact_at, r.last_contact_kind, r.since, p.id as check_in_id, p.due_at`
const joins = sql`left join person pe on pe.id = r.person_id left join organisation o on o.id = r.organisation_id left join person k on k.id = r.keeper_id`
const openOne = sql`left join promise p on p.relationship_id = r.id and p.kind = 'check-in' and p.ended_at is null`

export function rowOf(row: Row): CheckInRow {
  return {
    relationshipId: row.relationshipId,
    party: { is: row.personId ? 'person' : 'organisation', id: (row.personId ?? row.organisationId)!, name: row.name },
    keeper: row.keeperId ? { id: row.keeperId, name: row.keeperName ?? '' } : null,
    rhythmDays: row.rhythmDays,
    lastContactAt: row.lastContactAt?.toISOString() ?? null,
    lastContactKind: row.lastContactKind,
    checkIn: row.checkInId ? { id: row.checkInId, dueAt: row.dueAt!.toISOString() } : null,
  }
}

export async function careOf(
  db: Db,
  actor: Member,
  party: { is: 'person' | 'organisation'; id: string },
): Promise<CareView> {
  const of = party.is === 'person' ? sql`r.person_id` : sql`r.organisation_id`
  const { rows } =
    await sql<Row>`select ${columns} from relationship r ${joins} ${openOne} where ${of} = ${party.id}::uuid`.execute(
      db,
    )
  const [settings, touches, name] = await Promise.all([
    careSettingsOf(db),
    touchesOf(db, actor, party, 10),
    nameOf(db, party),
  ])
  const row = rows[0]
  const none = {
    party: { ...party, name },
    keeper: null,
    rhythmDays: null,
    lastContactAt: null,
    lastContactKind: null,
    checkIn: null,
  }
  return {
    ...(row ? rowOf(row) : { ...none, relationshipId: null }),
    since: row?.since.toISOString() ?? null,
    defaultRhythmDays: settings.rhythmDays,
    touches,
  }
}

async function nameOf(db: Db, party: { is: 'person' | 'organisation'; id: string }): Promise<string> {
  const { rows } = await sql<{
    name: string
  }>`select name from ${sql.table(party.is)} where id = ${party.id}::uuid`.execute(db)
  if (!rows[0]) throw absent()
  return rows[0].name
}

/** One that is open, for whoever serves; null when it is over or was never. */
export async function checkInRow(db: Db, checkInId: string): Promise<CheckInRow | null> {
  const { rows } =
    await sql<Row>`select ${columns} from promise p join relationship r on r.id = p.relationship_id ${joins}
    where p.id = ${checkInId}::uuid and p.kind = 'check-in' and p.ended_at is null`.execute(db)
  return rows[0] ? rowOf(rows[0]) : null
}

type Wanted = { which: CheckInList; until?: string | undefined; after?: string | undefined; limit: number }

/** Keyset pages: mine by due time, the others by how long ago we were in touch, the longest first. */
export async function checkInsOf(
  db: Db,
  actor: Member,
  wanted: Wanted,
  now: Date,
): Promise<{ rows: CheckInRow[]; next: string | null }> {
  const { which, limit } = wanted
  if (which !== 'mine' && !leadsAnywhere(actor) && !actor.administrator) throw new Refusal('not-yours', 403)
  const after = placeOf(wanted.after)
  const [ask, place] =
    which === 'mine'
      ? [mine(actor, wanted.until, after, limit, now), (row: Row) => ({ at: row.dueAt!, id: row.checkInId! })]
      : [
          await apart(db, which, after, limit, now),
          (row: Row) => ({ at: row.lastContactAt ?? new Date(0), id: row.relationshipId }),
        ]
  const { rows } = await ask.execute(db)
  const last = rows.length > limit ? place(rows[limit - 1]!) : null
  return { rows: rows.slice(0, limit).map(rowOf), next: last ? `${last.at.getTime()}.${last.id}` : null }
}

/** By name, and of those who are away and for whom I stand in. */
function mine(actor: Member, until: string | undefined, after: Place, limit: number, now: Date): RawBuilder<Row> {
  const me = sql`${actor.personId}::uuid`
  return sql<Row>`select ${columns} from promise p join relationship r on r.id = p.relationship_id ${joins}
    where p.kind = 'check-in' and p.ended_at is null and p.due_at < ${until ? new Date(until) : new Date(8.64e15)}
      and (p.due_at, p.id) > (${after.at}, ${after.id}::uuid)
      and p.by_person_id = any(array(select ${me} union select a.person_id from absence a where a.deputy_id = ${me} and a.during @> ${now}::timestamptz
        and ${standingFor('a.personId', now)} = ${me}))
    order by p.due_at, p.id limit ${limit + 1}`
}

async function apart(
  db: Db,
  which: 'left' | 'quiet',
  after: Place,
  limit: number,
  now: Date,
): Promise<RawBuilder<Row>> {
  const days = which === 'quiet' ? (await careSettingsOf(db)).rhythmDays : 0
  const those =
    which === 'left'
      ? sql`r.keeper_id = any(array(select km.person_id from member km where exists (select from relationship k where k.keeper_id = km.person_id) and ${standingFor('km.personId', now)} is null))`
      : sql`r.keeper_id is null and r.last_contact_at < ${new Date(now.getTime() - days * 86_400_000)}
          and not exists (select from conversation c where c.customer_id = r.person_id and c.state in ('open', 'pending', 'solved'))
          and not ${servesNow(sql`r.person_id`, now)}`
  const order = sql`coalesce(r.last_contact_at, to_timestamp(0))`
  return sql<Row>`select ${columns} from relationship r ${joins} ${openOne}
    where ${those} and (${order}, r.id) > (${after.at}, ${after.id}::uuid) order by ${order}, r.id limit ${limit + 1}`
}

type Place = { at: Date; id: string }

function placeOf(text: string | undefined): Place {
  if (!text) return { at: new Date(-1), id: '00000000-0000-0000-0000-000000000000' }
  const found = /^(-?\d{1,15})\.([0-9a-f-]{36})$/.exec(text)
  if (!found) throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  return { at: new Date(Number(found[1])), id: found[2]! }
}
