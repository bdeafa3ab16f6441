/** Reads one raw mail, however broken, into a `Reading`. Pure: no clock, no network, no file; it throws for no input. */

import { parseAddresses } from './addresses.ts'
import { dmarcOf } from './authentication.ts'
import { bodyOf } from './body.ts'
import { readBounces } from './bounces/readBounces.ts'
import { classify } from './classify.ts'
import { readContent } from './content.ts'
import { messageIds, parseDate } from './fields.ts'
import { all, first, type Headers, readable, readHeaders } from './headers.ts'
import { languageOf } from './language.ts'
import { splitParts } from './parts.ts'
import { type Address, defaultSizeLimit, type Reading, type ReadingOptions } from './reading.ts'
import { readSignals } from './signals.ts'

const longestSubject = 998

export function read(raw: Buffer, options: ReadingOptions = {}): Reading {
  if (raw.length > (options.sizeLimit ?? defaultSizeLimit)) return readHead(raw, options)
  const { root, cut } = splitParts(raw)
  const head = readEnvelope(root.headers, options)
  const content = readContent(raw, root)
  const body = bodyOf(content.pieces, content.attachments)
  const report = readBounces({ raw, root, text: body.text, head })
  const verdict = classify({
    headers: root.headers,
    from: head.from,
    subject: head.subject,
    returnPath: head.returnPath,
    reportType:
      root.type.value === 'multipart/report' ? (root.type.parameters.get('report-type')?.toLowerCase() ?? null) : null,
    hasReportPart: report.hasReportPart,
    bounces: report.bounces,
    ownAddresses: options.ownAddresses ?? [],
    words: body.trimmed,
  })
  return {
    ...head,
    text: body.text,
    trimmed: body.trimmed,
    html: body.html,
    htmlTrimmed: body.htmlTrimmed,
    // Only to a person's mail anything is answered in their language.
    language: verdict.kind === 'message' ? languageOf(body.trimmed) : null,
    attachments: content.attachments,
    ...verdict,
    bounces: verdict.kind === 'bounce' ? report.bounces : [],
    quarantine: quarantineReason(raw, root.headers, head, verdict.kind),
    oversize: false,
    cut: [...new Set([...cut, ...head.cut, ...content.cut, ...body.cut])],
  }
}

type Head = Omit<
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

export type { Head }

function readEnvelope(headers: Headers, options: ReadingOptions): Head {
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
    signals: readSignals(headers),
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

function quarantineReason(raw: Buffer, headers: Headers, head: Head, kind: string): string | null {
  if (raw.length === 0) return 'empty'
  if (headers.values.size === 0) return 'no-headers'
  return head.from === null && kind !== 'bounce' ? 'no-sender' : null
}

/** A mail over the limit: visible with its head, its body left in the raw file. */
function readHead(raw: Buffer, options: ReadingOptions): Reading {
  const { headers } = readHeaders(raw, 0, Math.min(raw.length, 2 * 1024 * 1024))
  const head = readEnvelope(headers, options)
  const verdict = classify({
    headers,
    from: head.from,
    subject: head.subject,
    returnPath: head.returnPath,
    reportType: null,
    hasReportPart: false,
    bounces: [],
    ownAddresses: options.ownAddresses ?? [],
    words: '',
  })
  return {
    ...head,
    text: '',
    trimmed: '',
    html: null,
    htmlTrimmed: null,
    language: null,
    attachments: [],
    ...verdict,
    wouldAcknowledge: false,
    why: [...verdict.why, 'oversize'],
    bounces: [],
    quarantine: quarantineReason(raw, headers, head, verdict.kind),
    oversize: true,
    cut: head.cut,
  }
}
