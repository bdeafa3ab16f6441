/** "Send a test": tells oneself at once, by one way, whatever hour it is. Refuses where there is no way out. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { ownSender } from '../channels/index.ts'
import { signedInThere } from './push/devices.ts'
import { tell } from './tables.ts'

export async function testWay(tx: Tx, actor: Member, way: 'app' | 'mail' | 'push', now: Date): Promise<void> {
  if (way === 'mail' && !(await ownSender(tx))) throw new Refusal('no-mailbox-sends', 409)
  if (way === 'push' && !(await hasDevice(tx, actor, now))) throw new Refusal('no-device', 409)
  const none = { conversationId: null, promiseId: null, mailboxId: null, messageId: null, actorId: null }
  const ways = { inApp: way === 'app', mailAt: way === 'mail' ? now : null, pushAt: way === 'push' ? now : null }
  await tell(tx, [
    { ...none, ...ways, personId: actor.personId, kind: 'test', aboutId: randomUUIDv7(), seqs: [], at: now },
  ])
}

async function hasDevice(tx: Tx, actor: Member, now: Date): Promise<boolean> {
  const { rows } =
    await sql`select from push_device d ${signedInThere(now)} where d.person_id = ${actor.personId}::uuid limit 1`.execute(
      tx,
    )
  return rows.length > 0
}
