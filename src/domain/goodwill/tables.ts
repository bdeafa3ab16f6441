/** All SQL that changes what was given away and the allowances, and the door to one that waits for a decision. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { type GoodwillKind, type GoodwillSettings, startingGoodwill } from '../../contract/goodwill.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { installation, leadsAnywhere, type Member, settingsOfInstallation } from '../access/index.ts'
import { leftOf, periodAround } from './rules.ts'

export async function goodwillSettingsOf(on: Db | Tx): Promise<GoodwillSettings> {
  const { goodwill } = await settingsOfInstallation(on)
  return { ...startingGoodwill, ...(goodwill as Partial<GoodwillSettings> | undefined) }
}

/** What a member may give in this period and what is left of it. What a lead decided is not theirs to answer for. */
export async function allowanceOf(on: Db | Tx, actor: Member, now: Date) {
  const settings = await goodwillSettingsOf(on)
  const { from, until } = periodAround(settings.period, (await installation(on)).zone, now)
  const { rows } = await sql<{ minor: string | null; given: string }>`
    select (select minor from goodwill_allowance where member_id = ${actor.personId}::uuid)::text as minor,
      (select coalesce(sum(minor), 0) from goodwill where by_id = ${actor.personId}::uuid and state = 'granted' and decided_by is null
        and currency = ${settings.currency} and granted_at >= ${from} and granted_at < ${until})::text as given`.execute(
    on,
  )
  const own = rows[0]!.minor
  const minor = own === null ? (leadsAnywhere(actor) ? settings.lead : settings.teammate) : Number(own)
  return {
    currency: settings.currency,
    period: settings.period,
    minor,
    left: leftOf(minor, Number(rows[0]!.given)),
    until,
  }
}

/** Two grants of one member come one after the other, so that together they never exceed what is left. */
export async function lockGiver(tx: Tx, personId: string): Promise<void> {
  await sql`select from member where person_id = ${personId}::uuid for no key update`.execute(tx)
}

type NewGoodwill = {
  kind: GoodwillKind
  state: 'granted' | 'asked'
  minor: number
  currency: string
  personId: string | null
  organisationId: string | null
  conversationId: string | null
  teamId: string | null
  byId: string
  what: string
  reason: string
}

export async function addGoodwill(tx: Tx, it: NewGoodwill, now: Date): Promise<string> {
  const id = randomUUIDv7()
  const grantedAt = it.state === 'granted' ? now : null
  await tx
    .insertInto('goodwill')
    .values({ id, ...it, askedAt: now, grantedAt, sample: false })
    .execute()
  await sql`update goodwill set sample = true where id = ${id}::uuid and exists (select from person p where p.id = goodwill.person_id and p.sample)`.execute(
    tx,
  )
  return id
}

export async function nameDecision(tx: Tx, id: string, promiseId: string): Promise<void> {
  await sql`update goodwill set promise_id = ${promiseId}::uuid where id = ${id}::uuid`.execute(tx)
}

/** The lead's promise to decide about `goodwill g`, as it stands: where it was given another time, the one that came of that. */
export const openDecision = sql`lateral (with recursive moved as (select id, replaced_by, due_at, ended_at, by_person_id from promise where id = g.promise_id
    union all select n.id, n.replaced_by, n.due_at, n.ended_at, n.by_person_id from moved m join promise n on n.id = m.replaced_by)
  select id, due_at, by_person_id from moved where ended_at is null limit 1)`

/** One of the ledger, locked, with the lead's promise where there is one. */
export type Opened = {
  id: string
  kind: GoodwillKind
  state: string
  conversationId: string | null
  teamId: string | null
  byId: string
  /** the lead's, while it is open */
  promiseId: string | null
  minor: string
  currency: string
}

/** Locked; the caller says who may. */
export async function openGoodwill(tx: Tx, id: string): Promise<Opened> {
  const { rows } = await sql<Opened>`
    select g.id, g.kind, g.minor::text as minor, g.currency, g.state, g.conversation_id, g.team_id, g.by_id, p.id as promise_id
    from goodwill g left join ${openDecision} p on true where g.id = ${id}::uuid for update of g`.execute(tx)
  if (!rows[0]) throw absent()
  return rows[0]
}

export async function settleGoodwill(
  tx: Tx,
  id: string,
  it: { yes: boolean; by: string; words: string },
  now: Date,
): Promise<void> {
  await sql`update goodwill set state = ${it.yes ? 'granted' : 'declined'}, granted_at = ${it.yes ? now : null}, decided_by = ${it.by}::uuid,
    decided_words = ${it.words || null} where id = ${id}::uuid and state = 'asked'`.execute(tx)
}

export async function withdraw(
  tx: Tx,
  id: string,
  it: { by: string; words: string; used: boolean },
  now: Date,
): Promise<void> {
  await sql`update goodwill set state = 'withdrawn', withdrawn_at = ${now}, withdrawn_by = ${it.by}::uuid, withdrawn_words = ${it.words}, was_used = ${it.used}
    where id = ${id}::uuid and state in ('granted', 'asked')`.execute(tx)
}

export async function setAllowances(tx: Tx, people: readonly { memberId: string; minor: number }[]): Promise<void> {
  await sql`delete from goodwill_allowance where not (member_id = any(${people.map(each => each.memberId)}::uuid[]))`.execute(
    tx,
  )
  const { numAffectedRows } = await sql`insert into goodwill_allowance (member_id, minor)
    select m.person_id, w.minor from unnest(${people.map(each => each.memberId)}::uuid[], ${people.map(each => each.minor)}::bigint[]) w(id, minor) join member m on m.person_id = w.id
    on conflict (member_id) do update set minor = excluded.minor`.execute(tx)
  if (Number(numAffectedRows) !== new Set(people.map(each => each.memberId)).size) throw absent()
}
