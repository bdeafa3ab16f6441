/** Decisions about passwords, links, throttling, calendars and who must remain. Pure: no clock, no database. */
import { isIPv4, isIPv6 } from 'node:net'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** A session ends after a week without a sign of life, and after a month in any case. */
export const sessionLimits = { idle: 7 * day, absolute: 30 * day }

export type Purpose = 'first-administrator' | 'sign-in' | 'invitation' | 'new-password' | 'recovery'

/** Links that sign in live an hour; an invitation waits a week, and only opens a page that asks for a password. */
export function linkLivesFor(purpose: Purpose): number {
  return purpose === 'invitation' ? 7 * day : hour
}

export function needsPassword(purpose: Purpose): boolean {
  return purpose === 'invitation' || purpose === 'new-password' || purpose === 'recovery'
}

/** What matters asks again who one is, unless they showed it within so long. */
export const proofLastsFor = 10 * minute

export function isProved(provedAt: Date | null, now: Date): boolean {
  return provedAt !== null && now.getTime() - provedAt.getTime() < proofLastsFor
}

/** The account as sign-in sees it: closed ones get nothing. */
export function isOpen(member: { disabledAt: Date | null; expiresAt: Date | null }, now: Date): boolean {
  return member.disabledAt === null && (member.expiresAt === null || member.expiresAt > now)
}

/** The network one sender commands: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(ip: string): string {
  const bare = ip.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare
  if (isIPv4(mapped)) return mapped
  if (!isIPv6(bare)) return 'unknown'
  const [head = '', tail] = bare.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - left.length - right.length)).fill('0')
  const groups = [...left, ...zeros, ...right].map(group => Number.parseInt(group, 16).toString(16))
  return `${groups.slice(0, 4).join(':')}::/64`
}

const runs = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1q2w3e4r5t6z7u8i9o0p',
  '1q2w3e4r5t6y7u8i9o0p',
  'qazwsxedcrfvtgbyhnujm',
]
const known = [
  'password',
  'passwort',
  'motdepasse',
  'contrasena',
  'iloveyou',
  'letmein',
  'welcome',
  'willkommen',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'basketball',
  'superman',
  'starwars',
  'administrator',
  'admin',
  'changeme',
  'default',
  'trustno',
  'dragon',
  'monkey',
  'master',
  'secret',
  'computer',
  'internet',
  'whatever',
  'michael',
  'jennifer',
  'charlie',
  'liverpool',
  'chocolate',
  'butterfly',
  'elizabeth',
  'pond',
]

/** Guessed first by everyone: few different signs, runs of keys, a known word or one's own name with figures around it. */
export function isGuessable(
  password: string,
  about: { address: string; name: string; organisation?: string },
): boolean {
  const plain = password.normalize('NFKC').toLowerCase()
  if (new Set(plain).size <= 4 || isMadeOfRuns(plain) || isMadeOfRuns([...plain].reverse().join(''))) return true
  const own = [about.address, about.address.split('@')[0] ?? '', about.name, about.organisation ?? '']
  const words = [...known, ...own.map(bare)].filter(word => word.length >= 3)
  const readings = [bare(plain), bare(spelledOut(plain))]
  return words.some(word => readings.some(text => text !== '' && text.replaceAll(word, '') === ''))
}

/** Letters alone: what is put around or between them does not make a word hard to guess. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}]/gu, '')
}

const signsForLetters: Record<string, string> = {
  '@': 'a',
  4: 'a',
  0: 'o',
  1: 'i',
  '!': 'i',
  3: 'e',
  $: 's',
  5: 's',
  7: 't',
}

function spelledOut(text: string): string {
  // Figures at the end are decoration, not letters in disguise.
  return text.replace(/[\d!]+$/, '').replace(/[@40!13$57]/g, sign => signsForLetters[sign] ?? sign)
}

/** "abc123abc123": nothing but stretches of three or more signs of a run. */
function isMadeOfRuns(text: string): boolean {
  let rest = text
  while (rest.length >= 3) {
    let taken = rest.length
    while (taken >= 3 && !runs.some(run => run.includes(rest.slice(0, taken)))) taken--
    if (taken < 3) return false
    rest = rest.slice(taken)
  }
  return true
}

export type Hours = { weekday: number; from: number; to: number }

/** Index of the first stretch that ends before it begins or overlaps another of its day; null when all are well. */
export function firstBadHours(hours: readonly Hours[]): number | null {
  for (const [at, one] of hours.entries()) {
    if (one.from >= one.to) return at
    const overlaps = (other: Hours, index: number) =>
      index < at && other.weekday === one.weekday && other.from < one.to && one.from < other.to
    if (hours.some(overlaps)) return at
  }
  return null
}

export type Administrator = { personId: string; disabledAt: Date | null; expiresAt: Date | null; hasPassword: boolean }

/** An administrator who stays: not disabled, no end in sight, able to sign in. */
export function isLasting(member: Omit<Administrator, 'personId'>): boolean {
  return member.disabledAt === null && member.expiresAt === null && member.hasPassword
}

/** Would the installation be without a lasting administrator when this one is one no more? */
export function isLastAdministrator(administrators: readonly Administrator[], personId: string): boolean {
  const lasting = administrators.filter(isLasting)
  return lasting.length === 1 && lasting[0]?.personId === personId
}
