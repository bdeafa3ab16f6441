/** Brings old mail in: every mail to intake as backlog, so that nothing is sent for it, in batches that commit one by one. Bringing the same again changes nothing. */
import type { z } from 'zod'
import type { ImportReport } from '../../../contract/mailboxes.ts'
import type { Arrived, TakeIn } from '../../channels/index.ts'
import { dateIn, type FoundMail, mailsIn } from './sources.ts'

export type Report = z.output<typeof ImportReport>

export type ImportDeps = { takeIn: TakeIn; clock: () => Date; sizeLimit?: number }
export type ImportOptions = {
  mailboxId: string
  /** with the bytes of the mails that are taken in */
  onProgress?: (report: Report, bytes: number) => void
  signal?: AbortSignal
  /** how far it came the last time: so many mails are passed over */
  after?: { report: Omit<Report, 'done'>; bytes: number }
}

const batch = { mails: 100, bytes: 8 * 1024 * 1024 }
const defaultLimit = 25 * 1024 * 1024
const headBytes = 64 * 1024
const none = { mails: 0, messages: 0, reports: 0, quarantined: 0, known: 0 }

/** Throws when the path cannot be read or the database is away: what was brought so far stays, and the next run goes on from there. */
export async function importPath(deps: ImportDeps, path: string, options: ImportOptions): Promise<Report> {
  const { mails, messages, reports, quarantined, known } = options.after?.report ?? none
  const report: Report = { mails, messages, reports, quarantined, known, done: false }
  let bytesRead = options.after?.bytes ?? 0
  let passed = 0
  let waiting: Arrived[] = []
  let bytes = 0
  // One batch is read from the disk while another is stored.
  let storing: Promise<void> = Promise.resolve()
  const store = async (mails: Arrived[], bytes: number) => {
    for (const { became } of await deps.takeIn(mails)) {
      report.mails++
      if (became === 'message') report.messages++
      else if (became === 'report') report.reports++
      else if (became === 'quarantined') report.quarantined++
      else report.known++
    }
    bytesRead += bytes
    options.onProgress?.({ ...report }, bytesRead)
  }
  const flush = async () => {
    await storing
    const [mails, size] = [waiting, bytes]
    waiting = []
    bytes = 0
    if (mails.length === 0) return
    storing = store(mails, size)
    storing.catch(() => {})
  }
  try {
    for await (const mail of mailsIn(path, { limit: deps.sizeLimit ?? defaultLimit, headBytes })) {
      if (options.signal?.aborted) break
      if (passed++ < mails) continue
      if (waiting.length >= batch.mails || bytes + mail.raw.length > batch.bytes) await flush()
      waiting.push(arrivedFrom(mail, options.mailboxId, deps.clock()))
      bytes += mail.raw.length
    }
    await flush()
  } finally {
    await storing
  }
  report.done = !options.signal?.aborted
  options.onProgress?.({ ...report }, bytesRead)
  return report
}

function arrivedFrom(mail: FoundMail, mailboxId: string, now: Date): Arrived {
  const written = dateIn(mail.raw.subarray(0, 16 * 1024).toString('latin1'))
  const earliest = Date.UTC(1980, 0)
  const at =
    written > earliest && written < now.getTime() ? written : Math.min(mail.modifiedAt.getTime(), now.getTime())
  return {
    mailboxId,
    source: 'import',
    raw: mail.raw,
    arrivedAt: new Date(at),
    backlog: true,
    ...(mail.oversizeBytes === null ? {} : { oversizeBytes: mail.oversizeBytes }),
  }
}
