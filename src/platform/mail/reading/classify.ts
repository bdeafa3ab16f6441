/** Says what kind of mail this is and whether an automatic answer may go out (RFC 3834, mail.md R8). In doubt nobody gets one; nothing is hidden because of it. */
import { all, first, type Headers, readable } from './headers.ts'
import {
  autoReplySubject,
  bounceSubject,
  bulkHeaders,
  bulkSender,
  daemon,
  footers,
  listHeaders,
  listSender,
  manyDomain,
  replyHeaders,
  robot,
} from './mailSigns.ts'
import type { Address, Bounce, Kind } from './reading.ts'

export type Evidence = {
  headers: Headers
  from: Address | null
  subject: string
  /** '' is the null return path. */
  returnPath: string | null
  /** Value of the root's Content-Type with its report-type. */
  reportType: string | null
  hasReportPart: boolean
  bounces: Bounce[]
  ownAddresses: string[]
  /** The text without what is collapsed. */
  words: string
}

export type Classified = { kind: Kind; wouldAcknowledge: boolean; why: string[] }

export function classify(it: Evidence): Classified {
  const why: string[] = []
  const kind = kindOf(it, why)
  const against = againstAnswering(it, kind)
  return { kind, wouldAcknowledge: kind === 'message' && against.length === 0, why: [...why, ...against] }
}

function kindOf(it: Evidence, why: string[]): Kind {
  const bounce = bounceEvidence(it)
  if (bounce) {
    why.push(bounce)
    return 'bounce'
  }
  const reply = replyEvidence(it)
  const list = listEvidence(it)
  const bulk = bulkEvidence(it)
  // A vacation notice that came over a list is still a notice; a list's own "auto-generated" mark is not one.
  if (reply && !(list && /auto-generated|suppress/.test(reply))) {
    why.push(reply)
    return 'auto-reply'
  }
  if (list && !(bulk && /^list-id|^precedence/.test(list) && first(it.headers, 'list-post') === null)) {
    why.push(list)
    return 'list'
  }
  if (bulk ?? list) {
    why.push((bulk ?? list)!)
    return 'bulk'
  }
  return 'message'
}

function localPart(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? address : address.slice(0, at)
}

