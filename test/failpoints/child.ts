/** A process that fetches the mailboxes it is told of into the real intake and does nothing else: to be ended at a failpoint, or to go on where another one ended. */
import { flushCompileCache } from 'node:module'
import { runFetcher } from '../../src/domain/channels/fetch/fetcher.ts'
import { liveMailboxes } from '../../src/domain/channels/mailboxes/tables.ts'
import { startIntake } from '../../src/domain/intake/index.ts'
import { createDb, createPool } from '../../src/platform/db/index.ts'
import { failpoint, timesPassed } from '../../src/platform/failpoints/index.ts'
import { openFiles } from '../../src/platform/files/index.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { startParser } from '../../src/platform/mail/reading/parser.ts'
import { keys, noNudges } from '../desk.ts'
import { mailPassword } from '../mail-servers.ts'

const { url, folder } = JSON.parse(process.argv[2]!) as { url: string; folder: string }
const pool = createPool({ url, log: silentLog(), connections: 4 })
const db = createDb(pool)
const clock = () => new Date()
const parser = startParser({ children: 1 })
const intake = startIntake({ db, files: openFiles(folder), parser, log: silentLog(), nudges: noNudges, keys, clock })
const fetching = new Map<string, AbortController>()

async function fetchFrom(mailboxId: string) {
  const [mailbox] = await liveMailboxes(db, [mailboxId])
  const leaving = new AbortController()
  fetching.set(mailboxId, leaving)
  await runFetcher(
    mailbox!,
    {
      db,
      log: silentLog(),
      clock,
      takeIn: intake.takeIn,
      secretFor: async () => ({ password: mailPassword }),
      at: failpoint,
      markSeen: true,
      pollMs: 300,
    },
    leaving.signal,
  )
}

process.on('message', (told: { fetch?: string; leave?: string }) => {
  if (told.fetch) void fetchFrom(told.fetch)
  else if (told.leave) fetching.get(told.leave)?.abort()
  else process.send!({ passed: timesPassed() })
})
process.on('disconnect', () => process.exit(0))
// It will be killed, and many more like it are started.
flushCompileCache()
