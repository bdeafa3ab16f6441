/** What becomes of a check-in: written, skipped with a reason, or moved. Its keeper's, whoever stands in for them, and a lead's. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { leadsAnywhere, type Member, standingFor } from '../../access/index.ts'
import { writeMoves } from '../../promises/index.ts'
import { claimContact } from '../budget.ts'
import { lockRelationships, settleCheckIns } from '../check-ins.ts'

type OpenCheckIn = {
  id: string
  relationshipId: string
  personId: string | null
  organisationId: string | null
  byPersonId: string
  standing: string | null
  dueAt: Date
}

/** The door to an open check-in for writing; its relationship is locked. */
export async function openCheckIn(tx: Tx, actor: Member, id: string, now: Date): Promise<OpenCheckIn> {
  const found = await tx
    .selectFrom('promise')
    .select('relationshipId')
    .where('id', '=', id)
    .where('kind', '=', 'check-in')
    .executeTakeFirst()
  if (!found?.relationshipId) throw absent()
  await lockRelationships(tx, [found.relationshipId])
  const { rows } = await sql<OpenCheckIn & { endedAt: Date | null }>`
    select p.id, r.id as relationship_id, r.person_id, r.organisation_id, p.by_person_id, p.due_at, p.ended_at, ${standingFor('p.byPersonId', now)} as standing
    from promise p join relationship r on r.id = p.relationship_id where p.id = ${id}::uuid`.execute(tx)
  const { endedAt, ...row } = rows[0]!
  if (endedAt) throw new Refusal('check-in-over', 409)
  const mine = row.byPersonId === actor.personId || row.standing === actor.personId
  if (!mine && !leadsAnywhere(actor) && !actor.administrator) throw new Refusal('not-yours', 403)
  return row
}

export async function skipCheckIn(tx: Tx, actor: Member, input: { checkInId: string; reason: string }, now: Date) {
  const { relationshipId: id } = await openCheckIn(tx, actor, input.checkInId, now)
  await settleCheckIns(tx, [id], now, { skipped: { id, reason: input.reason }, actorId: actor.personId })
}

/** Another time for the same thing: that is to keep one's word, when it is done before it was due. */
export async function moveCheckIn(tx: Tx, actor: Member, input: { checkInId: string; dueAt: string }, now: Date) {
  const dueAt = new Date(input.dueAt)
  if (dueAt <= now) throw new Refusal('bad-shape', 400, { fields: [{ path: 'dueAt', says: 'lies in the past' }] })
  const { id, relationshipId, byPersonId } = await openCheckIn(tx, actor, input.checkInId, now)
  const moves = {
    ends: [{ id, how: 'replaced' as const, why: null, replacedBy: 0 }],
    makes: [
      {
        kind: 'check-in' as const,
        direction: 'inside' as const,
        byPersonId,
        byTeamId: null,
        toPersonId: null,
        words: '',
        automatic: false,
        dueAt,
        told: false,
        relationshipId,
      },
    ],
  }
  const [made] = await writeMoves(tx, [{ conversationId: null, moves, toldBy: null, at: now }])
  const facts = { promiseId: made?.[0], kind: 'check-in', ended: [{ id, how: 'replaced' }], dueAt: dueAt.toISOString() }
  await record(tx, {
    kind: 'promise.renegotiated',
    subjectId: relationshipId,
    actorId: actor.personId,
    scopes: [byPersonId, actor.personId],
    facts,
    at: now,
  })
}

/** Writing to somebody is the check-in: it takes their contact budget, and is refused where that is spent. Called by what writes, in its transaction. */
export async function checkInByWriting(
  tx: Tx,
  actor: Member,
  it: { checkInId: string; personId: string; conversationId: string },
  now: Date,
): Promise<void> {
  const checkIn = await openCheckIn(tx, actor, it.checkInId, now)
  const { personId, conversationId } = it
  if (checkIn.personId ? checkIn.personId !== personId : !(await belongsTo(tx, checkIn.organisationId!, personId)))
    throw absent()
  const claim = await claimContact(tx, { personId, kind: 'check-in', at: now, conversationId })
  if (claim.is === 'refused')
    throw new Refusal(claim.because === 'limit' ? 'contact-limit' : 'wants-nothing-unasked', 409, {
      facts: { freeAt: claim.freeAt?.toISOString() ?? null },
    })
  const { relationshipId } = checkIn
  await settleCheckIns(tx, [relationshipId], now, { kept: [relationshipId], actorId: actor.personId })
}

async function belongsTo(tx: Tx, organisationId: string, personId: string): Promise<boolean> {
  const { rows } =
    await sql`select from membership where organisation_id = ${organisationId}::uuid and person_id = ${personId}::uuid and left_at is null`.execute(
      tx,
    )
  return rows.length > 0
}
