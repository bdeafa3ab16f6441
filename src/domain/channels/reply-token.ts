/** Signed reply addresses (S1): who may write into which conversation, as what. Pure; refuses to say anything about rights, which are checked again on arrival. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** `reply`: a customer's side. `ask`: an expert's answer. `staff`: a member acting by mail. `community`: a post in a topic. `return`: where bounces go, never answered. */
export type TokenPurpose = 'reply' | 'ask' | 'staff' | 'community' | 'return'

export type TokenSubject = {
  purpose: TokenPurpose
  /** UUID. Signed, but not written: a number that a restored backup hands out again opens nothing. */
  conversationId: string
  conversationNumber: number
  /** The recipient's normalised address; signed, not written. */
  recipient: string
  /** `address.number` */
  addressNumber: number
}

/** What an address says about itself. Nothing of it may be believed before `tokenHolds`. */
export type TokenClaim = {
  purpose: TokenPurpose
  conversationNumber: number
  addressNumber: number
  signature: string
  /** The address without the token, lower case: must be one of our mailboxes. */
  base: string
}

const letters: Record<TokenPurpose, string> = { reply: 'r', ask: 'a', staff: 's', community: 'c', return: 'b' }
const purposes = new Map(Object.entries(letters).map(([purpose, letter]) => [letter, purpose as TokenPurpose]))
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
/** 128 bits in base 32. */
const signatureLength = 26
/** RFC 5321, section 4.5.3.1.1 */
const longestLocalPart = 64
const shape = new RegExp(`^([a-z])([a-z2-7]{1,11})-([a-z2-7]{1,11})([a-z2-7]{${signatureLength}})$`)

/** `support@example.org` → `support+r…@example.org`; null when the local part would be longer than mail allows. */
export function tokenAddress(mailboxAddress: string, subject: TokenSubject, keys: readonly Buffer[]): string | null {
  const at = mailboxAddress.lastIndexOf('@')
  const token = `${letters[subject.purpose]}${inBase32(subject.conversationNumber)}-${inBase32(subject.addressNumber)}${signed(subject, firstOf(keys))}`
  const local = `${mailboxAddress.slice(0, at)}+${token}`
  return local.length > longestLocalPart ? null : `${local}${mailboxAddress.slice(at)}`
}

/** Reads the claim in an address; null for an address without one. Mail systems may change its case. */
export function readToken(address: string): TokenClaim | null {
  const lower = address.trim().toLowerCase()
  const at = lower.lastIndexOf('@')
  const plus = lower.lastIndexOf('+', at)
  if (at < 1 || plus < 1) return null
  const parts = shape.exec(lower.slice(plus + 1, at))
  const purpose = purposes.get(parts?.[1] ?? '')
  const conversationNumber = fromBase32(parts?.[2] ?? '')
  const addressNumber = fromBase32(parts?.[3] ?? '')
  if (!parts || !purpose || conversationNumber === null || addressNumber === null) return null
  return {
    purpose,
    conversationNumber,
    addressNumber,
    signature: parts[4] ?? '',
    base: lower.slice(0, plus) + lower.slice(at),
  }
}

/** `found` is what the database has under the claim's numbers. Constant time for each key. */
export function tokenHolds(
  claim: TokenClaim,
  found: { conversationId: string; recipient: string },
  keys: readonly Buffer[],
): boolean {
  const given = Buffer.from(claim.signature)
  const subject = { ...claim, conversationId: found.conversationId, recipient: found.recipient }
  return keys.some(key => timingSafeEqual(Buffer.from(signed(subject, key)), given))
}

/** The same line on every automatic mail of this installation, so that we know our own when it comes back (R8). */
export function loopMark(installationId: string, keys: readonly Buffer[]): string {
  return `${installationId} ${mac(firstOf(keys), ['loop', installationId])}`
}

/** Did this installation write that `X-Pond-Loop` value? */
export function isOurLoopMark(value: string, installationId: string, keys: readonly Buffer[]): boolean {
  const given = Buffer.from(value.trim())
  return keys.some(key => {
    const ours = Buffer.from(loopMark(installationId, [key]))
    return ours.length === given.length && timingSafeEqual(ours, given)
  })
}

function signed(subject: TokenSubject, key: Buffer): string {
  const { purpose, conversationId, conversationNumber, recipient, addressNumber } = subject
  return mac(key, [purpose, conversationId.toLowerCase(), `${conversationNumber}`, recipient, `${addressNumber}`])
}

/** The parts are joined by NUL, which none of them can hold. */
function mac(key: Buffer, parts: string[]): string {
  const bits = createHmac('sha256', key).update(parts.join('\0')).digest().subarray(0, 16)
  let value = BigInt(`0x${bits.toString('hex')}`)
  let text = ''
  for (let digit = 0; digit < signatureLength; digit++) {
    text = alphabet[Number(value & 31n)] + text
    value >>= 5n
  }
  return text
}

function inBase32(number: number): string {
  let text = ''
  for (let rest = number; rest > 0 || text === ''; rest = Math.floor(rest / 32)) text = alphabet[rest % 32] + text
  return text
}

/** Null for what `inBase32` never writes: a number in two spellings, or one too large. */
function fromBase32(text: string): number | null {
  let number = 0
  for (const letter of text) number = number * 32 + alphabet.indexOf(letter)
  return Number.isSafeInteger(number) && inBase32(number) === text ? number : null
}

function firstOf(keys: readonly Buffer[]): Buffer {
  const key = keys[0]
  if (!key) throw new Error('signing needs a key')
  return key
}
