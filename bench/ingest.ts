/**
 * Mail from a real IMAP server until it and its acknowledgement are committed, beside the same rows by bare SQL in the
 * same run. See README.md for each figure.
 */
import { startDovecot } from '../test/mail-servers.ts'
import { startApp } from './lib/app.ts'
import { connect, deskAddress, user } from './lib/connected.ts'
import { cpuSeconds, familyOf, megabytesOf, postmasterOf } from './lib/cpu.ts'
import { progress, round, tell } from './lib/figures.ts'
import { floorPerSecond, rowsOfMails } from './lib/floor.ts'
import { given } from './lib/given.ts'
import { mailIdOf, mailsFor } from './lib/mails.ts'
import { newPlace } from './lib/place.ts'
import { organisation } from './lib/seed.ts'

const floorMails = 1500
const warmMails = 1000
const asked = given({ mails: 5000 })
const place = await newPlace()
const dovecot = await startDovecot()
try {
  // Nothing listens there: sending is no part of this figure, and tries again later.
  const mailbox = await connect({ ...place, dovecot, smtpPort: 1 })
  const flags = process.env.POND_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.POND_PROFILE}`] : []
  const app = await startApp(place.dataDir, {}, { flags })
  await mailbox.met()
  // As in every other bench the first ones do not count: a process that has just begun runs code nobody has compiled yet.
  dovecot.drop(user, mailsFor(warmMails, deskAddress, asked.mails))
  await allThere(warmMails)
  await mailbox.pause()
  progress(`putting ${asked.mails} mails into the mailbox`)
  dovecot.drop(user, mailsFor(asked.mails, deskAddress))
  dovecot.doveadm('mailbox', 'status', '-u', user, 'messages uidnext', 'INBOX')
  await vacuumed()
  let peak = 0
  const ours = [app.pid, postmasterOf(place.cluster)]
  const watching = setInterval(() => {
    peak = Math.max(peak, megabytesOf(familyOf(ours)))
  }, 400)
  const processors = () => {
    const [main, parser] = familyOf([app.pid]).map(cpuSeconds)
    const database = familyOf([postmasterOf(place.cluster)]).map(cpuSeconds)
    return [main ?? 0, parser ?? 0, database.reduce((sum, each) => sum + each, 0)]
  }
  const before = processors()
  progress('fetching')
  const began = performance.now()
  await mailbox.goOn()
  const stored = await allThere(warmMails + asked.mails)
  const seconds = (stored - began) / 1000
  const used = processors().map((each, n) => round(each - before[n]!))
  progress(`processor seconds: app ${used[0]}, parser ${used[1]}, PostgreSQL ${used[2]}`)
  clearInterval(watching)
  const { lost, doubled, acknowledged } = await verdict(asked.mails)
  await app.stop()
  progress(`${round(seconds)} s; now the floor`)
  const floor = await floorPerSecond(place.url, await rowsOfMails(place.pool, floorMails), organisation)
  tell(
    {
      mails: asked.mails,
      acknowledged,
      mailsPerSecond: round(asked.mails / seconds),
      floorPerSecond: round(floor.perSecond),
      floorConnections: floor.connections,
      lost,
      doubled,
      peakMegabytes: round(peak),
    },
    asked.json,
  )
} finally {
  await place.end()
  await dovecot.stop()
}

/** By a connection that ends with it: what the database remembers for that is no memory of ours. */
async function vacuumed() {
  const client = await place.pool.connect()
  await client.query('vacuum analyze').finally(() => client.release(true))
}

/** The moment at which every mail has its row, or nothing came for half a minute. */
async function allThere(mails: number): Promise<number> {
  let before = 0
  let since = performance.now()
  for (;;) {
    const { rows } = await place.pool.query('select count(*)::int as n from delivery_uid')
    const now = performance.now()
    if (rows[0].n >= mails) return now
    if (rows[0].n > before) since = now
    if (now - since > 30_000) return now
    before = rows[0].n
    await new Promise(resolve => setTimeout(resolve, 40))
  }
}

async function verdict(mails: number) {
  const { rows } = await place.pool.query<{ mail_id: string; n: number; messages: number }>(
    'select d.mail_id, count(*)::int as n, count(d.message_id)::int as messages from delivery d group by d.mail_id',
  )
  const found = new Map(rows.map(row => [row.mail_id, row.n]))
  const lost = Array.from({ length: mails }, (_, n) => mailIdOf(n)).filter(id => !found.has(id)).length
  const doubled = [...found.values()].filter(n => n > 1).length
  const acks = await place.pool.query("select count(*)::int as n from outbox where purpose = 'acknowledgement'")
  return { lost, doubled, acknowledged: acks.rows[0].n as number }
}
