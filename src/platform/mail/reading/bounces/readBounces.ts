/** Finds out which recipients a delivery report speaks of, and what became of each. Whether the mail is a report at all `classify` decides. */
import { cleanLine, cleanText, decodeBytes } from '../charsets.ts'
import type { Head } from '../envelope.ts'
import { first } from '../headers.ts'
import type { Part } from '../parts.ts'
import type { Bounce } from '../reading.ts'
import { decodeTransfer } from '../transfer.ts'
import { complaintRow, readFeedback, readJsonNotice } from './feedback.ts'
import { readNotice, splitNotice } from './notice.ts'
import { commandOf, decide, type Finding, hardReasons, lastCommandRefused, replyCodeOf, statusOf } from './reasons.ts'
import { parseStatusReport, type StatusRow } from './statusReport.ts'

export type BounceReport = { bounces: Bounce[]; hasReportPart: boolean }

const mostRows = 500
const longestPart = 200_000

type Material = { notice: string; status: string | null; feedback: string | null; original: string }

export function readBounces(it: { raw: Buffer; root: Part; text: string; head: Head }): BounceReport {
  const material = gather(it.raw, it.root, it.text)
  const failed = first(it.root.headers, 'x-failed-recipients')
  const hasReportPart = material.status !== null || material.feedback !== null
  // Apple's mail programs unsubscribe by a mail without any part that says so.
  if (/^true/i.test(first(it.root.headers, 'x-apple-unsubscribe') ?? '')) {
    return { bounces: [complaintRow(it.head.from?.address ?? null, 'feedback: opt-out', null)], hasReportPart: true }
  }
  if (!hasReportPart && failed === null && !worthReading(it)) return { bounces: [], hasReportPart: false }
  const original = originalMail(material.original)
  if (/complaint about message from/i.test(it.head.subject) && material.original) {
    const recipient = /^x-hmxmroriginalrecipient:\s*(\S+)/im.exec(material.original)?.[1] ?? null
    return { bounces: [complaintRow(recipient, 'feedback: complaint', original.messageId)], hasReportPart: true }
  }
  if (material.feedback !== null) return { bounces: readFeedback(material.feedback, original.messageId), hasReportPart }
  const json = readJsonNotice(material.notice)
  if (json) {
    const bounces = json.rows.map(row =>
      json.complaint
        ? complaintRow(row.recipient || null, 'feedback: complaint', json.messageId)
        : toBounce(row.recipient, finding(row.diagnostic, '', row.status, row.action), json.messageId),
    )
    return { bounces, hasReportPart: bounces.length > 0 }
  }
  const rows = statusRows(material, original.messageId)
  const bounces = rows.length > 0 ? rows : noticeRows(it, material, original, failed)
  return { bounces: bounces.slice(0, mostRows), hasReportPart }
}

/** Reading a long personal mail for failed recipients would be waste: only what could be a notice is read. */
function worthReading(it: { root: Part; text: string; head: Head }): boolean {
  const { head, root } = it
  if (root.type.value === 'multipart/report' || head.returnPath === '') return true
  const sender = `${head.from?.name ?? ''} ${head.from?.address ?? ''}`
  if (
    /daemon|postmaster|post_master|mail[-_. ]?(?:system|delivery|admin)|delivery|system administrator|ndr/i.test(sender)
  )
    return true
  return /undeliver|deliver|return|fail|bounce|error|reject|unzustellbar|remis|entrega|не доставлен|недоставлен|退|配信|宛先|エラー|notification message|complaint|not member|loop alert/i.test(
    head.subject,
  )
}

function gather(raw: Buffer, root: Part, text: string): Material {
  const found: Material = { notice: '', status: null, feedback: null, original: '' }
  const visit = (part: Part, depth: number) => {
    for (const child of part.children) visit(child, depth + 1)
    if (part.multipart && part.children.length > 0) return
    const type = part.type.value
    if (type === 'message/delivery-status' || type === 'message/global-delivery-status')
      found.status = `${found.status ?? ''}\n\n${textOf(raw, part)}`
    else if (type === 'message/feedback-report') found.feedback = textOf(raw, part)
    else if (type.startsWith('message/') || type === 'text/rfc822-headers' || type === 'text/rfc822')
      found.original ||= textOf(raw, part)
    else if (part !== root && type === 'text/plain' && found.notice.length < longestPart)
      found.notice += `${textOf(raw, part)}\n\n`
  }
  visit(root, 0)
  if (!found.notice.trim()) found.notice = text.slice(0, longestPart)
  const split = splitNotice(found.notice)
  found.notice = split.notice
  found.original ||= split.original
  // Some programs print the fields of a status report as plain text.
  if (found.status === null && /^(?:final-recipient|original-recipient)\s*:/im.test(found.notice))
    found.status = found.notice
  return found
}

function textOf(raw: Buffer, part: Part): string {
  const encoding = (first(part.headers, 'content-transfer-encoding') ?? '').trim().toLowerCase()
  const bytes = decodeTransfer(
    raw.subarray(part.bodyStart, Math.min(part.bodyEnd, part.bodyStart + longestPart)),
    encoding,
    true,
  )
  return cleanText(decodeBytes(bytes, part.type.parameters.get('charset')))
}

type Original = { messageId: string | null; to: string[]; from: string[] }

