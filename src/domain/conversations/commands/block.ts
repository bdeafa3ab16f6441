/** Blocks whoever a conversation is for, in its team, and puts it into spam: their next mail goes there by itself. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { type Member, mayPutAway } from '../../access/index.ts'
import { block, domainOf } from '../../spam/index.ts'
import { openConversation } from '../tables.ts'
import { putAway } from './put-away.ts'

export async function blockCustomer(
  tx: Tx,
  actor: Member,
  input: { conversationId: string; as: 'address' | 'domain' },
  now: Date,
): Promise<{ blockedId: string; name: string }> {
  const conversation = await openConversation(tx, actor, input.conversationId)
  if (!mayPutAway(actor, conversation)) throw new Refusal('not-yours', 403)
  const { rows } = await sql<{
    normal: string
  }>`select a.normal from participant p join address a on a.id = p.address_id
    where p.conversation_id = ${conversation.id}::uuid and p.role = 'customer' and a.kind = 'mail' order by p.since, a.number limit 1`.execute(
    tx,
  )
  const normal = rows[0]?.normal
  if (!normal) throw new Refusal('no-address', 400)
  const name = input.as === 'domain' ? domainOf(normal) : normal
  const blockedId = await block(tx, actor, { kind: input.as, normal: name, teamId: conversation.teamId }, now)
  await putAway(tx, actor, { conversationId: conversation.id, as: 'spam' }, now)
  return { blockedId, name }
}
