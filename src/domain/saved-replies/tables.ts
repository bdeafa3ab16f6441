/** All SQL that changes saved replies, and the only door to one. For who may not see it there is none. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { SavedReply } from '../../contract/saved-replies.ts'
import type { Tx } from '../../platform/db/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { mayChange, seesSavedReply } from './rules.ts'

export type SavedReplyRow = {
  id: string
  name: string
  shortcut: string | null
  ownerId: string | null
  teamId: string | null
  nextStep: SavedReply['nextStep']
}
export type Fields = Omit<SavedReplyRow, 'id'>
export type Text = { language: string; body: string }

/** Held until the end of the transaction. What one sees and may not change is somebody else's. */
export async function openSavedReply(tx: Tx, actor: Member, id: string): Promise<SavedReplyRow> {
  const row = await seenSavedReply(tx, actor, id)
  if (!mayChange(actor, row)) throw new Refusal('not-yours', 403)
  return row
}

async function seenSavedReply(tx: Tx, actor: Member, id: string): Promise<SavedReplyRow> {
  const { rows } = await sql<SavedReplyRow>`
    select id, name, shortcut, owner_id, team_id, next_step from saved_reply where id = ${id}::uuid for update`.execute(
    tx,
  )
  if (!rows[0] || !seesSavedReply(actor, rows[0])) throw absent()
  return rows[0]
}

export async function insertSavedReply(tx: Tx, fields: Fields, texts: readonly Text[], now: Date): Promise<string> {
  const id = randomUUIDv7()
  await orTaken(
    sql`insert into saved_reply (id, name, shortcut, owner_id, team_id, next_step, changed_at)
      values (${id}, ${fields.name}, ${fields.shortcut}, ${fields.ownerId}, ${fields.teamId}, ${fields.nextStep}, ${now})`.execute(
      tx,
    ),
  )
  await putTexts(tx, id, texts)
  return id
}

export async function updateSavedReply(tx: Tx, id: string, fields: Fields, texts: readonly Text[], now: Date) {
  await orTaken(
    sql`update saved_reply set name = ${fields.name}, shortcut = ${fields.shortcut}, owner_id = ${fields.ownerId}, team_id = ${fields.teamId},
      next_step = ${fields.nextStep}, changed_at = ${now} where id = ${id}::uuid`.execute(tx),
  )
  await putTexts(tx, id, texts)
}

export async function setArchived(tx: Tx, id: string, archived: boolean, now: Date) {
  await orTaken(
    sql`update saved_reply set archived_at = ${archived ? now : null}, changed_at = ${now} where id = ${id}::uuid`.execute(
      tx,
    ),
  )
}

export async function countUse(tx: Tx, actor: Member, id: string) {
  const row = await seenSavedReply(tx, actor, id)
  await sql`update saved_reply set used = used + 1 where id = ${row.id}::uuid`.execute(tx)
}

async function putTexts(tx: Tx, id: string, texts: readonly Text[]) {
  await sql`delete from saved_reply_text where saved_reply_id = ${id}::uuid`.execute(tx)
  await sql`insert into saved_reply_text (saved_reply_id, language, body, position)
    select ${id}::uuid, language, body, place - 1
    from unnest(${texts.map(each => each.language)}::text[], ${texts.map(each => each.body)}::text[]) with ordinality as t(language, body, place)`.execute(
    tx,
  )
}

/** One word means one saved reply for whoever types it; another team or person may use the same. */
async function orTaken(act: Promise<unknown>) {
  try {
    await act
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'saved_reply_by_shortcut')
      throw new Refusal('shortcut-taken', 409, { fields: [{ path: 'shortcut', says: 'is taken' }] })
    throw error
  }
}