function bounceEvidence(it: Evidence): string | null {
  const { headers } = it
  if (it.reportType === 'delivery-status' || it.reportType === 'feedback-report') return `report: ${it.reportType}`
  if (it.hasReportPart) return 'report: delivery-status part'
  if (first(headers, 'x-failed-recipients') !== null) return 'x-failed-recipients'
  if (first(headers, 'x-mlserver') !== null && /not (?:a )?member|loop alert/i.test(it.subject)) return 'list refusal'
  const isReply = /^\s*(?:re|fwd?|aw|wg|tr|rv|sv|i|enc)\s?:/i.test(it.subject)
  const sender = it.from ? localPart(it.from.address) : ''
  const fromDaemon =
    daemon.test(sender) ||
    /mail(?:er)?[ -]?delivery|mailer-daemon|delivery subsystem|mail system|postmaster/i.test(it.from?.name ?? '')
  const named = bounceSubject.test(it.subject)
  const autoSubmitted = first(headers, 'auto-submitted')
  if (isReply && !fromDaemon) return null
  if (fromDaemon && (named || tellsOfFailure(it.bounces)) && !/^\s*auto-replied/i.test(autoSubmitted ?? ''))
    return `from: ${sender || it.from?.name}`
  if (it.returnPath === '' && (named || (tellsOfFailure(it.bounces) && !autoReplySubject.test(it.subject))))
    return 'return-path: null'
  // Without any sign of a daemon the subject alone is what a person might write, too: the report itself must bear it out.
  if (named && !listEvidence(it) && !/^\s*\[/.test(it.subject)) {
    const coded = it.bounces.some(bounce => bounce.status !== '' || bounce.replyCode !== '')
    if (coded || (robot.test(sender) && tellsOfFailure(it.bounces))) return `subject: ${it.subject.slice(0, 60)}`
  }
  return null
}

/** More than a guess that fell back on what was at hand. */
function tellsOfFailure(bounces: Bounce[]): boolean {
  return bounces.some(
    it => it.status !== '' || it.replyCode !== '' || (it.recipient !== null && it.reason !== 'undefined'),
  )
}

function replyEvidence(it: Evidence): string | null {
  const { headers } = it
  const auto = first(headers, 'auto-submitted')
  if (auto !== null && !/^\s*no\b/i.test(auto) && auto.trim() !== '') return `auto-submitted: ${auto.slice(0, 60)}`
  for (const name of replyHeaders) {
    const value = first(headers, name)
    if (
      value !== null &&
      !/^\s*(?:no|false|0)\s*$/i.test(value) &&
      (name !== 'x-post-messageclass' || /9; autoresponder/i.test(value))
    )
      return name
  }
  const precedence = first(headers, 'precedence')
  if (precedence && /auto[-_]?reply/i.test(precedence)) return `precedence: ${precedence.slice(0, 30)}`
  if (it.reportType === 'disposition-notification') return 'report: disposition-notification'
  if (
    /^x-?auto(?:-?reply|respond)/i.test(first(headers, 'x-mailer') ?? '') ||
    /vacation|autorespon/i.test(first(headers, 'x-mailer') ?? '')
  )
    return 'x-mailer'
  if (autoReplySubject.test(it.subject)) return `subject: ${it.subject.slice(0, 60)}`
  const suppress = first(headers, 'x-auto-response-suppress')
  if (suppress && /all|autoreply|oof/i.test(suppress)) return `x-auto-response-suppress: ${suppress.slice(0, 40)}`
  if (it.returnPath === '') return 'return-path: null'
  return null
}

function listEvidence(it: Evidence): string | null {
  for (const name of listHeaders) if (first(it.headers, name) !== null) return name
  const precedence = first(it.headers, 'precedence') ?? ''
  if (/^\s*list/i.test(precedence)) return 'precedence: list'
  if (all(it.headers, 'delivered-to').some(value => /^mailing list /i.test(value))) return 'delivered-to: mailing list'
  for (const name of ['sender', 'errors-to', 'x-errors-to', 'x-sender', 'resent-sender', 'resent-from'] as const) {
    const value = readable(it.headers, name)
    const address = value ? /[^\s<>"]+@[^\s<>"]+/.exec(value.slice(0, 500))?.[0] : undefined
    if (address && listSender.test(localPart(address))) return `${name}: ${address.slice(0, 80)}`
  }
  if (it.returnPath && listSender.test(localPart(it.returnPath))) return `return-path: ${it.returnPath.slice(0, 80)}`
  return null
}

function bulkEvidence(it: Evidence): string | null {
  const precedence = first(it.headers, 'precedence') ?? ''
  if (/bulk|junk/i.test(precedence)) return `precedence: ${precedence.slice(0, 30)}`
  for (const name of bulkHeaders) if (first(it.headers, name) !== null) return name
  if (it.returnPath && bulkSender.test(localPart(it.returnPath))) return `return-path: ${it.returnPath.slice(0, 80)}`
  if (it.returnPath && manyDomain.test(it.returnPath.slice(it.returnPath.lastIndexOf('@') + 1)))
    return `return-path: ${it.returnPath.slice(0, 80)}`
  const mailer = readable(it.headers, 'x-mailer') ?? ''
  if (
    /mailchimp|phplist|sendy|campaign|newsletter|bulk|mass ?mail|group mail|listmanager|lyris|constant contact|mailman|majordomo|listserv/i.test(
      mailer,
    )
  )
    return `x-mailer: ${mailer.slice(0, 60)}`
  return null
}

/** Reasons why a mail that reads like a person's gets no automatic answer all the same. */
function againstAnswering(it: Evidence, kind: Kind): string[] {
  const against: string[] = []
  const { headers, from } = it
  if (kind !== 'message') return against
  if (!from?.address.includes('@')) against.push('no-sender')
  else {
    const local = localPart(from.address)
    if (daemon.test(local) || robot.test(local)) against.push(`from: ${from.address.slice(0, 80)}`)
    if (listSender.test(local)) against.push(`from: ${from.address.slice(0, 80)}`)
    if (it.ownAddresses.includes(from.address.toLowerCase())) against.push('own-address')
  }
  if (first(headers, 'x-pond-loop') !== null) against.push('x-pond-loop')
  if (first(headers, 'x-loop') !== null) against.push('x-loop')
  if (
    first(headers, 'precedence') !== null &&
    !/^\s*(?:normal|first-class|special-delivery|urgent)?\s*$/i.test(first(headers, 'precedence')!)
  )
    against.push('precedence')
  if (/^\s*yes/i.test(first(headers, 'x-spam-flag') ?? '') || /^\s*yes/i.test(first(headers, 'x-spam-status') ?? ''))
    against.push('x-spam-flag')
  if (first(headers, 'errors-to') !== null) against.push('errors-to')
  if (footers.test(it.words.slice(-4000))) against.push('unsubscribe footer')
  const sender = readable(headers, 'sender')
  if (sender && robot.test(localPart(/[^\s<>"]+@/.exec(sender.slice(0, 300))?.[0] ?? ''))) against.push('sender')
  for (const name of headers.values.keys())
    if (name.startsWith('list-') || name.startsWith('x-list') || name.startsWith('x-mailman')) against.push(name)
  return against
}
