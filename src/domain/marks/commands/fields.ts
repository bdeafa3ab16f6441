/** What leads and administrators do with fields: add, name, order, archive. A lead has a say over the fields of the teams they lead. */
import { randomUUIDv7 } from 'node:crypto'
import type { FieldAbout, FieldChoice, FieldKind } from '../../../contract/fields.ts'
import { normalName } from '../../../contract/tags.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, maySettleField, seesField } from '../../access/index.ts'
import * as rows from '../tables/fields.ts'
import { allTeams } from '../tables/tags.ts'

type Offered = { id?: string | undefined; words: string; archived: boolean }
/** More than a panel can show is a sign that something else is wanted. */
const most = 100

export async function makeField(
  tx: Tx,
  actor: Member,
  input: { name: string; kind: FieldKind; choices: readonly Offered[]; about: FieldAbout; teamId: string | null },
  now: Date,
): Promise<string> {
  if (input.teamId !== null && !(await allTeams(tx)).includes(input.teamId)) throw absent()
  if (!maySettleField(actor, input)) throw new Refusal('not-yours', 403)
  if (input.teamId !== null && input.about !== 'conversation')
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'teamId', says: 'is for fields of conversations only' }] })
  const standing = await rows.lockOrder(tx)
  if (standing.filter(({ archived }) => !archived).length >= most) throw new Refusal('too-many-fields', 409)
  const id = randomUUIDv7()
  const choices = choicesFrom(input.kind, input.choices, [])
  await rows.insertField(
    tx,
    { id, name: input.name, kind: input.kind, choices, about: input.about, teamId: input.teamId },
    now,
  )
  await tell(tx, actor, { id, teamId: input.teamId }, { made: true }, now)
  return id
}

type Change = {
  fieldId: string
  name?: string | undefined
  choices?: readonly Offered[] | undefined
  archived?: boolean | undefined
}

export async function changeField(tx: Tx, actor: Member, input: Change, now: Date): Promise<void> {
  // The order before one of it, as everywhere: so that two never wait for each other.
  const standing = input.archived === false ? await rows.lockOrder(tx) : []
  const field = await openOwn(tx, actor, input.fieldId)
  const choices = input.choices
    ? await keepingUsed(tx, field, choicesFrom(field.kind, input.choices, field.choices))
    : field.choices
  const archivedAt = input.archived === undefined ? field.archivedAt : input.archived ? (field.archivedAt ?? now) : null
  if (field.archivedAt && !archivedAt && standing.filter(({ archived }) => !archived).length >= most)
    throw new Refusal('too-many-fields', 409)
  await rows.saveField(tx, field.id, { name: input.name ?? field.name, choices, archivedAt })
  const changed = (['name', 'choices', 'archived'] as const).filter(part => input[part] !== undefined)
  await tell(tx, actor, field, { changed, archived: archivedAt !== null }, now)
}

export async function moveField(
  tx: Tx,
  actor: Member,
  input: { fieldId: string; beforeId: string | null },
  now: Date,
): Promise<void> {
  const standing = (await rows.lockOrder(tx)).map(({ id }) => id)
  const field = await openOwn(tx, actor, input.fieldId)
  const before = input.beforeId === null ? null : await rows.openField(tx, input.beforeId)
  if (input.beforeId !== null && (!before || !seesField(actor, before))) throw absent()
  const others = standing.filter(id => id !== field.id)
  const at = before === null || before.id === field.id ? -1 : others.indexOf(before.id)
  if (before?.id === field.id) return
  await rows.saveOrder(tx, at < 0 ? [...others, field.id] : others.toSpliced(at, 0, field.id))
  await tell(tx, actor, field, { moved: true }, now)
}

/** For who may not know of it there is none; who knows of it and may not change it is told so. */
async function openOwn(tx: Tx, actor: Member, id: string): Promise<rows.FieldRow> {
  const field = await rows.openField(tx, id)
  if (!field || !seesField(actor, field)) throw absent()
  if (!maySettleField(actor, field)) throw new Refusal('not-yours', 403)
  return field
}

/** Known ones keep their id; nobody brings an id of their own, and no two read the same. */
function choicesFrom(kind: FieldKind, offered: readonly Offered[], known: readonly FieldChoice[]): FieldChoice[] {
  if (kind !== 'choice' && kind !== 'choices') {
    if (offered.length > 0) throw bad('a field of this kind offers no choices')
    return []
  }
  if (!offered.some(({ archived }) => !archived)) throw bad('needs something to choose from')
  if (new Set(offered.map(({ words }) => normalName(words))).size < offered.length) throw bad('names one choice twice')
  const ids = new Set(known.map(({ id }) => id))
  const used = offered.flatMap(({ id }) => id ?? [])
  if (used.some(id => !ids.has(id)) || new Set(used).size < used.length) throw bad('names a choice that is not there')
  return offered.map(({ id, words, archived }) => ({ id: id ?? randomUUIDv7(), words, archived }))
}

const bad = (says: string) => new Refusal('bad-shape', 400, { fields: [{ path: 'choices', says }] })

/** A choice that was taken out goes when nothing says it; else it stays readable where it was said. */
async function keepingUsed(tx: Tx, field: rows.FieldRow, next: FieldChoice[]): Promise<FieldChoice[]> {
  const gone = field.choices.filter(({ id }) => !next.some(each => each.id === id))
  const used = await rows.choicesInUse(
    tx,
    field.id,
    gone.map(({ id }) => id),
  )
  return [...next, ...gone.filter(({ id }) => used.has(id)).map(each => ({ ...each, archived: true }))]
}

async function tell(
  tx: Tx,
  actor: Member,
  field: { id: string; teamId: string | null },
  facts: Record<string, unknown>,
  now: Date,
) {
  const scopes = field.teamId ? [field.teamId] : await allTeams(tx)
  await record(tx, { kind: 'field.changed', subjectId: field.id, actorId: actor.personId, scopes, facts, at: now })
}
