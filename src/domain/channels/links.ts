/**
 * Signed links in mails (S10): each does one thing for one recipient until a day, and opens a page that asks to confirm.
 * Pure; refuses to say anything about what the link is for: whether that is still there is looked up on arrival.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a link opens: to judge an answer, to pick an option, to answer an ask, to see one's conversation, to say what we may send, to follow something no more, to hear of mentions no more. */
export type LinkPurpose = 'follow-up' | 'options' | 'ask' | 'conversation' | 'preferences' | 'unfollow' | 'mentions'

export type LinkSubject = {
  purpose: LinkPurpose
  /** UUID of the follow-up, the offer, the ask, the conversation, the person, the topic or the category. */
  subjectId: string
  /** `address.number` and the normalised address: the link is that recipient's, whoever has the address later. */
  addressNumber: number
  recipient: string
  /** The last moment of it; the day it lies in (UTC) is the last day. */
  until: Date
}

/** What a link says about itself. Nothing of it may be believed before `linkStands`. */
export type LinkClaim = {
  purpose: LinkPurpose
  subjectId: string
  addressNumber: number
  /** days since 1970 */
  lastDay: number
  signature: string
}

/** `altered` also stands for what another installation or another key made. */
export type LinkStanding = 'holds' | 'expired' | 'altered'

const letters: Record<LinkPurpose, string> = {
  'follow-up': 'f',
  options: 'o',
  ask: 'a',
  conversation: 'c',
  preferences: 'p',
  unfollow: 'u',
  mentions: 'm',
}
const purposes = new Map(Object.entries(letters).map(([purpose, letter]) => [letter, purpose as LinkPurpose]))
const shape = /^([a-z])([0-9a-f]{32})-([0-9a-z]{1,11})-([0-9a-z]{1,5})-([0-9a-f]{32})$/
const dayMs = 86_400_000

/** `https://desk.example/o/f0190…-2s-fpd-9c1e…/worked`: the choice only says which row is marked when the page opens. */
export function linkTo(baseUrl: URL, subject: LinkSubject, keys: readonly Buffer[], choice?: string | null): string {
  const path = `/o/${linkToken(subject, keys)}${choice ? `/${encodeURIComponent(choice)}` : ''}`
  return new URL(path, baseUrl).toString()
}

export function linkToken(subject: LinkSubject, keys: readonly Buffer[]): string {
  const key = keys[0]
  if (!key) throw new Error('signing needs a key')
  const claim = { ...subject, lastDay: Math.floor(subject.until.getTime() / dayMs) }
  const id = subject.subjectId.replaceAll('-', '').toLowerCase()
  const number = subject.addressNumber.toString(36)
  return `${letters[subject.purpose]}${id}-${number}-${claim.lastDay.toString(36)}-${signed(claim, subject.recipient, key)}`
}

/** Reads the claim in a link; null for what we never write. Mail systems may change its case. */
export function readLink(token: string): LinkClaim | null {
  const parts = shape.exec(token.trim().toLowerCase())
  const purpose = purposes.get(parts?.[1] ?? '')
  if (!parts || !purpose) return null
  const addressNumber = Number.parseInt(parts[3] ?? '', 36)
  const lastDay = Number.parseInt(parts[4] ?? '', 36)
  // One number has one spelling.
  if (addressNumber.toString(36) !== parts[3] || lastDay.toString(36) !== parts[4]) return null
  if (!Number.isSafeInteger(addressNumber)) return null
  const id = parts[2] ?? ''
  return {
    purpose,
    subjectId: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
    addressNumber,
    lastDay,
    signature: parts[5] ?? '',
  }
}

/** `recipient` is the normalised address that the database has under the claim's number. Constant time for each key. */
export function linkStands(claim: LinkClaim, recipient: string, keys: readonly Buffer[], now: Date): LinkStanding {
  const given = Buffer.from(claim.signature)
  if (!keys.some(key => timingSafeEqual(Buffer.from(signed(claim, recipient, key)), given))) return 'altered'
  return Math.floor(now.getTime() / dayMs) > claim.lastDay ? 'expired' : 'holds'
}

/** The parts are joined by NUL, which none of them can hold; the first keeps these apart from everything else the key signs. */
function signed(claim: Omit<LinkClaim, 'signature'>, recipient: string, key: Buffer): string {
  const parts = [
    'link',
    claim.purpose,
    claim.subjectId.toLowerCase(),
    `${claim.addressNumber}`,
    recipient,
    `${claim.lastDay}`,
  ]
  return createHmac('sha256', key).update(parts.join('\0')).digest('hex').slice(0, 32)
}
