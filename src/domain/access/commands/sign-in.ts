/** Coming in and going out: by password, by a one-time link, and signing out. Answers alike for accounts that exist and those that do not (S11). */
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { addressOf, readAddress } from '../../people/index.ts'
import { type AccessParts, linkTo } from '../parts.ts'
import { isFactorAsked } from '../queries/security.ts'
import { isGuessable, isOpen, needsPassword, type Purpose } from '../rules.ts'
import { hashPassword, isPassword } from '../secrets.ts'
import { type Ways, waysOf } from '../tables/factors.ts'
import { dropLinks, linkBehind, makeLink, takeLink } from '../tables/links.ts'
import { type Account, accountByAddress, accountOf, changeAccount, openAccount } from '../tables/members.ts'
import { beginSession, endSessionOf, endSessions, type Visit } from '../tables/sessions.ts'
import { dropSteps, makeStep } from '../tables/steps.ts'
import {
  askBucket,
  forgive,
  giveBack,
  linkBucket,
  mailedLinkBucket,
  refuseTooMany,
  secondsToWait,
  signInBuckets,
} from '../tables/throttle.ts'
import { takeAllFactors } from './factors-taken.ts'

/** Where a request comes from, and the session its browser brought along. */
export type From = { ip: string; visit: Visit; former: Buffer | null }
export type In = { personId: string; token: string; mustSetUp: boolean }
/** One is in, or has to take the second step. */
export type SignedIn = In | { ticket: string; ways: Ways }
/** How the steps went, for the log. */
type Steps = { by: string; second?: string }

export async function signIn(
  db: Db,
  input: { address: string; password: string },
  from: From,
  now: Date,
): Promise<SignedIn> {
  const normal = readAddress(input.address)?.normal ?? input.address.trim().toLowerCase()
  const buckets = signInBuckets(normal, from.ip)
  await refuseTooMany(db, [...buckets.account, buckets.network], now)
  const account = await accountByAddress(db, normal)
  const right = await isPassword(account?.passwordHash ?? null, input.password)
  if (!account || !right || !isOpen(account, now)) throw new Refusal('sign-in-failed', 401)
  await forgive(db, buckets.account)
  await giveBack(db, buckets.network)
  return inTransaction(db, tx => goOn(tx, account.personId, from, { by: 'password' }, now))
}

/** The first step went well: who has a second factor is asked for it. A new password waits for that, too. */
async function goOn(
  tx: Tx,
  personId: string,
  from: From,
  first: { by: string; passwordHash?: string | null },
  now: Date,
): Promise<SignedIn> {
  const ways = await waysOf(tx, personId)
  const { by, passwordHash = null } = first
  if (ways.length > 0)
    return { ticket: await makeStep(tx, { purpose: 'second', personId, by, passwordHash }, now), ways }
  if (passwordHash !== null) await setPassword(tx, personId, passwordHash, null, now)
  return comeIn(tx, personId, from, { by }, now)
}

export async function comeIn(tx: Tx, personId: string, from: From, steps: Steps, now: Date): Promise<In> {
  if (from.former) await endSessionOf(tx, from.former, now)
  const mustSetUp = steps.second === undefined && (await isFactorAsked(tx, personId))
  const { token, sessionId } = await beginSession(tx, personId, from.visit, now, mustSetUp)
  const facts = { sessionId, ...steps }
  await record(tx, {
    kind: 'member.signed-in',
    subjectId: personId,
    actorId: personId,
    scopes: [personId],
    facts,
    at: now,
  })
  return { personId, token, mustSetUp }
}

export async function signOut(tx: Tx, tokenHash: Buffer, now: Date): Promise<void> {
  const ended = await endSessionOf(tx, tokenHash, now)
  if (!ended) return
  const { personId } = ended
  const facts = { sessions: [ended.id] }
  await record(tx, {
    kind: 'member.session-ended',
    subjectId: personId,
    actorId: personId,
    scopes: [personId],
    facts,
    at: now,
  })
}

/** As long as this takes for an address that is known, it takes for any other. */
const evenly = 150

