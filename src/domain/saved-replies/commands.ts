/** What members do with saved replies. Their words are made safe when they are kept; variables that nobody can fill are refused. */
import type { Whose } from '../../contract/saved-replies.ts'
import { unknownVariables } from '../../contract/variables.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { isBlank } from '../../platform/mail/reading/written.ts'
import { writtenAside } from '../../platform/mail/reading/writtenAside.ts'
import type { Member } from '../access/index.ts'
import { mayChange, seesSavedReply } from './rules.ts'
import {
  countUse,
  type Fields,
  insertSavedReply,
  openSavedReply,
  type SavedReplyRow,
  setArchived,
  type Text,
  updateSavedReply,
} from './tables.ts'

export type Kept = {
  name: string
  shortcut: string | null
  whose: Whose
  nextStep: SavedReplyRow['nextStep']
  texts: readonly Text[]
}

/** Before the transaction, as it may take a while. */
export async function safeTexts(texts: readonly Text[]): Promise<Text[]> {
  const safe: Text[] = []
  for (const [at, { language, body }] of texts.entries()) {
    const it = await writtenAside(body)
    if (isBlank(it)) throw new Refusal('nothing-written', 400, { fields: [{ path: `texts.${at}`, says: 'is empty' }] })
    safe.push({ language, body: it.html })
  }
  refuseUnknown(safe.map(each => each.body).join('\n'))
  const languages = safe.map(each => each.language.toLowerCase())
  if (new Set(languages).size < languages.length) throw new Refusal('language-twice', 400)
  return safe
}

export function refuseUnknown(html: string) {
  const unknown = unknownVariables(html)
  if (unknown.length > 0) throw new Refusal('unknown-variable', 422, { facts: { unknown: unknown.slice(0, 10) } })
}

/** A team one can't see is absent; one that is somebody else's to settle is not yours. */
function fieldsOf(actor: Member, { name, shortcut, whose, nextStep }: Kept): Fields {
  const place = {
    ownerId: whose.is === 'mine' ? actor.personId : null,
    teamId: whose.is === 'team' ? whose.teamId : null,
  }
  if (!seesSavedReply(actor, place)) throw absent()
  if (!mayChange(actor, place)) throw new Refusal('not-yours', 403)
  return { name, shortcut, nextStep, ...place }
}

export async function makeSavedReply(tx: Tx, actor: Member, kept: Kept, now: Date): Promise<string> {
  const fields = fieldsOf(actor, kept)
  await needTeam(tx, fields.teamId)
  const id = await insertSavedReply(tx, fields, kept.texts, now)
  await tell(tx, actor, { id, ...fields }, { made: true }, now)
  return id
}

export async function changeSavedReply(tx: Tx, actor: Member, id: string, kept: Kept, now: Date): Promise<void> {
  const before = await openSavedReply(tx, actor, id)
  const fields = fieldsOf(actor, kept)
  await needTeam(tx, fields.teamId)
  await updateSavedReply(tx, id, fields, kept.texts, now)
  const also = [before.ownerId, before.teamId].filter(scope => scope !== null)
  await tell(tx, actor, { id, ...fields }, {}, now, also)
}

export async function archiveSavedReply(tx: Tx, actor: Member, id: string, archived: boolean, now: Date) {
  const row = await openSavedReply(tx, actor, id)
  await setArchived(tx, id, archived, now)
  await tell(tx, actor, row, { archived }, now)
}

/** Leaves no trace of who it was. */
export const useSavedReply = countUse

async function needTeam(tx: Tx, teamId: string | null) {
  if (teamId === null) return
  const team = await tx
    .selectFrom('team')
    .select('id')
    .where('id', '=', teamId)
    .where('archivedAt', 'is', null)
    .executeTakeFirst()
  if (!team) throw absent()
}

async function tell(
  tx: Tx,
  actor: Member,
  row: SavedReplyRow,
  facts: Record<string, unknown>,
  at: Date,
  also: string[] = [],
) {
  const scopes = [row.ownerId, row.teamId, actor.personId, ...also].filter(scope => scope !== null)
  await record(tx, {
    kind: 'saved-reply.changed',
    subjectId: row.id,
    actorId: actor.personId,
    scopes: [...new Set(scopes)],
    facts,
    at,
  })
}
