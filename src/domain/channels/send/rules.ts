/** What follows from how a try to send went. Pure. */
import type { SmtpOutcome } from '../../../platform/mail/smtp/line.ts'

const minute = 60_000
/** Between tries of a mail that the server refuses for now; together two days. */
const pauses = [1, 5, 15, 60, ...Array(12).fill(240)].map(minutes => minutes * minute)

export type Verdict =
  | { is: 'sent' }
  | { is: 'uncertain'; error: string }
  | { is: 'failed'; error: string }
  /** `counts`: this try was about the mail itself, not about a server that is away. */
  | { is: 'again'; afterMs: number; error: string; counts: boolean }

/** `tries` includes the one that just ended. */
export function verdictOn(outcome: SmtpOutcome, tries: number): Verdict {
  switch (outcome.is) {
    case 'sent':
      return { is: 'sent' }
    case 'uncertain':
      return { is: 'uncertain', error: 'pond:line-cut' }
    case 'refused':
      return outcome.permanent ? { is: 'failed', error: outcome.response } : again(tries, outcome.response)
    case 'not-sent':
      return { is: 'again', afterMs: 20_000, error: outcome.trouble.detail, counts: false }
    case 'stopped':
      return { is: 'again', afterMs: 0, error: 'stopped before it was sent', counts: false }
  }
}

function again(tries: number, error: string): Verdict {
  const afterMs = pauses[tries - 1]
  return afterMs === undefined ? { is: 'failed', error } : { is: 'again', afterMs, error, counts: true }
}

/** Most servers take a null return path from a signed-in client; some refuse it like a forged sender. */
export function refusesNullSender(outcome: SmtpOutcome, from: string): boolean {
  return from === '' && outcome.is === 'refused' && outcome.permanent && outcome.about === 'sender'
}
