/** What people do with tags: make, rename, tint, archive, merge. Refuses two that are called the same. */
import { normalName, type TagRef, type Tint } from '../../../contract/tags.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Actor, actorId, mayMakeTags } from '../../access/index.ts'
import * as rows from '../tables/tags.ts'

const plain: Tint = 'stone'
const refOf = ({ id, name, tint }: TagRef): TagRef => ({ id, name, tint })

export async function makeTag(tx: Tx, actor: Actor, input: { name: string; tint?: Tint | undefined }, now: Date) {
  const normal = normalName(input.name)
  const [id] = await rows.insertTags(tx, [{ name: input.name, normal, tint: input.tint ?? plain }], now)
  if (!id) throw isThere((await rows.tagsCalled(tx, [normal]))[0])
  await tell(tx, actor, id, { made: true }, now)
  return { tag: { id, name: input.name, tint: input.tint ?? plain } }
}

/** Those of these names, made where there was none; refuses one that was archived. */
export async function findOrMakeTags(tx: Tx, actor: Actor, names: readonly string[], now: Date): Promise<TagRef[]> {
  if (names.length === 0) return []
  // Of two that read the same the first is how it is written.
  const wanted = new Map(names.toReversed().map(name => [normalName(name), name]))
  const there = await rows.tagsCalled(tx, [...wanted.keys()])
  const missing = [...wanted].filter(([normal]) => !there.some(({ asked }) => asked === normal))
  if (missing.length > 0 && !mayMakeTags(actor)) throw new Refusal('not-yours', 403)
  const made = await rows.insertTags(
    tx,
    missing.map(([normal, name]) => ({ name, normal, tint: plain })),
    now,
  )
  for (const id of made) await tell(tx, actor, id, { made: true }, now)
  const found = missing.length === 0 ? there : await rows.tagsCalled(tx, [...wanted.keys()])
  const archived = found.find(({ archivedAt }) => archivedAt !== null)
  if (archived) throw new Refusal('tag-archived', 409, { facts: { tagId: archived.id, name: archived.name } })
  return found.map(refOf)
}

type Change = { tagId: string; name?: string | undefined; tint?: Tint | undefined; archived?: boolean | undefined }

export async function changeTag(tx: Tx, actor: Actor, input: Change, now: Date): Promise<{ tag: TagRef }> {
  const tag = await rows.openTag(tx, input.tagId)
  if (!tag) throw absent()
  const name = input.name ?? tag.name
  const normal = normalName(name)
  if (normal !== tag.normal) {
    const [other] = await rows.tagsCalled(tx, [normal])
    if (other && other.id !== tag.id) throw isThere(other)
    // A name that was merged into this one may be its name again.
    if (other) await rows.giveUpAlias(tx, tag.id, normal)
  }
  const tint = input.tint ?? tag.tint
  const archivedAt = input.archived === undefined ? tag.archivedAt : input.archived ? (tag.archivedAt ?? now) : null
  await rows.saveTag(tx, tag.id, { name, normal, tint, archivedAt })
  const changed = [
    ...(name === tag.name ? [] : ['name']),
    ...(tint === tag.tint ? [] : ['tint']),
    ...((archivedAt === null) === (tag.archivedAt === null) ? [] : [archivedAt ? 'archived' : 'brought-back']),
  ]
  if (changed.length > 0) await tell(tx, actor, tag.id, { changed }, now)
  return { tag: { id: tag.id, name, tint } }
}

export async function mergeTag(tx: Tx, actor: Actor, input: { tagId: string; intoId: string }, now: Date) {
  const found = await rows.openTags(tx, [input.tagId, input.intoId])
  const [tag, into] = [found.get(input.tagId), found.get(input.intoId)]
  if (!tag || !into) throw absent()
  if (tag.id === into.id) throw new Refusal('tag-itself', 400)
  const moved = await rows.mergeTags(tx, tag.id, into.id, now)
  await tell(tx, actor, tag.id, { mergedInto: into.id, moved }, now)
  return { tag: refOf(into) }
}

function isThere(other: rows.Called | undefined): Refusal {
  return new Refusal('tag-there', 409, {
    facts: { tagId: other?.id, name: other?.name, tint: other?.tint, archived: !!other?.archivedAt },
  })
}

async function tell(tx: Tx, actor: Actor, tagId: string, facts: Record<string, unknown>, now: Date) {
  const scopes = await rows.allTeams(tx)
  await record(tx, { kind: 'tag.changed', subjectId: tagId, actorId: actorId(actor), scopes, facts, at: now })
}
