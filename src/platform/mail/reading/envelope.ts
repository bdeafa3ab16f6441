/** Reads the head of a mail into fields: who, to whom, about what, in answer to which. It sees no body and draws no conclusion. */
import { parseAddresses } from './addresses.ts'
import { dmarcOf } from './authentication.ts'
import { messageIds, parseDate } from './fields.ts'
import { all, first, type Headers, readable } from './headers.ts'
import type { Address, Reading, ReadingOptions } from './reading.ts'
import { readSignals } from './signals.ts'

const longestSubject = 998

export type Head = Omit<
  Reading,
  | 'text'
  | 'trimmed'
  | 'html'
  | 'htmlTrimmed'
  | 'language'
  | 'attachments'
  | 'kind'
  | 'wouldAcknowledge'
  | 'why'
  | 'bounces'
  | 'quarantine'
  | 'oversize'
>

export function readEnvelope(headers: Headers, options: ReadingOptions): Head {
  const cut: string[] = []
  const list = (name: string): Address[] => {
    const found = parseAddresses(all(headers, name).slice(0, 20))
    if (found.cut) cut.push('addresses')
    return found.addresses
  }
  const froms = list('from')
  const sender = list('sender')[0] ?? null
  const replyTo = list('reply-to')
  const returnPath = options.envelopeFrom ?? returnPathOf(headers)
  const from =
    froms.find(it => it.address.includes('@')) ?? fallbackSender(sender, replyTo, returnPath) ?? froms[0] ?? null
  const rawReferences = first(headers, 'references')
  const references = messageIds(rawReferences)
  if (headers.cut) cut.push('headers')
  return {
    from,
    sender,
    replyTo,
    to: list('to'),
    cc: list('cc'),
    bcc: list('bcc'),
    subject: (readable(headers, 'subject') ?? '').slice(0, longestSubject).toWellFormed(),
    date: parseDate(first(headers, 'date')),
    messageId: messageIds(first(headers, 'message-id'), 2)[0] ?? null,
    inReplyTo: messageIds(first(headers, 'in-reply-to'), 20),
    references,
    returnPath,
    signals: readSignals(headers, options.trustedAuthservIds),
    // Two authors, or two From headers, show one and verify another: nothing is aligned with that.
    dmarc:
      froms.length === 1 && all(headers, 'from').length === 1 && from
        ? dmarcOf(headers, options.trustedAuthservIds ?? [], from.address)
        : 'none',
    cut,
  }
}

function fallbackSender(sender: Address | null, replyTo: Address[], returnPath: string | null): Address | null {
  if (sender?.address.includes('@')) return sender
  const reply = replyTo.find(it => it.address.includes('@'))
  if (reply) return reply
  return returnPath?.includes('@') ? { name: '', address: returnPath, raw: returnPath } : null
}

function returnPathOf(headers: Headers): string | null {
  const value = first(headers, 'return-path')
  if (value === null) return null
  const inside = /<([^<>]{0,500})>/.exec(value)
  return (inside ? inside[1]! : value.trim().split(/\s+/)[0]!).trim()
}
