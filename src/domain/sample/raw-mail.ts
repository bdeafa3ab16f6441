/** Builds the raw mails of the story, as their senders' programs would have (RFC 5322, 2045, 3464). Sends nothing. */
import { picture } from './story/picture.ts'

type Mailbox = { name: string; address: string }

export type RawMail = {
  /** null: the broken one names nobody */
  from: Mailbox | null
  to: Mailbox
  cc: readonly Mailbox[]
  subject: string
  text: string
  at: Date
  messageId: string
  /** Message-IDs, oldest first */
  references: readonly string[]
  /** the server whose word on DMARC counts */
  server: string
  picture?: string | undefined
  list?: boolean | undefined
}

export function rawMail(mail: RawMail): Buffer {
  const domain = mail.from?.address.split('@')[1]
  const head = [
    ...(domain ? [`Authentication-Results: ${mail.server}; dmarc=pass header.from=${domain}`] : []),
    ...(mail.from ? [`From: ${shown(mail.from)}`] : []),
    `To: ${shown(mail.to)}`,
    ...(mail.cc.length > 0 ? [`Cc: ${mail.cc.map(shown).join(', ')}`] : []),
    `Subject: ${encoded(mail.subject)}`,
    `Date: ${dated(mail.at)}`,
    `Message-ID: <${mail.messageId}>`,
    ...(mail.references.length > 0
      ? [
          `In-Reply-To: <${mail.references.at(-1)}>`,
          `References: ${mail.references.map(id => `<${id}>`).join('\r\n ')}`,
        ]
      : []),
    ...(mail.list
      ? [`List-Id: <news.${domain}>`, `List-Unsubscribe: <https://${domain}/leave>`, 'Precedence: bulk']
      : []),
    'MIME-Version: 1.0',
  ]
  const text = part(
    ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'],
    Buffer.from(mail.text),
  )
  if (!mail.picture) return Buffer.from(`${head.join('\r\n')}\r\n${text}`)
  const image = part(
    [
      `Content-Type: image/png; name="${mail.picture}"`,
      `Content-Disposition: attachment; filename="${mail.picture}"`,
      'Content-Transfer-Encoding: base64',
    ],
    picture(),
  )
  const line = 'between-the-parts'
  return Buffer.from(
    `${head.join('\r\n')}\r\nContent-Type: multipart/mixed; boundary="${line}"\r\n\r\n--${line}\r\n${text}\r\n--${line}\r\n${image}\r\n--${line}--\r\n`,
  )
}

export type RawBounce = {
  from: Mailbox
  to: Mailbox
  at: Date
  messageId: string
  /** the mail that came back */
  original: { messageId: string; recipient: string; subject: string }
}

export function rawBounce({ from, to, at, messageId, original }: RawBounce): Buffer {
  const line = 'between-the-parts'
  const reason = `550 5.1.1 <${original.recipient}>: there is no such mailbox here`
  return Buffer.from(
    [
      'Return-Path: <>',
      `From: ${shown(from)}`,
      `To: ${shown(to)}`,
      'Subject: Undelivered Mail Returned to Sender',
      `Date: ${dated(at)}`,
      `Message-ID: <${messageId}>`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=delivery-status; boundary="${line}"`,
      '',
      `--${line}`,
      'Content-Type: text/plain; charset=us-ascii',
      '',
      'Your mail could not be delivered.',
      reason,
      '',
      `--${line}`,
      'Content-Type: message/delivery-status',
      '',
      `Reporting-MTA: dns; ${from.address.split('@')[1]}`,
      '',
      `Final-Recipient: rfc822; ${original.recipient}`,
      'Action: failed',
      'Status: 5.1.1',
      `Diagnostic-Code: smtp; ${reason}`,
      '',
      `--${line}`,
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${original.messageId}>`,
      `Subject: ${encoded(original.subject)}`,
      '',
      `--${line}--`,
      '',
    ].join('\r\n'),
  )
}

function part(head: string[], content: Buffer): string {
  return `${head.join('\r\n')}\r\n\r\n${(content.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')}\r\n`
}

function shown({ name, address }: Mailbox): string {
  return `${encoded(name)} <${address}>`
}

/** RFC 2047, in pieces that stay under 75 characters. */
function encoded(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !/[,<>"()]/.test(text)) return text
  const pieces = [...text].reduce<string[]>((list, letter) => {
    const last = list.at(-1)
    if (last !== undefined && Buffer.byteLength(last + letter) <= 42) list[list.length - 1] = last + letter
    else list.push(letter)
    return list
  }, [])
  return pieces.map(piece => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ')
}

function dated(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000')
}
