/** Saying who keeps a relationship and how often; of several at once. A keeper serves and can sign in. */
import type { z } from 'zod'
import type { setCare } from '../../../contract/care.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, visibleTeams } from '../../access/index.ts'
import { lockRelationships, settleCheckIns } from '../check-ins.ts'
import { isKeeper } from '../queries/keepers.ts'
import { relationshipsOf, setKeeping } from '../tables.ts'

export async function keepRelationships(tx: Tx, actor: Member, input: z.output<typeof setCare.input>, now: Date) {
  const { keeperId, rhythmDays } = input
  if (keeperId && !(await isKeeper(tx, keeperId, now))) throw new Refusal('no-keeper', 409)
  const made = await relationshipsOf(tx, input.parties, now)
  const ids = [...new Set([...input.relationshipIds, ...made])].sort()
  const before = await lockRelationships(tx, ids)
  if (before.length !== ids.length) throw absent()
  if (rhythmDays && !keeperId && (keeperId === null || before.some(each => each.keeperId === null)))
    throw new Refusal('rhythm-needs-keeper', 409)
  const changed = await setKeeping(tx, ids, { keeperId, rhythmDays })
  const rhythmWas = new Map(before.map(each => [each.id, each.rhythmDays]))
  const newRhythm = rhythmDays === undefined ? [] : changed.filter(id => rhythmWas.get(id) !== rhythmDays)
  await settleCheckIns(tx, changed, now, { changed: newRhythm, actorId: actor.personId })
  const keeperWas = new Map(before.map(each => [each.id, each.keeperId]))
  await record(
    tx,
    ...changed.map(id => ({
      kind: 'relationship.kept' as const,
      subjectId: id,
      actorId: actor.personId,
      scopes: [actor.personId, ...visibleTeams(actor), keeperId, keeperWas.get(id)].filter(
        each => typeof each === 'string',
      ),
      facts: { keeperId: keeperId === undefined ? keeperWas.get(id) : keeperId, rhythmDays },
      at: now,
    })),
  )
  return { changed: changed.length }
}
