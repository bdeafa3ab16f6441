/** A customer may ask that answers go elsewhere (Reply-To). They do, and the composer says so. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { ConversationView, Recipient } from '../../../contract/conversations.ts'
import type { Db } from '../../../platform/db/index.ts'

/** What their newest message asks; an older one no longer counts. */
export async function askedToAnswerAt(db: Db, it: { id: string; customerId: string }): Promise<string | null> {
  const { rows } = await sql<{ replyTo: string | null }>`
    select reply_to from message where conversation_id = ${it.id}::uuid and kind = 'message' and author_id = ${it.customerId}::uuid
    order by at desc, id desc limit 1`.execute(db)
  return rows[0]?.replyTo ?? null
}

type People = { to: z.infer<typeof Recipient>[]; cc: z.infer<typeof Recipient>[] }

export function answersTo(people: People, asked: string | null): People & Pick<ConversationView['reply'], 'replyTo'> {
  const [first, ...rest] = people.to
  const same = (one: { address: string }) => one.address.toLowerCase() === asked?.toLowerCase()
  if (!first || asked === null || people.to.some(same)) return { ...people, replyTo: null }
  const domain = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
  return {
    to: [{ ...first, address: asked }, ...rest],
    cc: people.cc.filter(one => !same(one)),
    replyTo: { address: asked, insteadOf: first.address, otherDomain: domain(asked) !== domain(first.address) },
  }
}
