/** A quarantined mail with its raw bytes, as it arrived: for trying it again. */
import { sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import type { Files } from '../../platform/files/index.ts'
import { absent } from '../../platform/http/index.ts'
import type { Arrived } from '../channels/index.ts'

type Kept = {
  mailboxId: string
  source: Arrived['source']
  arrivedAt: Date
  raw: Buffer | null
  rawFile: Buffer | null
  bytes: number
}

export async function quarantined(db: Db, files: Files, deliveryId: string): Promise<Arrived> {
  const { rows } =
    await sql<Kept>`select mailbox_id, source, arrived_at, raw, raw_file, bytes from delivery where id = ${deliveryId}::uuid and became = 'quarantined'`.execute(
      db,
    )
  const kept = rows[0]
  if (!kept) throw absent()
  const raw = kept.raw ?? (await files.read(kept.rawFile!))
  const { mailboxId, source, arrivedAt, bytes } = kept
  return {
    mailboxId,
    source,
    arrivedAt,
    raw,
    backlog: source === 'import',
    ...(bytes > raw.length ? { oversizeBytes: bytes } : {}),
  }
}
