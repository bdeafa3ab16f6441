/** What Pond understood of one raw mail: plain values that cross a process border and fit a table; it decides nothing about conversations. */

/** `address` is as written (never folded); `raw` is the piece of the header it came from. An address may be '' when only a name was given. */
export type Address = { name: string; address: string; raw: string }

export type Kind = 'message' | 'bounce' | 'auto-reply' | 'list' | 'bulk'

export type Attachment = {
  /** Cleaned for showing and for a download's file name: no folder, no control or direction-changing characters; never empty. */
  name: string
  mediaType: string
  bytes: number
  /** Hexadecimal. */
  sha256: string
  /** Without angle brackets; `data-cid` in the HTML names it. */
  contentId: string | null
  /** True only when the HTML shows this part by its content id: then a screen need not list it again. */
  inline: boolean
  content: Buffer
}

/** One row per recipient a delivery report speaks of (RFC 3464 and the many layouts before it). */
export type Bounce = {
  recipient: string | null
  /** RFC 3463, like '5.1.1', or ''. */
  status: string
  /** SMTP reply code, like '550', or ''. */
  replyCode: string
  reason: BounceReason
  /** True: this address will not work later either (unknown, moved, no such host, accepts no mail). */
  hard: boolean
  /** What the far server said, one line, for people. */
  diagnostic: string
  /** Message-ID of the mail that came back, with angle brackets, when the report shows it. */
  originalMessageId: string | null
}

export type BounceReason =
  | 'userunknown'
  | 'hostunknown'
  | 'hasmoved'
  | 'notaccept'
  | 'mailboxfull'
  | 'mesgtoobig'
  | 'filtered'
  | 'rejected'
  | 'blocked'
  | 'policy'
  | 'spam'
  | 'virus'
  | 'authentication'
  | 'suspended'
  | 'ratelimited'
  | 'expired'
  | 'network'
  | 'system'
  | 'content'
  | 'relaying'
  | 'onhold'
  | 'delayed'
  | 'delivered'
  | 'vacation'
  | 'feedback'
  | 'undefined'

/** The headers that others decide by, unfolded and decoded. A header that is absent is null (or an empty list). */
export type Signals = {
  autoSubmitted: string | null
  precedence: string | null
  listId: string | null
  listPost: string | null
  listUnsubscribe: string | null
  autoResponseSuppress: string | null
  /** Every `X-Pond-Loop` value: the receiver checks the signature. */
  pondLoop: string[]
  /** Raw values, top-most first. Believe only `Reading.dmarc`. */
  authenticationResults: string[]
  deliveredTo: string[]
  originalTo: string[]
  /** A mail server on our side wrote that this is spam (`X-Spam-Flag`, `X-Spam-Status`); what stands below its own hand-over is the sender's word. */
  spamFlag: boolean
}

export type Reading = {
  from: Address | null
  sender: Address | null
  replyTo: Address[]
  to: Address[]
  cc: Address[]
  bcc: Address[]
  subject: string
  /** ISO 8601 in UTC as the sender claims it, or null. */
  date: string | null
  /** With angle brackets. */
  messageId: string | null
  inReplyTo: string[]
  /** Oldest first; at most the first and the last 100. */
  references: string[]
  /** '' is the null return path `<>`; null when the mail has no Return-Path. */
  returnPath: string | null
  signals: Signals
  /** The whole readable text, lines separated by '\n'. */
  text: string
  /** The text without what is collapsed (quoted history, signature). */
  trimmed: string
  /** Sanitised; remote pictures wait in `data-remote-src`, content ids in `data-cid`. Null when the mail has no (usable) HTML. */
  html: string | null
  /** As `html` without the quoted history; the same string when nothing is collapsed. */
  htmlTrimmed: string | null
  /** ISO 639-1, or null where the text is too short or unclear. */
  language: string | null
  attachments: Attachment[]
  kind: Kind
  wouldAcknowledge: boolean
  /** Short codes with the evidence, e.g. 'auto-submitted: auto-replied'. First those for `kind`. */
  why: string[]
  bounces: Bounce[]
  /** Aligned with From, and stated by a server we were told to trust; otherwise 'none'. */
  dmarc: 'pass' | 'fail' | 'none'
  /** Null, or why this mail cannot be shown as a message. */
  quarantine: string | null
  /** True: larger than the limit, only the head was read. */
  oversize: boolean
  /** What was left out for its size: 'text', 'html', 'headers', 'addresses', 'references', 'parts', 'depth'. */
  cut: string[]
}

export type ReadingOptions = {
  /** Authserv-ids (RFC 8601) whose Authentication-Results are believed. Default: none. */
  trustedAuthservIds?: string[]
  /** Addresses of our own channels, lower case: mail from them is never acknowledged. */
  ownAddresses?: string[]
  /** The envelope sender when the mail came by SMTP ('' for `<>`): stronger than a Return-Path header. */
  envelopeFrom?: string
  /** Bytes above which only the head is read. Default 25 MB. */
  sizeLimit?: number
}

export const defaultSizeLimit = 25 * 1024 * 1024
