/** Reads complaints (ARF, RFC 5965) and the JSON notices of Amazon's sending service as delivery reports. */
import type { Bounce } from '../reading.ts'
import { addressIn } from './statusReport.ts'

export function complaintRow(recipient: string | null, diagnostic: string, originalMessageId: string | null): Bounce {
  return { recipient, status: '', replyCode: '', reason: 'feedback', hard: false, diagnostic, originalMessageId }
}

/** One row per Original-Rcpt-To; one without recipient when the report hides it. */
export function readFeedback(report: string, originalMessageId: string | null): Bounce[] {
  const recipients = new Set<string>()
  let type = ''
  for (const line of report.split('\n').slice(0, 500)) {
    const field = /^(original-rcpt-to|removal-recipient|feedback-type|x-hmxmroriginalrecipient)\s*:\s*(.+)$/i.exec(line)
    if (!field) continue
    if (field[1]!.toLowerCase() === 'feedback-type') type = field[2]!.trim().toLowerCase()
    else {
      const address = addressIn(field[2])
      if (address) recipients.add(address)
    }
  }
  const diagnostic = `feedback: ${type || 'complaint'}`.slice(0, 200)
  if (recipients.size === 0) return [complaintRow(null, diagnostic, originalMessageId)]
  return [...recipients].slice(0, 100).map(recipient => complaintRow(recipient, diagnostic, originalMessageId))
}

export type JsonNotice = {
  rows: { recipient: string; status: string; action: string; diagnostic: string }[]
  complaint: boolean
  messageId: string | null
}

export function readJsonNotice(text: string): JsonNotice | null {
  const start = text.trimStart()
  if (!start.startsWith('{') || start.length > 500_000) return null
  const end = start.search(/\n--\s*\n/)
  const parsed = parse(end > 0 ? start.slice(0, end) : start)
  if (!parsed) return null
  const inner = typeof parsed.Message === 'string' ? (parse(parsed.Message) ?? parsed) : parsed
  const kind = inner.notificationType ?? inner.eventType
  const mail = record(inner.mail)
  const headers = record(mail?.commonHeaders)
  const messageId = typeof headers?.messageId === 'string' ? headers.messageId : null
  const rowsOf = (list: unknown, action: string) =>
    (Array.isArray(list) ? list : []).slice(0, 200).map(one => {
      const row = typeof one === 'string' ? { emailAddress: one } : (record(one) ?? {})
      return {
        recipient: text_(row.emailAddress),
        status: text_(row.status),
        action: text_(row.action) || action,
        diagnostic: text_(row.diagnosticCode),
      }
    })
  if (kind === 'Bounce')
    return { rows: rowsOf(record(inner.bounce)?.bouncedRecipients, 'failed'), complaint: false, messageId }
  if (kind === 'Complaint')
    return { rows: rowsOf(record(inner.complaint)?.complainedRecipients, ''), complaint: true, messageId }
  if (kind !== 'Delivery') return null
  const delivery = record(inner.delivery)
  const rows = rowsOf(delivery?.recipients, 'delivered').map(row => ({
    ...row,
    diagnostic: text_(delivery?.smtpResponse),
  }))
  return { rows, complaint: false, messageId }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    return record(JSON.parse(text.replace(/\n/g, '')))
  } catch {
    return null
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

function text_(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1000) : ''
}
