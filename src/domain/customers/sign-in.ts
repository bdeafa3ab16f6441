/** Customers come in by a mailed link and go out again. Does as much for an address we do not know as for one we do, and mails a link to known ones only (S11). */
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { customerBuckets, installation, networkOf, secondsToWait } from '../access/index.ts'
import { enqueue, oneMail, ownSender } from '../channels/index.ts'
import { type Address, personByAddress, verifyAddress } from '../people/index.ts'
import {
  type Behind,
  beginSession,
  type Customer,
  endSessions,
  type LinkPurpose,
  linkBehind,
  makeLink,
  takeLink,
} from './sessions.ts'

/** As long as this takes for an address that is known, it takes for any other. */
const evenly = 150

type Parts = { db: Db; change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T> }

export async function askSignIn(
  { db, change }: Parts,
  asked: { normal: string; next: string; origin: string },
  now: Date,
): Promise<void> {
  const begun = performance.now()
  const tooMany = (await secondsToWait(db, customerBuckets('', asked.normal), now)) > 0
  const address = await personByAddress(db, asked.normal)
  if (address && address.suspendedAt === null && !tooMany)
    await change(tx => mailLink(tx, address, { purpose: 'sign-in', next: asked.next, origin: asked.origin }, now))
  await new Promise(resolve => setTimeout(resolve, Math.max(0, evenly - (performance.now() - begun))))
}

const paths: Record<LinkPurpose, string> = { 'sign-in': '/help/sign-in/', erase: '/help/me/erase/' }

export async function mailLink(
  tx: Tx,
  address: Address,
  { purpose, next, origin }: { purpose: LinkPurpose; next: string | null; origin: string },
  now: Date,
): Promise<void> {
  const mailbox = await ownSender(tx)
  if (!mailbox) return
  const [here, person] = await Promise.all([
    installation(tx),
    tx
      .selectFrom('person')
      .select(['name', 'language', 'zone'])
      .where('id', '=', address.personId)
      .executeTakeFirstOrThrow(),
  ])
  const { token, until } = await makeLink(tx, { addressId: address.id, purpose, next }, now)
  await enqueue(tx, [
    oneMail({
      ...{ from: mailbox, to: address, now },
      // Somebody asked for it and waits: it draws on no budget and stands behind no bulk.
      automatic: false,
      content: {
        ...{ is: 'account', subject: null, fromName: null, to: [{ name: person.name, address: address.written }] },
        ...{ language: person.language ?? here.language, zone: person.zone ?? here.zone },
        about: purpose === 'sign-in' ? 'customer-sign-in' : 'customer-erase',
        ...{ link: `${origin}${paths[purpose]}${token}`, until: until.toISOString(), invitedBy: null },
      },
    }),
  ])
}

/** What a link is for; leaves it as it is. */
export async function linkFor(db: Db, token: string, purpose: LinkPurpose, now: Date): Promise<Behind | null> {
  const link = await linkBehind(db, token, now)
  return link?.purpose === purpose ? link : null
}

/** Whoever has the link reads that address's mail: it is proven. The session the browser brought ends there. */
export async function signInBy(
  tx: Tx,
  token: string,
  from: { agent: string | null; ip: string; former: Customer | null },
  now: Date,
): Promise<{ token: string; next: string | null } | null> {
  const link = await takeLink(tx, token, 'sign-in', now)
  if (!link) return null
  if (from.former) await endSessions(tx, { personId: from.former.personId, sessionId: from.former.sessionId }, now)
  await verifyAddress(tx, link.addressId, now)
  const begun = await beginSession(tx, link.addressId, { agent: from.agent, network: networkOf(from.ip) }, now)
  await record(tx, {
    ...{ kind: 'customer.signed-in', subjectId: link.personId, actorId: null, scopes: [], at: now },
    facts: { sessionId: begun.sessionId },
  })
  return { token: begun.token, next: link.next }
}

/** This one, another one, or all of them. */
export async function endMine(tx: Tx, customer: Customer, which: { sessionId?: string }, now: Date): Promise<number> {
  const sessions = await endSessions(tx, { personId: customer.personId, ...which }, now)
  if (sessions.length > 0)
    await record(tx, {
      ...{ kind: 'customer.session-ended', subjectId: customer.personId, actorId: null, scopes: [], at: now },
      facts: { sessions },
    })
  return sessions.length
}
