/** Collects the headers that others decide by, decoded and capped; it draws no conclusion from them. */
import { cleanLine } from './charsets.ts'
import { decodeHeader } from './encodedWords.ts'
import { all, first, type Headers } from './headers.ts'
import type { Signals } from './reading.ts'

const longest = 4000
const most = 50

export function readSignals(headers: Headers): Signals {
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
  }
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
