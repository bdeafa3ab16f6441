/** Uploads become attachments of a message, and uploads again when it is taken back. Only one's own, and each once. */
import { sql } from 'kysely'
import { mostInOneMail, uploadLimits } from '../../../contract/writing.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { insertAttachments } from '../tables.ts'

type Upload = { id: string; sha256: Buffer; name: string; mediaType: string; bytes: number }

const named = /\bdata-cid="([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/gi

/** What stands between the words (`html` names it by its id) is shown there; all the rest is listed. */
export async function takeUploads(
  tx: Tx,
  actor: Member,
  messageId: string,
  ids: readonly string[],
  html = '',
): Promise<void> {
  const between = new Set([...html.matchAll(named)].map(match => match[1]!.toLowerCase()))
  const wanted = [...new Set([...ids, ...between])]
  if (wanted.length === 0) return
  const { rows } = await sql<Upload>`
    delete from upload where id = any(${wanted}::uuid[]) and person_id = ${actor.personId}::uuid returning id, sha256, name, media_type, bytes`.execute(
    tx,
  )
  const byId = new Map(rows.map(row => [row.id, row]))
  if (ids.some(id => !byId.has(id))) throw new Refusal('upload-gone', 409)
  // A picture that was between the words before, as after taking back: it lies here already or is nobody's.
  const found = wanted.flatMap(id => byId.get(id) ?? [])
  if (found.reduce((sum, each) => sum + Number(each.bytes), 0) > mostInOneMail) throw new Refusal('mail-too-large', 413)
  await insertAttachments(
    tx,
    // It keeps its id: the words name it by that.
    found.map((each, position) => ({
      ...each,
      messageId,
      contentId: between.has(each.id) ? each.id : null,
      inline: between.has(each.id),
      position,
    })),
  )
}

/** The message is taken back: its files wait again for whoever wrote it. */
export async function giveUploadsBack(tx: Tx, actor: Member, messageId: string, now: Date): Promise<void> {
  await sql`with gone as (delete from attachment where message_id = ${messageId}::uuid returning id, sha256, name, media_type, bytes)
    insert into upload (id, person_id, sha256, name, media_type, bytes, created_at)
    select id, ${actor.personId}::uuid, sha256, name, media_type, bytes, ${now} from gone`.execute(tx)
}

/** Files that wait in somebody's drafts take room; a file more must still fit. */
export async function refuseFullRoom(db: Db, actor: Member, bytes: number): Promise<void> {
  const { rows } = await sql<{ bytes: number; files: number }>`
    select coalesce(sum(bytes), 0)::float8 as bytes, count(*)::int as files from upload where person_id = ${actor.personId}::uuid`.execute(
    db,
  )
  const held = rows[0] ?? { bytes: 0, files: 0 }
  if (held.bytes + bytes > uploadLimits.perMember || held.files >= uploadLimits.files)
    throw new Refusal('uploads-full', 413)
}
