/**
 * Mails that are answers to the community's: to an address that was signed for whoever writes. What a machine writes, what
 * somebody else sends there, and what can't stand in the topic any more is no post: nothing is lost, it comes to us instead.
 */
import { randomUUIDv7 } from 'node:crypto'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { readToken, type TokenClaim } from '../channels/index.ts'
import { type Ready, readyPost, type ToTopic, takePost, topicsSigned } from '../community/index.ts'
import type { Batch } from './batch.ts'
import { normalOf, recipientsOf } from './known.ts'
import type { Mail } from './mail.ts'

export type ForTopic = { mail: Mail; to: ToTopic; post: Ready }
/** It can't stand there: whoever reads mail takes it. */
export class NoPost extends Error {}

export async function postsAmong(db: Db, mails: readonly Mail[], keys: readonly Buffer[]): Promise<ForTopic[]> {
  const claims: { mail: Mail; claim: TokenClaim }[] = []
  for (const mail of mails) {
    if (mail.reason || mail.arrived.backlog || mail.reading.kind !== 'message') continue
    for (const address of recipientsOf(mail)) {
      const claim = readToken(address)
      if (claim?.purpose === 'community') claims.push({ mail, claim })
    }
  }
  if (claims.length === 0) return []
  const signed = await inTransaction(db, tx =>
    topicsSigned(
      tx,
      claims.map(each => each.claim),
      keys,
    ),
  )
  const found = new Map<Mail, ForTopic>()
  for (const [place, to] of signed) {
    const { mail } = claims[place]!
    const { reading } = mail
    // Whoever was given the mail by somebody else writes to us, and not in their name. A file has no place in a post.
    if (found.has(mail) || normalOf(reading.from?.address) !== to.normal || reading.attachments.length > 0) continue
    const post = await readyPost({ body: reading.trimmed }).catch(error => {
      if (error instanceof Refusal) return null
      throw error
    })
    if (post) found.set(mail, { mail, to, post })
  }
  return [...found.values()]
}

export async function takeForTopic(tx: Tx, { mail, to, post }: ForTopic, batch: Batch, now: Date): Promise<void> {
  const deliveryId = mail.again ?? randomUUIDv7()
  try {
    batch.decided.push({ mail, deliveryId, became: { is: 'post', postId: await takePost(tx, { to, post }, now) } })
  } catch (error) {
    if (error instanceof Refusal) throw new NoPost(error.code)
    throw error
  }
}
