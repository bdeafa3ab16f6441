/** Uploads become attachments of a message. Only one's own, and each once. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { insertAttachments } from '../tables.ts'

export async function takeUploads(tx: Tx, actor: Member, messageId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<{ id: string; sha256: Buffer; name: string; mediaType: string; bytes: number }>`
    delete from upload where id = any(${[...ids]}::uuid[]) and person_id = ${actor.personId}::uuid returning id, sha256, name, media_type, bytes`.execute(
    tx,
  )
  if (rows.length !== new Set(ids).size) throw new Refusal('upload-gone', 409)
  const byId = new Map(rows.map(row => [row.id, row]))
  await insertAttachments(
    tx,
    [...new Set(ids)].map((id, position) => ({
      ...byId.get(id)!,
      id: randomUUIDv7(),
      messageId,
      contentId: null,
      inline: false,
      position,
    })),
  )
}
