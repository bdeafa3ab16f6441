/** What this browser keeps: the token, words that are not sent yet, and whether the widget was open. In the page's own storage, or in memory where that is closed. */
import { key } from './given.ts'

export type Unsent = { id: string; text: string; files?: string[] }
type Kept = { token?: string; unsent?: Unsent[]; draft?: string }

const name = `pond:${key}`
let memory: Kept = {}

export function kept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '{}') as Kept
  } catch {
    return memory
  }
}

export function keep(part: Kept) {
  memory = { ...kept(), ...part }
  try {
    localStorage.setItem(name, JSON.stringify(memory))
  } catch {
    // Closed storage: it lasts as long as the page.
  }
}

/** Of this tab alone. */
export function flag(what: string, value?: boolean): boolean {
  try {
    if (value !== undefined) sessionStorage.setItem(`${name}:${what}`, value ? '1' : '')
    return sessionStorage.getItem(`${name}:${what}`) === '1'
  } catch {
    return value ?? false
  }
}

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))

/** 256 bits, made here: a first word that is sent twice finds what it made. */
export function newToken(): string {
  return btoa(String.fromCharCode(...random(32)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '')
}

/** UUIDv7 (RFC 9562): crypto.randomUUID needs a secure page. */
export function newId(): string {
  const bytes = random(16)
  const now = Date.now()
  for (let at = 0; at < 6; at++) bytes[at] = Math.floor(now / 2 ** (8 * (5 - at))) % 256
  bytes[6] = (bytes[6]! & 15) | 112
  bytes[8] = (bytes[8]! & 63) | 128
  const hex = [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
