/** What a customer does in a conversation of theirs, each through the command that a mail or a link would come to. Whoever may not see it finds nothing there. */
import type { Db, Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import type { TakeIn } from '../channels/index.ts'
import { answerFollowUp, choose, finishAsCustomer, promiseAsCustomer } from '../conversations/index.ts'
import { type Came, takeWritten } from './arrive.ts'
import { type One, one } from './queries/one.ts'
import type { Customer } from './sessions.ts'

type Parts = {
  db: Db
  takeIn: TakeIn
  replyKeys: readonly Buffer[]
  change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>
}
export type File = { name: string; mediaType: string; content: Buffer }

export async function writeInto(
  { db, takeIn, replyKeys }: Parts,
  customer: Customer,
  found: One,
  it: { press: string; text: string; files: readonly File[] },
  now: Date,
): Promise<Came> {
  if (!found.mailbox) throw absent()
  const written = {
    press: it.press,
    from: { name: customer.name, address: customer.written },
    signedIn: true,
    mailbox: found.mailbox,
    into: { id: found.id, number: found.number, recipient: customer.normal, addressNumber: customer.number },
    subject: /^re:/i.test(found.subject) ? found.subject : `Re: ${found.subject}`,
    ...{ text: it.text, files: it.files },
  }
  return takeWritten({ db, takeIn, keys: replyKeys }, written, now)
}

export async function finishMine(
  { db, change }: Parts,
  customer: Customer,
  it: { conversationId: string; how: 'solved' | 'withdrawn'; said: string },
  now: Date,
): Promise<void> {
  const found = await ownOne(db, customer, it.conversationId, now)
  if (found.state === 'closed') return
  const { followUp } = found
  // They were asked, and this is the answer.
  if (it.how === 'solved' && followUp) {
    await change(tx => answerFollowUp(tx, { followUpId: followUp.id, verdict: 'worked', said: it.said }, now))
    return
  }
  await change(tx => finishAsCustomer(tx, { ...it, personId: customer.personId }, now))
}

export async function judgeMine(
  { db, change }: Parts,
  customer: Customer,
  it: { conversationId: string; verdict: 'worked' | 'incomplete' | 'wrong' | 'later'; said: string },
  now: Date,
): Promise<void> {
  const found = await ownOne(db, customer, it.conversationId, now)
  const { followUp } = found
  if (!followUp) throw absent()
  await change(tx => answerFollowUp(tx, { followUpId: followUp.id, verdict: it.verdict, said: it.said }, now))
}

export async function chooseMine(
  { db, change }: Parts,
  customer: Customer,
  it: { conversationId: string; offerId: string; optionId: string | null; said: string; seenTurns: number },
  now: Date,
): Promise<void> {
  const found = await ownOne(db, customer, it.conversationId, now)
  const offer = found.messages.find(each => each.offer?.id === it.offerId)?.offer
  if (!offer) throw absent()
  const { personId } = customer
  const { offerId, optionId, said, seenTurns } = it
  await change(tx => choose(tx, null, { offerId, optionId, said, customer: { personId, seenTurns } }, now))
}

/** What they said they would do, once they said yes to it: whoever may write there may promise. */
export async function promiseMine(
  { db, change }: Parts,
  customer: Customer,
  it: { conversationId: string; messageId: string; words: string; dueAt: Date },
  now: Date,
): Promise<void> {
  const found = await one(db, customer.personId, it.conversationId, now)
  if (!found?.messages.some(({ id, mine }) => mine && id === it.messageId)) throw absent()
  await change(tx => promiseAsCustomer(tx, { ...it, personId: customer.personId }, now))
}

/** To end, judge and choose is for whose conversation it is, and not for those who may look on. */
async function ownOne(db: Db, customer: Customer, conversationId: string, now: Date): Promise<One> {
  const found = await one(db, customer.personId, conversationId, now)
  if (!found?.own) throw absent()
  return found
}
