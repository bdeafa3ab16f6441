/** A mail on its way in: what arrived, what was read of it, and what makes it the same mail as another. Pure. */
import { createHash } from 'node:crypto'
import type { Reading } from '../../platform/mail/reading/reading.ts'
import type { Arrived } from '../channels/index.ts'

export type Mail = {
  arrived: Arrived
  reading: Reading
  /** its Message-ID without brackets, or a hash of all of it where it has none */
  mailId: string
  /** of what follows the head: the same mail by two ways differs in its head */
  bodyHash: Buffer
  /** set when reading it failed for good */
  reason: string | null
  /** the quarantined delivery that is being tried again */
  again?: string
}

export function mailOf(arrived: Arrived, reading: Reading, reason: string | null): Mail {
  const given = bare(reading.messageId)
  return {
    arrived,
    reading,
    mailId: given ? given.slice(0, 900) : `sha256:${createHash('sha256').update(arrived.raw).digest('hex')}`,
    bodyHash: createHash('sha256').update(bodyOf(arrived.raw)).digest(),
    reason: reason ?? reading.quarantine,
  }
}

/** Without angle brackets and white space; null for nothing. */
export function bare(messageId: string | null): string | null {
  const text = messageId?.trim().replace(/^<|>$/g, '').trim()
  return text ? text : null
}

/** Folder names and line ends of the head may change on the way; the body does not. */
function bodyOf(raw: Buffer): Buffer {
  const crlf = raw.indexOf('\r\n\r\n')
  const lf = raw.indexOf('\n\n')
  if (crlf < 0 && lf < 0) return raw
  return crlf >= 0 && (lf < 0 || crlf < lf) ? raw.subarray(crlf + 4) : raw.subarray(lf + 2)
}

/** What a quarantined mail, of which nothing could be read, is kept with. */
export function unreadReading(reason: string): Reading {
  return {
    from: null,
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
    bcc: [],
    subject: '',
    date: null,
    messageId: null,
    inReplyTo: [],
    references: [],
    returnPath: null,
    signals: {
      autoSubmitted: null,
      precedence: null,
      listId: null,
      listPost: null,
      listUnsubscribe: null,
      autoResponseSuppress: null,
      pondLoop: [],
      authenticationResults: [],
      deliveredTo: [],
      originalTo: [],
      spamFlag: false,
    },
    text: '',
    trimmed: '',
    html: null,
    htmlTrimmed: null,
    language: null,
    attachments: [],
    kind: 'message',
    wouldAcknowledge: false,
    why: [],
    bounces: [],
    dmarc: 'none',
    quarantine: reason,
    oversize: false,
    cut: [],
  }
}
