/**
 * The ledger as lists: of a person, a team, a customer, a conversation, a relationship, or of all one may see. Each branch walks
 * an index in the order of the list, so that a page costs the same however long the ledger is. Ranks nobody.
 */
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { ledger as contract, LedgerRow, LedgerState } from '../../../contract/ledger.ts'
import type { Db } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { inSightOf, type Member, ownedOnlyTeams, visibleTeams } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'

type Input = z.output<typeof contract.input>

type Listed = PromiseRow & {
  number: number | null
  subject: string
  state: string
  customerId: string
  customerName: string
  neededBy: Date | null
  draft: Date | null
  late: boolean
}

const isOpen = (state: LedgerState) => state === 'open' || state === 'overdue'

/** Which rows a state is made of: derived from the times, as `stateOf` does. */
function ofState(state: LedgerState, now: Date): RawBuilder<boolean> {
  switch (state) {
    case 'open':
      return sql`p.ended_at is null`
    case 'overdue':
      return sql`p.ended_at is null and p.due_at < ${now}`
    case 'kept':
      return sql`p.ended_at is not null and p.ended_how = 'kept' and p.ended_at <= p.due_at`
    case 'kept-late':
      return sql`p.ended_at is not null and p.ended_how = 'kept' and p.ended_at > p.due_at`
    case 'renegotiated':
      return sql`p.ended_at is not null and p.ended_how = 'replaced' and p.ended_at <= p.due_at and not p.automatic`
    case 'broken':
      return sql`p.ended_at is not null and (p.ended_how = 'given-up' or (p.ended_how = 'replaced' and p.ended_at > p.due_at))`
    case 'released':
      return sql`p.ended_at is not null and p.ended_how = 'released'`
    case 'all':
      return sql`p.ended_at is not null`
  }
}

export async function ledger(db: Db, actor: Member, input: Input, now: Date) {
  const { limit } = input
  if (input.teamId && !visibleTeams(actor).includes(input.teamId) && !ownedOnlyTeams(actor).includes(input.teamId))
    throw absent()
  const place = readPlace(input.after)
  const open = isOpen(input.state)
  const order = open ? sql`p.due_at, p.id` : sql`p.ended_at desc, p.id desc`
  const at = open ? sql`p.due_at` : sql`p.ended_at`
  const beyond = !place
    ? sql`true`
    : open
      ? sql`(p.due_at, p.id) > (${place.at}::timestamptz, ${place.id}::uuid)`
      : sql`(p.ended_at, p.id) < (${place.at}::timestamptz, ${place.id}::uuid)`
  const direction = input.direction === 'all' ? sql`p.direction <> 'inside'` : sql`p.direction = ${input.direction}`
  const inside = input.direction === 'inside' ? sql`true` : sql`p.kind <> 'reminder'`
  // Inside what one may see, before the limit counts: a page is full or the last one.
  const seen = sql`case when p.conversation_id is null then ${outside(actor)} else
    (p.kind <> 'reminder' or p.by_person_id = ${actor.personId}::uuid) and exists (select from conversation c where c.id = p.conversation_id and ${inSightOf(actor, 'c')} and ${late(input.late)} offset 0) end`
  const within = sql`${ofState(input.state, now)} and ${direction} and ${inside} and ${beyond} and ${seen}${input.late ? sql` and p.conversation_id is not null` : sql``}`
  const pick = (from: RawBuilder<unknown>) =>
    sql`(select p.id, ${at} as at from ${from} and ${within} order by ${order} limit ${limit + 1})`
  const branches = branchesOf(actor, input, open).map(pick)
  const { rows } = await sql<Listed>`
    with found as materialized (select distinct id, at from (${sql.join(branches, sql` union all `)}) f order by at ${open ? sql`` : sql`desc`}, id ${open ? sql`` : sql`desc`} limit ${limit + 1})
    select ${promiseColumns}, c.number, c.subject, c.state, c.customer_id, cu.name as customer_name, c.needed_by,
      (select max(saved_at) from draft d where d.conversation_id = c.id and d.person_id = ${actor.personId}::uuid) as draft,
      coalesce(c.needed_by < p.due_at and p.direction = 'ours' and p.kind in ('reply', 'action'), false) as late
    from found join promise p on p.id = found.id ${promiseJoins} left join conversation c on c.id = p.conversation_id left join person cu on cu.id = c.customer_id
    order by ${order}`.execute(db)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const lastAt = last && (open ? last.dueAt : last.endedAt!)
  return {
    rows: shown.map(row => viewOf(row, now)),
    next: rows.length > limit && last && lastAt ? `${lastAt.getTime()}.${last.id}` : null,
  }
}

