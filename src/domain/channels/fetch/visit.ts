/** Brings what lies in one opened folder to intake: new mail by UID, and whatever the comparison with our rows shows missing. Flags nothing before intake has committed it (R1). */

import type { Db } from '../../../platform/db/index.ts'
import type { ImapSession, MailOnServer } from '../../../platform/mail/imap/session.ts'
import type { Arrived, TakeIn } from '../arrived.ts'
import type { Place } from './positions.ts'
import { advance, type Position, storedUids } from './positions.ts'
import { type Era, isBacklog, type Portion, portions, receivedAt } from './rules.ts'

export type Visit = {
  db: Db
  session: ImapSession
  takeIn: TakeIn
  place: Place
  position: Position
  era: Era
  /** 'all' fetches what was there before the connection, too. */
  startFrom: 'now' | 'all'
  markSeen: boolean
  sizeLimit: number
  /** Throws to stop fetching while there is no room. */
  room: () => Promise<void>
  /** A named moment, for tests that end the process there. */
  at: (point: string) => Promise<void>
  /** Mails intake could not take; the comparison finds them again later. */
  refused: (uids: readonly number[], error: unknown) => void
}

const pageOfHeads = 500
const uidWindow = 20_000
const caps = { mails: 200, bytes: 8 * 1024 * 1024 }
/** Of a mail above the limit: enough for its head and a first impression. */
const headOfOversize = 64 * 1024

/** Everything above the highest UID looked at so far. Returns how many mails were brought. */
export async function catchUp(visit: Visit): Promise<number> {
  let brought = 0
  for (;;) {
    const first = visit.position.highest + 1
    const windowed = first + uidWindow < visit.session.uidNext
    const uids = await visit.session.uidsFrom(first, windowed ? first + uidWindow - 1 : undefined)
    brought += await bring(visit, uids)
    const last = windowed ? first + uidWindow - 1 : uids.at(-1)
    if (last !== undefined && last > visit.position.highest) await moveTo(visit, last)
    if (!windowed) return brought
  }
}

/** Compares the server's UIDs with our rows and brings what is missing; returns the UIDs that still are. */
export async function reconcile(visit: Visit): Promise<number[]> {
  const still: number[] = []
  const first = visit.startFrom === 'all' ? 1 : visit.position.startAfter + 1
  for (let from = first; from <= visit.position.highest; from += uidWindow) {
    const to = Math.min(from + uidWindow - 1, visit.position.highest)
    const there = await visit.session.uidsFrom(from, to)
    if (there.length === 0) continue
    const missing = await without(there, visit, from, to)
    if (missing.length === 0) continue
    await bring(visit, missing)
    still.push(...(await without(missing, visit, from, to)))
  }
  return still
}

async function without(uids: readonly number[], visit: Visit, from: number, to: number) {
  const stored = await storedUids(visit.db, visit.place, from, to)
  return uids.filter(uid => !stored.has(uid))
}

async function bring(visit: Visit, uids: readonly number[]): Promise<number> {
  let brought = 0
  // Intake reads one portion while it writes the one before, in the order of the calls; no more are in memory.
  const storing: Promise<void>[] = []
  try {
    for (let start = 0; start < uids.length; start += pageOfHeads) {
      const heads = await visit.session.heads(uids.slice(start, start + pageOfHeads))
      heads.sort((a, b) => a.uid - b.uid)
      for (const portion of portions(heads, { ...caps, limit: visit.sizeLimit })) {
        await visit.room()
        const wanted = heads.filter(head => portion.uids.includes(head.uid))
        const mails = await visit.session.fetch(wanted, portion.oversize ? headOfOversize : undefined)
        mails.sort((a, b) => a.uid - b.uid)
        await visit.at('fetched')
        if (storing.length >= 2) await storing.shift()
        const mine = store(visit, mails, portion)
        mine.catch(() => {})
        storing.push(mine)
        brought += mails.length
      }
    }
  } finally {
    await Promise.all(storing)
  }
  return brought
}

async function store(visit: Visit, mails: readonly MailOnServer[], portion: Portion) {
  if (mails.length === 0) return
  await visit.at('before taking in')
  const refused = await take(visit, mails, portion)
  await visit.at('after taking in')
  const taken = mails.filter(mail => !refused.has(mail.uid)).map(mail => mail.uid)
  await moveTo(visit, mails.at(-1)!.uid)
  await visit.at('before flagging')
  if (visit.markSeen) await visit.session.markSeen(taken)
  await visit.at('after flagging')
}

/** A batch that fails for another reason than the database is tried mail by mail, so that one never holds up the rest (R7). */
async function take(visit: Visit, mails: readonly MailOnServer[], portion: Portion): Promise<Set<number>> {
  const refused = new Set<number>()
  const arrived = mails.map(mail => arrivedFrom(visit, mail, portion))
  try {
    await visit.takeIn(arrived)
    return refused
  } catch (error) {
    if (isPassingFault(error)) throw error
  }
  for (const mail of arrived) {
    try {
      await visit.takeIn([mail])
    } catch (error) {
      if (isPassingFault(error)) throw error
      refused.add(mail.at!.uid)
      visit.refused([mail.at!.uid], error)
    }
  }
  return refused
}

function arrivedFrom(visit: Visit, mail: MailOnServer, portion: Portion): Arrived {
  const received = visit.era.renumbered ? receivedAt(mail.raw) : null
  return {
    mailboxId: visit.place.mailboxId,
    source: 'imap',
    raw: mail.raw,
    arrivedAt: mail.internalDate,
    at: { folder: visit.place.folder, uidvalidity: visit.place.uidvalidity, uid: mail.uid },
    backlog: isBacklog({ uid: mail.uid, internalDate: mail.internalDate, received }, visit.era),
    ...(portion.oversize ? { oversizeBytes: portion.oversize.bytes } : {}),
  }
}

async function moveTo(visit: Visit, uid: number) {
  if (uid <= visit.position.highest) return
  await advance(visit.db, visit.place, uid)
  visit.position.highest = uid
}

/** The database or the machine, not the mail: SQLSTATE classes 08, 40, 53, 55, 57, 58, and faults of sockets and disks. */
export function isPassingFault(error: unknown): boolean {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  const message = String((error as Error | null)?.message ?? '')
  return /^(08|40|53|55|57|58)...$/.test(code) || /^E[A-Z]+$/.test(code) || /connection|timeout exceeded/i.test(message)
}
