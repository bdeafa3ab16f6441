/** How addresses and names from outside are read. Pure. Refuses to guess: dots and "+" in an address are the person's own and stay. */
import { domainToASCII } from 'node:url'

export type ReadAddress = {
  /** as it is shown */
  written: string
  /** what makes it unique */
  normal: string
}

const longestAddress = 320
const longestName = 300
const plainDomain = /^(?!xn--)[a-z0-9](?:[a-z0-9_-]|\.(?!xn--)(?=[a-z0-9_-]))*[a-z][a-z0-9_-]*$/
const notInDomain = /[\s/?#%\\:@<>"(),;[\]]/
// Control, format and direction marks: invisible, and able to make one text look like another.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
// Persian and Indic names are spelled with joiners.
const unseenInName = /[[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]--[\u200c\u200d]]/gv

/** Null for what is no address of a mailbox. */
export function readAddress(text: string): ReadAddress | null {
  const written = text.replace(unseen, '').trim().normalize('NFC')
  const at = written.lastIndexOf('@')
  if (at < 1 || written.length > longestAddress) return null
  const local = written.slice(0, at)
  if (/[\s@<>]/.test(local)) return null
  const domain = normalDomain(written.slice(at + 1))
  if (domain === null) return null
  return { written, normal: `${local.toLowerCase().normalize('NFC')}@${domain}` }
}

/** Lower case, international names as ASCII, no dot at the end; null when it cannot be the domain of an address. */
export function normalDomain(text: string): string | null {
  const lower = text.toLowerCase().replace(/\.$/, '')
  if (plainDomain.test(lower)) return lower
  if (/^\[(?:ipv6:)?[0-9a-f.:]+\]$/.test(lower)) return lower
  if (lower === '' || notInDomain.test(lower)) return null
  const ascii = domainToASCII(lower).replace(/\.$/, '')
  return /^[a-z0-9_.-]{1,253}$/.test(ascii) ? ascii : null
}

/** One line without invisible marks or quotes around it; a name that is missing or shows another address becomes the address. */
export function readName(text: string | undefined, address: ReadAddress): string {
  const name = cleanName(text ?? '')
  return name === '' || name.includes('@') ? address.written.slice(0, longestName) : name
}

export function cleanName(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(unseenInName, '').normalize('NFC').trim()
  const bare = line.replace(/^(["'])(.*)\1$/u, '$2').trim()
  return wellFormed(bare).slice(0, longestName).trim()
}

/** Half a surrogate pair cannot be stored; cutting could leave one as well. */
function wellFormed(text: string): string {
  const cut = text.length > longestName ? text.slice(0, longestName) : text
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1).toWellFormed() : cut.toWellFormed()
}

/** For LIKE: what was typed stands for itself. */
export function startsLike(text: string): string {
  return `${text.replace(/[\\%_]/g, '\\$&')}%`
}