function late(wanted: boolean): RawBuilder<boolean> {
  return wanted ? sql`c.needed_by < p.due_at and p.direction = 'ours' and p.kind in ('reply', 'action')` : sql`true`
}

/** Outside a conversation: by whom and to whom it was made, and who serves in its team. */
function outside(actor: Member): RawBuilder<boolean> {
  const teams = visibleTeams(actor)
  const me = sql`${actor.personId}::uuid`
  return sql`(p.by_person_id = ${me} or p.to_person_id = ${me} or (p.kind <> 'reminder' and (p.by_team_id = any(${teams}::uuid[]) or p.to_team_id = any(${teams}::uuid[]))))`
}

function branchesOf(actor: Member, input: Input, open: boolean): RawBuilder<unknown>[] {
  const team = input.teamId
    ? sql` and (p.by_team_id = ${input.teamId}::uuid or p.to_team_id = ${input.teamId}::uuid)`
    : sql``
  const by = input.byId ? sql` and p.by_person_id = ${input.byId}::uuid` : sql``
  if (input.conversationId) return [sql`promise p where p.conversation_id = ${input.conversationId}::uuid${team}${by}`]
  if (input.relationshipId) {
    const of = sql`relationship r where r.id = ${input.relationshipId}::uuid`
    return [
      sql`promise p where p.relationship_id = ${input.relationshipId}::uuid${team}${by}`,
      // Those of the person, or of everybody who belongs to the organisation.
      sql`promise p where p.conversation_id in (select c.id from conversation c where c.customer_id in (
        select r.person_id from ${of} and r.person_id is not null
        union select m.person_id from relationship r join membership m using (organisation_id) where r.id = ${input.relationshipId}::uuid and m.left_at is null and m.suggested_at is null))${team}${by}`,
    ]
  }
  if (input.customerId)
    return [
      sql`promise p where p.conversation_id in (select c.id from conversation c where c.customer_id = ${input.customerId}::uuid)${team}${by}`,
      sql`promise p where p.conversation_id is null and (p.to_person_id = ${input.customerId}::uuid or p.by_person_id = ${input.customerId}::uuid)${team}`,
    ]
  if (input.byId) return [sql`promise p where p.by_person_id = ${input.byId}::uuid${team}`]
  const teams = input.teamId ? [input.teamId] : [...visibleTeams(actor), ...ownedOnlyTeams(actor)]
  const each = (where: RawBuilder<unknown>) => teams.map(id => sql`promise p where ${where} = ${id}::uuid`)
  const mine = input.teamId
    ? []
    : [sql`promise p where p.by_person_id = ${actor.personId}::uuid and p.by_team_id is null`]
  // Two indexes hold a team's open ones: with an owner, and without.
  const ours = open
    ? each(sql`p.by_person_id is null and p.by_team_id`).concat(each(sql`p.by_person_id is not null and p.by_team_id`))
    : each(sql`p.by_team_id`)
  return [
    ...(input.direction === 'theirs' ? [] : [...ours, ...mine]),
    ...(input.direction === 'ours' ? [] : each(sql`p.to_team_id`)),
  ].concat(teams.length === 0 && input.direction === 'theirs' ? [sql`promise p where false`] : [])
}

function readPlace(after: string | undefined): { at: Date; id: string } | null {
  if (!after) return null
  const found = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(after)
  if (!found) throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  return { at: new Date(Number(found[1])), id: found[2]! }
}

function viewOf(row: Listed, now: Date): LedgerRow {
  return {
    promise: viewOfPromise(row, now),
    conversation: row.conversationId
      ? {
          ...{ id: row.conversationId, number: row.number!, subject: row.subject, state: row.state },
          customer: { id: row.customerId, name: row.customerName },
          neededBy: row.neededBy?.toISOString() ?? null,
          draft: row.draft?.toISOString() ?? null,
        }
      : null,
    late: row.late,
  }
}
