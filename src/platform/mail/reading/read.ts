/** Reads one raw mail, however broken, into a `Reading`. Pure: no clock, no network, no file; it throws for no input. */

import { bodyOf } from './body.ts'
import { readBounces } from './bounces/readBounces.ts'
import { classify } from './classify.ts'
import { readContent } from './content.ts'
import { type Head, readEnvelope } from './envelope.ts'
import { type Headers, readHeaders } from './headers.ts'
import { languageOf } from './language.ts'
import { splitParts } from './parts.ts'
import { defaultSizeLimit, type Reading, type ReadingOptions } from './reading.ts'

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
