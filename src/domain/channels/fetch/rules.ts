/** What a fetcher decides: which mail is old, how much to take at once, when to try again. Pure. */
import type { MailHead } from '../../../platform/mail/imap/session.ts'

export type Era = {
  /** Mail up to this UID was there when the mailbox was connected. */
  startAfter: number
  /** The server renumbered everything: UIDs say nothing about age, so times must. */
  renumbered: boolean
  connectedAt: Date
  lastGoodPollAt: Date | null
}

const day = 86_400_000
/** Our clock and the server's may differ, and mail may lie about for a while before it is filed here. */
const clockAllowance = day
const filingAllowance = 2 * day

/** Old mail is stored and answered by nothing (R5, R6): also when it is copied here by the thousand after the connection. */
export function isBacklog(mail: { uid: number; internalDate: Date; received: Date | null }, era: Era): boolean {
  if (mail.uid <= era.startAfter) return true
  const came = Math.min(mail.internalDate.getTime(), (era.renumbered && mail.received?.getTime()) || Infinity)
  if (came < era.connectedAt.getTime() - (era.renumbered ? 0 : clockAllowance)) return true
  return era.lastGoodPollAt !== null && came < era.lastGoodPollAt.getTime() - filingAllowance
}

/** The time in the top-most Received field, which the receiving server wrote; null when there is none to read. */
export function receivedAt(raw: Buffer): Date | null {
  const head = raw.subarray(0, 16_384).toString('latin1')
  const end = head.search(/\r?\n\r?\n/)
  const field = /^received:((?:.*\r?\n)(?:[ \t].*\r?\n)*)/im.exec(end < 0 ? head : head.slice(0, end + 2))?.[1]
  const stamp = field?.slice(field.lastIndexOf(';') + 1).replace(/\([^()]*\)/g, '')
  const time = field?.includes(';') ? Date.parse(stamp ?? '') : Number.NaN
  return Number.isNaN(time) ? null : new Date(time)
}

/** Where to begin after the server renumbered: past the leading mails that are older than the connection and were never wanted. */
export function startAfterRenumbering(heads: readonly MailHead[], connectedAt: Date): number {
  let startAfter = 0
  for (const head of heads) {
    if (head.internalDate >= connectedAt) break
    startAfter = head.uid
  }
  return startAfter
}

export type Portion = { uids: number[]; oversize: MailHead | null }

/** In order; a mail over `limit` bytes stands alone, because only its head is fetched. */
export function portions(heads: readonly MailHead[], caps: { mails: number; bytes: number; limit: number }): Portion[] {
  const all: Portion[] = []
  let current: number[] = []
  let bytes = 0
  const finish = () => {
    if (current.length > 0) all.push({ uids: current, oversize: null })
    current = []
    bytes = 0
  }
  for (const head of heads) {
    if (head.bytes > caps.limit) {
      finish()
      all.push({ uids: [head.uid], oversize: head })
      continue
    }
    if (current.length >= caps.mails || (current.length > 0 && bytes + head.bytes > caps.bytes)) finish()
    current.push(head.uid)
    bytes += head.bytes
  }
  finish()
  return all
}

/** How long trouble is borne, in milliseconds. */
export type Patience = {
  /** What passes by itself is told only once it has lasted so long. */
  alertAfter: number
  /** Between two tries, while it passes by itself. */
  longestPause: number
  /** Until it is looked again whether there is room. */
  room: number
}

export const patience: Patience = { alertAfter: 20_000, longestPause: 10_000, room: 5000 }

/** Milliseconds until the next try. A refused sign-in waits longer: servers lock accounts that knock too often. */
export function pauseAfter(failures: number, passing: boolean, { longestPause } = patience): number {
  return passing ? Math.min(longestPause, 500 * 2 ** Math.min(failures, 10)) : Math.min(300_000, 30_000 * failures)
}

export function deservesAlert(passing: boolean, failingForMs: number, { alertAfter } = patience): boolean {
  return !passing || failingForMs >= alertAfter
}
