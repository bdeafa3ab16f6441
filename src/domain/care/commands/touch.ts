/** Writing a call, a visit or a meeting down, with what was promised in it; and taking that back. Refuses what lies ahead. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { noteTouch } from '../../../contract/care.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, visibleTeams } from '../../access/index.ts'
import { openPerson } from '../../people/index.ts'
import { type NewPromise, writeMoves } from '../../promises/index.ts'
import { refresh } from '../refresh.ts'
import { addTouch, dropTouch, openTouch, relationshipsOf } from '../tables.ts'
import { openCheckIn } from './check-in.ts'

/** Clocks differ a little. */
const ahead = 5 * 60_000

export async function writeTouch(tx: Tx, actor: Member, input: z.output<typeof noteTouch.input>, now: Date) {
  const { organisationId, kind, minutes, words, checkInId } = input
  // Who was merged while this was written is whoever they are now.
  const personId = input.personId && (await openPerson(tx, input.personId)).id
  const at = new Date(input.at)
  const wrong = (path: string, says: string) => new Refusal('bad-shape', 400, { fields: [{ path, says }] })
  if (!personId && !organisationId) throw wrong('personId', 'a person or an organisation is needed')
  if (at.getTime() > now.getTime() + ahead) throw wrong('at', 'lies ahead')
  if (input.promises.some(each => new Date(each.dueAt) <= now)) throw wrong('promises', 'a time lies in the past')
  if (!personId && input.promises.some(each => each.by === 'them'))
    throw wrong('promises', 'a person is needed who promised it')
  const checkIn = checkInId ? await openCheckIn(tx, actor, checkInId, now) : null
  if (checkIn && !(await isOf(tx, checkIn, personId, organisationId))) throw absent()
  await relationshipsOf(tx, parties(personId, organisationId), now)
  const touchId = await addTouch(
    tx,
    { personId, organisationId, byId: actor.personId, kind, at, minutes, words, checkInId },
    now,
  )
  const of = { personIds: personId ? [personId] : [], organisationIds: organisationId ? [organisationId] : [] }
  await refresh(tx, of, now, { kept: checkIn ? [checkIn.relationshipId] : [], actorId: actor.personId })
  const [relationshipId] = await relationshipsOf(tx, parties(personId, organisationId).slice(0, 1), now)
  const makes = input.promises.map((each): NewPromise => {
    const [us, them] = [actor.personId, personId]
    const parties =
      each.by === 'us'
        ? { direction: 'ours' as const, byPersonId: us, toPersonId: them }
        : { direction: 'theirs' as const, byPersonId: them, toPersonId: us }
    return {
      kind: 'action',
      ...parties,
      byTeamId: null,
      words: each.words,
      automatic: false,
      dueAt: new Date(each.dueAt),
      told: true,
      notedBy: us,
      relationshipId: relationshipId ?? null,
    }
  })
  const [made] = await writeMoves(tx, [{ conversationId: null, moves: { ends: [], makes }, toldBy: null, at: now }])
  await tell(
    tx,
    actor,
    'touch.noted',
    relationshipId ?? null,
    { touchId, kind, personId, organisationId, made: made ?? [] },
    now,
  )
  return { touchId }
}

const parties = (personId: string | null, organisationId: string | null) => [
  ...(personId ? [{ is: 'person' as const, id: personId }] : []),
  ...(organisationId ? [{ is: 'organisation' as const, id: organisationId }] : []),
]

/** A check-in with an organisation is with somebody of it. */
async function isOf(
  tx: Tx,
  checkIn: { personId: string | null; organisationId: string | null },
  personId: string | null,
  organisationId: string | null,
) {
  if (checkIn.personId) return checkIn.personId === personId
  if (checkIn.organisationId === organisationId) return true
  const { rows } =
    await sql`select from membership where organisation_id = ${checkIn.organisationId}::uuid and person_id = ${personId}::uuid and left_at is null`.execute(
      tx,
    )
  return rows.length > 0
}

/** What was promised in it stands: that was said. */
export async function takeTouchBack(tx: Tx, actor: Member, touchId: string, now: Date): Promise<void> {
  const touch = await openTouch(tx, actor, touchId)
  await dropTouch(tx, touchId)
  const of = parties(touch.personId, touch.organisationId)
  await refresh(
    tx,
    {
      personIds: of.filter(each => each.is === 'person').map(each => each.id),
      organisationIds: of.filter(each => each.is === 'organisation').map(each => each.id),
    },
    now,
  )
  const [relationshipId] = await relationshipsOf(tx, of.slice(0, 1), now)
  await tell(
    tx,
    actor,
    'touch.taken-back',
    relationshipId ?? null,
    { touchId, personId: touch.personId, organisationId: touch.organisationId },
    now,
  )
}

function tell(
  tx: Tx,
  actor: Member,
  kind: 'touch.noted' | 'touch.taken-back',
  subjectId: string | null,
  facts: Record<string, unknown>,
  at: Date,
) {
  return record(tx, {
    kind,
    subjectId,
    actorId: actor.personId,
    scopes: [actor.personId, ...visibleTeams(actor)],
    facts,
    at,
  })
}