export async function askForLink(parts: AccessParts, input: { address: string }, from: From, now: Date): Promise<void> {
  const begun = performance.now()
  await refuseTooMany(parts.db, [askBucket(from.ip)], now)
  const normal = readAddress(input.address)?.normal ?? input.address.trim().toLowerCase()
  const tooMany = (await secondsToWait(parts.db, [mailedLinkBucket(normal)], now)) > 0
  const account = await accountByAddress(parts.db, normal)
  if (account && isOpen(account, now) && !tooMany)
    await inTransaction(parts.db, tx => mailNewLink(parts, tx, account, null, now))
  await new Promise(resolve => setTimeout(resolve, Math.max(0, evenly - (performance.now() - begun))))
}

/** Who has no password yet is invited again; who has one gets a link that signs in. */
async function mailNewLink(parts: AccessParts, tx: Tx, account: Account, invitedBy: string | null, now: Date) {
  const about = account.passwordHash === null ? ('invitation' as const) : ('sign-in' as const)
  const address = await addressOf(tx, account.personId)
  if (!address) return
  const link = await makeLink(tx, account.personId, about, now)
  await parts.mailLink(tx, {
    personId: account.personId,
    name: account.name,
    language: account.language,
    zone: account.zone,
    address,
    about,
    link: linkTo(parts.baseUrl, link.token),
    until: link.expiresAt,
    invitedBy,
    now,
  })
}

export type LinkView = { purpose: Purpose; name: string | null; address: string | null }

/** What a link is for; leaves it as it is, because mail scanners look too. */
export async function lookAtLink(db: Db, token: string, ip: string, now: Date): Promise<LinkView> {
  await refuseTooMany(db, [linkBucket(ip)], now)
  const link = await linkBehind(db, token, now)
  if (!link) throw over()
  if (link.personId === null) return { purpose: link.purpose, name: null, address: null }
  const account = await accountOf(db, link.personId)
  if (!account || !isOpen(account, now)) throw over()
  const address = await addressOf(db, link.personId)
  return { purpose: link.purpose, name: account.name, address: address?.written ?? null }
}

/** Signs in, and sets the password where the link is for that or where one is given (it proves as much as a reset). */
export async function useLink(
  db: Db,
  input: { token: string; password?: string | undefined },
  from: From,
  now: Date,
): Promise<SignedIn> {
  await refuseTooMany(db, [linkBucket(from.ip)], now)
  // Hashing takes a while: not inside the transaction, and not for a link that leads nowhere.
  const seen = await linkBehind(db, input.token, now)
  if (!seen?.personId) throw over()
  if (needsPassword(seen.purpose) && input.password === undefined) throw new Refusal('password-needed', 400)
  if (input.password !== undefined) await refuseGuessable(db, seen.personId, input.password)
  const passwordHash = input.password === undefined ? null : await hashPassword(input.password)
  return inTransaction(db, async tx => {
    const link = await takeLink(tx, input.token, now)
    const account = link?.personId ? await openAccount(tx, link.personId) : null
    if (!link || !account || !isOpen(account, now)) throw over()
    // Whoever holds the machine gave this link to somebody who lost the second factor as well.
    if (link.purpose === 'recovery') await takeAllFactors(tx, account.personId, null, now)
    return goOn(tx, account.personId, from, { by: link.purpose, passwordHash }, now)
  })
}

export async function refuseGuessable(on: Db | Tx, personId: string, password: string) {
  const account = await accountOf(on, personId)
  const address = await addressOf(on, personId)
  if (isGuessable(password, { name: account?.name ?? '', address: address?.written ?? '' }))
    throw new Refusal('password-guessable', 400)
}

/** A new password ends every session but the one it was changed in, and every link that is still about. */
export async function setPassword(tx: Tx, personId: string, passwordHash: string, keep: string | null, now: Date) {
  await changeAccount(tx, personId, { passwordHash })
  await dropLinks(tx, { personId })
  await dropSteps(tx, personId)
  const sessions = await endSessions(tx, { personId, ...(keep === null ? {} : { except: keep }) }, now)
  const told = { subjectId: personId, actorId: personId, scopes: [personId], at: now }
  await record(tx, { kind: 'member.changed', ...told, facts: { password: true } })
  if (sessions.length > 0) await record(tx, { kind: 'member.session-ended', ...told, facts: { sessions } })
}

function over(): Refusal {
  return new Refusal('link-over', 410)
}
