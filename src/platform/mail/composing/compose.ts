/** Makes the raw bytes of a mail we send. It refuses line breaks and NUL in anything that becomes a header (S15), and sends nothing itself. */
import MailComposer from 'nodemailer/lib/mail-composer/index.js'

export type Mailbox = { name?: string; address: string }

export type Outgoing = {
  from: Mailbox
  to: Mailbox[]
  cc?: Mailbox[]
  replyTo?: Mailbox
  subject: string
  /** With angle brackets; ours, so that a retry carries the same. */
  messageId: string
  inReplyTo?: string
  /** Oldest first, with angle brackets. */
  references?: string[]
  date: Date
  text: string
  html?: string
  /** 'auto-replied' for an acknowledgement, 'auto-generated' for what nobody asked for; absent for what a person wrote. */
  automatic?: 'auto-replied' | 'auto-generated'
  /** Signed by the caller, so that what comes back to us is known as ours. */
  loop?: string
  attachments?: { name: string; mediaType: string; content: Buffer; contentId?: string }[]
  /** Further headers, e.g. List-Unsubscribe of a check-in. */
  headers?: Record<string, string>
}

/** A field of an outgoing mail that would break out of its header. */
export class HeaderRefused extends Error {
  readonly field: string
  constructor(field: string) {
    super(`${field} must not contain line breaks or NUL`)
    this.name = 'HeaderRefused'
    this.field = field
  }
}

export async function compose(mail: Outgoing): Promise<Buffer> {
  refuseInjection(mail)
  const composer = new MailComposer({
    from: box(mail.from),
    to: mail.to.map(box),
    ...(mail.cc?.length ? { cc: mail.cc.map(box) } : {}),
    ...(mail.replyTo ? { replyTo: box(mail.replyTo) } : {}),
    subject: mail.subject,
    messageId: mail.messageId,
    ...(mail.inReplyTo ? { inReplyTo: mail.inReplyTo } : {}),
    ...(mail.references?.length ? { references: shortened(mail.references) } : {}),
    date: mail.date,
    text: mail.text,
    ...(mail.html ? { html: mail.html } : {}),
    headers: headersOf(mail),
    attachments: (mail.attachments ?? []).map(file => ({
      filename: file.name,
      contentType: file.mediaType,
      content: file.content,
      ...(file.contentId ? { cid: file.contentId, contentDisposition: 'inline' as const } : {}),
    })),
    // What is attached is given as bytes: nothing is ever fetched or opened for a mail.
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: '\r\n',
  })
  return new Promise((resolve, reject) =>
    composer.compile().build((error, message) => (error ? reject(error) : resolve(message))),
  )
}

function box(it: Mailbox): { name: string; address: string } {
  return { name: it.name ?? '', address: it.address }
}

/** RFC 5322 §3.6.4 sets no limit, but a header over 998 bytes is trouble for many servers. */
function shortened(references: string[]): string[] {
  return references.length <= 20 ? references : [references[0]!, ...references.slice(-19)]
}

/** RFC 3834 §5 and what Exchange reads instead, so that robots don't answer ours. */
function headersOf(mail: Outgoing): Record<string, string> {
  const headers: Record<string, string> = { ...mail.headers }
  if (mail.automatic) {
    headers['Auto-Submitted'] = mail.automatic
    headers['X-Auto-Response-Suppress'] = 'All'
  }
  if (mail.loop) headers['X-Pond-Loop'] = mail.loop
  return headers
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const breaksOut = /[\r\n\x00\u2028\u2029\u0085]/

function refuseInjection(mail: Outgoing): void {
  const fields: [string, string | undefined][] = [
    ['subject', mail.subject],
    ['messageId', mail.messageId],
    ['inReplyTo', mail.inReplyTo],
    ['loop', mail.loop],
    ['automatic', mail.automatic],
    ...(mail.references ?? []).map(id => ['references', id] as [string, string]),
    ...[mail.from, ...mail.to, ...(mail.cc ?? []), ...(mail.replyTo ? [mail.replyTo] : [])].flatMap(
      (it): [string, string | undefined][] => [
        ['name', it.name],
        ['address', it.address],
      ],
    ),
    ...(mail.attachments ?? []).flatMap((file): [string, string | undefined][] => [
      ['attachment name', file.name],
      ['attachment type', file.mediaType],
      ['attachment contentId', file.contentId],
    ]),
    ...Object.entries(mail.headers ?? {}).flatMap(([name, value]): [string, string | undefined][] => [
      ['header name', name],
      [name, value],
    ]),
  ]
  for (const [field, value] of fields) if (value !== undefined && breaksOut.test(value)) throw new HeaderRefused(field)
}
