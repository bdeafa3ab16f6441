/** The way to one mailbox's mail server: a few lines that are kept open while there is something to send. Knows nothing of rows. */
import type { SmtpLine, SmtpMail, SmtpOutcome } from '../../../platform/mail/smtp/line.ts'
import { refusesNullSender } from './rules.ts'

export type Lane = {
  /** How many more mails can be taken on now. */
  free: () => number
  send: (mail: Omit<SmtpMail, 'from'> & { from: string; returnPath: string }) => Promise<SmtpOutcome>
  /** What is under way ends; what waits for a line is given back unsent. */
  drain: () => void
  close: () => void
}

const linesAtMost = 4
/** Composed and waiting for a line. */
const waitingAtMost = 8
const mailsPerLine = 100
const idleMs = 10_000

export function openLane(open: () => Promise<SmtpLine>): Lane {
  const idle: { line: SmtpLine; sent: number; timer: NodeJS.Timeout }[] = []
  let taken = 0
  let busy = 0
  const waiting: (() => void)[] = []
  let nullSenderRefused = false
  let draining = false

  async function take(): Promise<{ line: SmtpLine; sent: number; fresh: boolean }> {
    for (;;) {
      const kept = idle.pop()
      if (!kept) return { line: await open(), sent: 0, fresh: true }
      clearTimeout(kept.timer)
      if (kept.line.usable()) return { ...kept, fresh: false }
    }
  }
  function keep(line: SmtpLine, sent: number) {
    if (!line.usable() || sent >= mailsPerLine) return line.close()
    const kept = {
      line,
      sent,
      timer: setTimeout(() => {
        idle.splice(idle.indexOf(kept), 1)
        line.close()
      }, idleMs),
    }
    idle.push(kept)
  }
  async function once(mail: SmtpMail): Promise<SmtpOutcome> {
    for (;;) {
      const { line, sent, fresh } = await take()
      const outcome = await line.send(mail)
      keep(line, sent + 1)
      // The server had closed the line while it rested: that says nothing about now.
      if (outcome.is === 'not-sent' && !fresh) continue
      return outcome
    }
  }

  return {
    free: () => linesAtMost + waitingAtMost - taken,
    async send({ returnPath, ...mail }) {
      taken++
      if (busy >= linesAtMost) await new Promise<void>(resolve => waiting.push(resolve))
      busy++
      try {
        if (draining) return { is: 'stopped' }
        const from = mail.from === '' && nullSenderRefused ? returnPath : mail.from
        const outcome = await once({ ...mail, from })
        if (!refusesNullSender(outcome, from)) return outcome
        nullSenderRefused = true
        return await once({ ...mail, from: returnPath })
      } finally {
        busy--
        taken--
        waiting.shift()?.()
      }
    },
    drain() {
      draining = true
      for (const go of waiting.splice(0)) go()
    },
    close() {
      for (const kept of idle.splice(0)) {
        clearTimeout(kept.timer)
        kept.line.close()
      }
    },
  }
}
