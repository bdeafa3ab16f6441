/** Into which mailbox old mail goes: the one with that address, or a new one that only holds what was brought. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { installation } from '../../access/index.ts'
import { readAddress } from '../../people/index.ts'

export async function mailboxForImport(tx: Tx, address: string, now: Date): Promise<string> {
  const read = readAddress(address)
  if (!read) throw new Refusal('bad-shape', 400, { fields: [{ path: 'mailbox', says: 'is no mail address' }] })
  const known = await tx
    .selectFrom('mailbox')
    .select(['id', 'removedAt', 'sample'])
    .where(sql<boolean>`(normal = ${read.normal} or ${read.normal} = any(lower(aliases::text)::text[]))`)
    .orderBy(sql`normal = ${read.normal}`, 'desc')
    .executeTakeFirst()
  // What is brought stays; the sample goes one day.
  if (known?.sample) throw new Refusal('sample-stays', 409)
  if (known && known.removedAt === null) return known.id
  const id = known?.id ?? randomUUIDv7()
  if (known) {
    await tx
      .updateTable('mailbox')
      .set({ removedAt: null, receiveBy: 'import', imap: null, smtp: null, createdAt: now })
      .where('id', '=', id)
      .execute()
    return id
  }
  const team = await tx
    .selectFrom('team')
    .select('id')
    .where('archivedAt', 'is', null)
    .orderBy('sample')
    .orderBy('createdAt')
    .limit(1)
    .executeTakeFirst()
  if (!team) throw new Refusal('no-team', 409)
  const { name } = await installation(tx)
  await tx
    .insertInto('mailbox')
    .values({
      id,
      teamId: team.id,
      address: read.written,
      normal: read.normal,
      fromName: name,
      receiveBy: 'import',
      startFrom: 'all',
      createdAt: now,
    })
    .execute()
  await record(tx, {
    kind: 'mailbox.connected',
    subjectId: id,
    actorId: null,
    scopes: [team.id],
    facts: { mailboxId: id },
    at: now,
  })
  return id
}