function originalMail(text: string): Original {
  const head = text
    .slice(0, 20_000)
    .replace(/^[>\s]+(?=[A-Za-z-]+:)/gm, '')
    .replace(/\n[ \t]+/g, ' ')
  const field = (name: string) => new RegExp(`^${name}:\\s*(.{1,2000})$`, 'im').exec(head)?.[1] ?? ''
  const addresses = (value: string) => value.match(/[^\s<>"',;]{1,200}@[^\s<>"',;]{1,200}/g) ?? []
  const id = /<[^<>\s]{1,990}>/.exec(field('message-id'))?.[0] ?? null
  return {
    messageId: id,
    to: addresses(field('to')),
    from: [...addresses(field('from')), ...addresses(field('return-path'))],
  }
}

function finding(diagnostic: string, context: string, status: string, action: string, machine = true): Finding {
  const inDiagnostic = statusOf(diagnostic)
  const better = inDiagnostic !== '' && (status === '' || /^\d\.0\.0$/.test(status) || !/\.0\.0$/.test(inDiagnostic))
  return {
    machine,
    diagnostic,
    context,
    status: better ? inDiagnostic : status || statusOf(context),
    replyCode: replyCodeOf(diagnostic) || replyCodeOf(context),
    command: commandOf(`${context}\n${diagnostic}`),
    action,
  }
}

function toBounce(recipient: string | null, it: Finding, originalMessageId: string | null): Bounce {
  const reason = decide(it)
  return {
    recipient: recipient ? cleanLine(recipient).slice(0, 320) : null,
    status: it.status,
    replyCode: it.replyCode,
    reason,
    hard: hardReasons.has(reason),
    diagnostic: cleanLine((it.diagnostic || it.context).replace(/\s+/g, ' ')).slice(0, 500),
    originalMessageId,
  }
}

function statusRows(material: Material, originalMessageId: string | null): Bounce[] {
  if (material.status === null) return []
  const rows = withoutRepeats(parseStatusReport(material.status).rows)
  const notice = material.status === material.notice ? '' : material.notice
  // One transcript for several recipients tells of all of them.
  const dialog = lastCommandRefused(notice)
  return rows.slice(0, mostRows).map(row => {
    const diagnostic = row.diagnostic.replace(/^\s*[\w-]{1,30}\s*;\s*/, '')
    const context = rows.length === 1 ? notice : aboutRecipient(notice, row, rows)
    const machine = material.status !== material.notice
    const found = finding(diagnostic, context, row.status, row.action, machine)
    return toBounce(row.recipient || null, { ...found, command: found.command ?? dialog }, originalMessageId)
  })
}

/** One recipient told twice in a row (once without details) is one row. */
function withoutRepeats(rows: StatusRow[]): StatusRow[] {
  const found = new Map<string, StatusRow>()
  for (const row of rows) {
    const key = (row.recipient || `#${found.size}`).toLowerCase()
    const before = found.get(key)
    if (!before || (before.diagnostic === '' && row.diagnostic !== '')) found.set(key, row)
  }
  return [...found.values()]
}

/** The lines of the notice near the first mention of a recipient. */
function aboutRecipient(notice: string, row: StatusRow, rows: StatusRow[]): string {
  const name = row.recipient || row.original
  const at = name ? notice.toLowerCase().indexOf(name.toLowerCase()) : -1
  if (at < 0) return ''
  const lines = notice.slice(notice.lastIndexOf('\n', at) + 1).split('\n')
  const others = rows
    .filter(other => other !== row && other.recipient && other.recipient !== row.recipient)
    .map(other => other.recipient.toLowerCase())
  const end = lines.findIndex(
    (line, index) =>
      index > 0 && (line.trim() === '' || others.slice(0, 50).some(other => line.toLowerCase().includes(other))),
  )
  return lines.slice(0, end < 0 ? 8 : Math.min(end, 8)).join('\n')
}

function noticeRows(
  it: { head: Head; text: string },
  material: Material,
  original: Original,
  failed: string | null,
): Bounce[] {
  const own = new Set([
    ...it.head.to.map(to => to.address.toLowerCase()),
    ...original.from.map(from => from.toLowerCase()),
  ])
  for (const to of original.to) own.delete(to.toLowerCase())
  const named = failed?.match(/[^\s<>"',;]{1,200}@[^\s<>"',;]{1,200}/g) ?? []
  for (const one of named) own.delete(one.toLowerCase())
  let rows = readNotice(material.notice, own)
  if (named.length > 0) {
    const wanted = new Set(named.map(one => one.toLowerCase()))
    const kept = rows.filter(row => wanted.has(row.recipient.toLowerCase()))
    rows = named.map(
      one =>
        kept.find(row => row.recipient.toLowerCase() === one.toLowerCase()) ?? {
          recipient: one,
          words: material.notice,
        },
    )
  }
  if (rows.length === 0) {
    const recipient = original.to.length === 1 ? original.to[0]! : null
    rows = [{ recipient: recipient ?? '', words: material.notice }]
  }
  const warning =
    /will (?:be )?retr|has not yet been delivered|warning message only|still trying|delayed for|temporary failure report/i.test(
      material.notice,
    )
  return rows.map(row =>
    toBounce(
      row.recipient || null,
      finding(
        row.words || material.notice,
        rows.length === 1 ? material.notice : '',
        '',
        warning ? 'delayed' : 'failed',
        false,
      ),
      original.messageId,
    ),
  )
}
