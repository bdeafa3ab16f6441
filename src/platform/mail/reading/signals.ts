/** Collects the headers that others decide by, decoded and capped; it draws no conclusion from them. */
import { cleanLine } from './charsets.ts'
import { decodeHeader } from './encodedWords.ts'
import { all, first, type Headers } from './headers.ts'
import type { Signals } from './reading.ts'

const longest = 4000
const most = 50

export function readSignals(headers: Headers, trusted: readonly string[] = []): Signals {
  return {
    autoSubmitted: one(headers, 'auto-submitted'),
    precedence: one(headers, 'precedence'),
    listId: one(headers, 'list-id'),
    listPost: one(headers, 'list-post'),
    listUnsubscribe: one(headers, 'list-unsubscribe'),
    autoResponseSuppress: one(headers, 'x-auto-response-suppress'),
    pondLoop: many(headers, 'x-pond-loop'),
    authenticationResults: many(headers, 'authentication-results'),
    deliveredTo: many(headers, 'delivered-to').map(bare),
    originalTo: [
      ...many(headers, 'x-original-to'),
      ...many(headers, 'envelope-to'),
      ...many(headers, 'x-envelope-to'),
    ].map(bare),
    spamFlag: isFlagged(headers, trusted),
  }
}

/** Above the line with which our side took the mail over: that of a server we trust, else the top-most. */
function isFlagged(headers: Headers, trusted: readonly string[]): boolean {
  const received = all(headers, 'received')
  const ours = received.findIndex(line => {
    const by = /\bby\s+([^\s;()]{1,255})/i.exec(line.slice(0, longest))?.[1]?.toLowerCase() ?? ''
    return trusted.some(name => by === name.toLowerCase() || by.endsWith(`.${name.toLowerCase()}`))
  })
  const handOver = Math.max(ours, 0)
  const seen = new Map<string, number>()
  for (const name of headers.order) {
    const at = seen.get(name) ?? 0
    seen.set(name, at + 1)
    if (name === 'received' && at === handOver) return false
    const says = name === 'x-spam-flag' || name === 'x-spam-status' ? all(headers, name)[at] : undefined
    if (says && /^\s*yes\b/i.test(says)) return received.length > 0
  }
  return false
}

function one(headers: Headers, name: string): string | null {
  const value = first(headers, name)
  return value === null ? null : decodeHeader(value.slice(0, longest))
}

function many(headers: Headers, name: string): string[] {
  return all(headers, name)
    .slice(0, most)
    .map(value => cleanLine(decodeHeader(value.slice(0, longest))))
}

function bare(value: string): string {
  return value.replace(/^\s*<|>\s*$/g, '').trim()
}
