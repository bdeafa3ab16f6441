/** `pond import PATH --mailbox ADDRESS`: brings old mail in while Pond runs or rests. Sends nothing; the same again changes nothing. */
import { access } from 'node:fs/promises'
import { importPath, mailboxForImport, type Report } from '../domain/intake/import/index.ts'
import { startIntake } from '../domain/intake/index.ts'
import { openKeys } from '../platform/config/keys.ts'
import { createDb, createPool, inTransaction, migrate } from '../platform/db/index.ts'
import { startNudges } from '../platform/events/index.ts'
import { openFiles } from '../platform/files/index.ts'
import { startParser } from '../platform/mail/reading/parser.ts'
import { withHouse } from './house.ts'

export async function importMail(path: string, options: { mailbox: string; json?: boolean }): Promise<void> {
  await access(path)
  await withHouse(async ({ config, url, log }) => {
    await migrate(url)
    const pool = createPool({ url, log, connections: 4 })
    const db = createDb(pool)
    const nudges = startNudges({ url, pool, log })
    const parser = startParser({ logger: log, children: 1 })
    const clock = () => new Date()
    const keys = openKeys({ dataDir: config.dataDir, key: config.key })
    const intake = startIntake({ db, files: openFiles(config.dataDir), parser, log, nudges, keys: keys.replies, clock })
    const stopping = new AbortController()
    // What is under way is finished; the next run goes on from there.
    process.once('SIGINT', () => stopping.abort())
    process.once('SIGTERM', () => stopping.abort())
    try {
      const mailboxId = await inTransaction(db, tx => mailboxForImport(tx, options.mailbox, clock()))
      nudges.send('mailbox')
      const report = await importPath({ takeIn: intake.takeIn, clock }, path, {
        mailboxId,
        signal: stopping.signal,
        onProgress: options.json ? () => {} : tellProgress,
      })
      if (options.json) console.log(JSON.stringify(report))
      else console.log(sentence(report))
      if (!report.done) process.exitCode = 1
    } finally {
      await parser.stop()
      await nudges.stop()
      await pool.end()
    }
  })
}

function tellProgress(report: Report) {
  const line = `${report.mails} mails read, ${report.known} of them known before`
  if (process.stderr.isTTY) process.stderr.write(`\r${line}${report.done ? '\n' : ''}`)
}

function sentence(report: Report): string {
  const parts = [
    `${report.messages} messages`,
    `${report.reports} delivery reports`,
    `${report.quarantined} kept aside with a reason`,
    `${report.known} known before`,
  ]
  return `${report.done ? 'Done' : 'Stopped; run it again to go on'}: ${report.mails} mails: ${parts.join(', ')}.`
}
