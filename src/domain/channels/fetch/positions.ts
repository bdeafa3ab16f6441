/** Where each folder was read to, and which UIDs became a delivery. The truth is `delivery_uid`, written by intake with the mail; `highest` only says where to look first. */
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'

export type Place = { mailboxId: string; folder: string; uidvalidity: number }
export type Position = { startAfter: number; highest: number; renumbered: boolean }

/** Null when this numbering of the folder was never seen. */
export async function positionOf(db: Db, place: Place): Promise<Position | null> {
  const row = await db
    .selectFrom('mailboxFolder as f')
    .select(['f.startAfter', 'f.highest'])
    .select(
      sql<boolean>`exists (select from mailbox_folder o where o.mailbox_id = f.mailbox_id and o.folder = f.folder
        and o.uidvalidity <> f.uidvalidity and o.seen_at <= f.seen_at)`.as('renumbered'),
    )
    .where('f.mailboxId', '=', place.mailboxId)
    .where('f.folder', '=', place.folder)
    .where('f.uidvalidity', '=', place.uidvalidity)
    .executeTakeFirst()
  return row ?? null
}

/** Was this folder ever read under another numbering? */
export async function wasReadBefore(db: Db, place: Place): Promise<boolean> {
  const row = await db
    .selectFrom('mailboxFolder')
    .select('uidvalidity')
    .where('mailboxId', '=', place.mailboxId)
    .where('folder', '=', place.folder)
    .executeTakeFirst()
  return row !== undefined
}

/** `seen_at` is when this numbering was met first. */
export async function beginFolder(db: Db, place: Place, start: { startAfter: number; highest: number }) {
  await db
    .insertInto('mailboxFolder')
    .values({ ...place, ...start })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}

export async function advance(db: Db, place: Place, highest: number) {
  await db
    .updateTable('mailboxFolder')
    .set({ highest: sql<number>`greatest(highest, ${highest})` })
    .where('mailboxId', '=', place.mailboxId)
    .where('folder', '=', place.folder)
    .where('uidvalidity', '=', place.uidvalidity)
    .execute()
}

/** UIDs of a range that became a delivery. */
export async function storedUids(db: Db, place: Place, from: number, to: number): Promise<Set<number>> {
  const rows = await db
    .selectFrom('deliveryUid')
    .select('uid')
    .where('mailboxId', '=', place.mailboxId)
    .where('folder', '=', place.folder)
    .where('uidvalidity', '=', place.uidvalidity)
    .where('uid', '>=', from)
    .where('uid', '<=', to)
    .execute()
  return new Set(rows.map(row => row.uid))
}
