/** One run of live updates: an app process, a process full of clients, and a writer whose transactions take turns at being late. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createDb, inTransaction } from '../../src/platform/db/index.ts'
import { record, startNudges } from '../../src/platform/events/index.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { startApp } from './app.ts'
import { cpuSeconds } from './cpu.ts'
import { progress, round } from './figures.ts'
import type { Order, Verdict } from './followers.ts'
import { newPlace } from './place.ts'
import { members, seed, teamId, teams } from './seed.ts'

/** One transaction in so many stays open for a while after it took its place in the log. */
const lateEvery = 100
const longestLateMs = 250

export async function liveRun(options: { clients: number; seconds: number; perSecond: number; cutEveryMs?: number }) {
  const place = await newPlace()
  const clients = fork(join(import.meta.dirname, 'followers.ts'), { execArgv: ['--max-old-space-size=2048'] })
  const say = async (order: Order) => {
    clients.send(order)
    return (await once(clients, 'message'))[0] as unknown
  }
  try {
    await seed(place.pool, 100)
    const app = await startApp(place.dataDir)
    const nudges = startNudges({ url: place.url, pool: place.pool, log: silentLog() })
    try {
      const epoch = Date.now()
      await say({ is: 'connect', address: app.address, clients: options.clients, epoch })
      await say({ is: 'disturb', everyMs: options.cutEveryMs ?? 15_000 })
      const before = [cpuSeconds(app.pid), cpuSeconds(clients.pid!)]
      const committed = await write(place.pool, nudges, options, epoch)
      await say({ is: 'calm' })
      const [ofApp, ofClients] = [cpuSeconds(app.pid) - before[0]!, cpuSeconds(clients.pid!) - before[1]!]
      progress(`processor seconds: app ${round(ofApp)}, clients ${round(ofClients)}`)
      const expected = await expectedBy(place.pool)
      const verdict = (await say({ is: 'judge', expected, committed })) as Verdict
      return { events: committed.length, verdict }
    } finally {
      await nudges.stop()
      await app.stop()
    }
  } finally {
    clients.kill('SIGKILL')
    await place.end()
  }
}

type Pool = Awaited<ReturnType<typeof newPlace>>['pool']
type Nudges = ReturnType<typeof startNudges>

/** Records events at an even pace; nine in ten are for every team, the others for one. Returns when each was committed. */
async function write(
  pool: Pool,
  nudges: Nudges,
  { seconds, perSecond }: { seconds: number; perSecond: number },
  epoch: number,
) {
  const db = createDb(pool)
  const committed: number[] = []
  const going: Promise<void>[] = []
  const everyone = Array.from({ length: teams }, (_, t) => teamId(t))
  const began = performance.now()
  for (let n = 0; n < seconds * perSecond; n++) {
    const wait = began + (n * 1000) / perSecond - performance.now()
    if (wait > 1) await new Promise(resolve => setTimeout(resolve, wait))
    const scopes = n % 10 === 3 ? [teamId(Math.floor(n / 10) % teams)] : everyone
    going.push(
      (async () => {
        await inTransaction(db, async tx => {
          await record(tx, {
            kind: 'message.noted',
            subjectId: null,
            actorId: null,
            scopes,
            facts: { n },
            at: new Date(),
          })
          if (n % lateEvery === 0) await new Promise(resolve => setTimeout(resolve, Math.random() * longestLateMs))
        })
        committed[n] = Date.now() - epoch
        nudges.send('happened')
      })(),
    )
  }
  await Promise.all(going)
  return committed
}

/** By member: the numbers of the events for their teams, in the order of the log. */
async function expectedBy(pool: Pool): Promise<number[][]> {
  const { rows } = await pool.query<{ n: number; scopes: string[] }>(
    "select (facts->>'n')::int as n, scopes from event where facts ? 'n' order by transaction_id, seq",
  )
  return Array.from({ length: members }, (_, m) => {
    const own = [teamId(m % teams), teamId((m + 1) % teams)]
    return rows.filter(row => row.scopes.some(scope => own.includes(scope))).map(row => row.n)
  })
}
