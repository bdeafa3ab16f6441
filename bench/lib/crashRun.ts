/**
 * One run of kills: mail flows in by IMAP and by SMTP while the app, its mail parser or PostgreSQL are killed at random
 * moments and come back. At the end every mail must be there once, and answered once at most.
 */

import { type Dovecot, startDovecot } from '../../test/mail-servers.ts'
import { type App, AppHangs, freePort, startApp } from './app.ts'
import { connect, deskAddress, user } from './connected.ts'
import { familyOf, postmasterOf } from './cpu.ts'
import { progress } from './figures.ts'
import { handIn } from './hand.ts'
import { mailIdOf, plainMail } from './mails.ts'
import { newPlace, type Place } from './place.ts'
import { type Sink, startSink } from './sink.ts'

const listenerAddress = 'team1@lindqvist.example'

export async function crashRun(options: { kills: number; mails: number; betweenMs?: number }) {
  const place = await newPlace()
  const dovecot = await startDovecot()
  const sink = await startSink()
  const smtpPort = await freePort()
  const port = await freePort()
  let app: App | undefined
  let over = false
  let starts = 0
  let hung = 0
  /** Somebody always starts it again, as a service manager would. */
  const keepRunning = (async () => {
    while (!over) {
      starts++
      try {
        app = await startApp(
          place.dataDir,
          { POND_SMTP_PORT: String(smtpPort), POND_SMTP_HOST: '127.0.0.1', LOG_LEVEL: 'fatal' },
          { port, quiet: true },
        )
        // All may be over while it was coming up again.
        if (over) await app.stop()
        else await app.gone
      } catch (error) {
        if (error instanceof AppHangs) hung++
        await pause(200)
      }
      app = undefined
    }
  })()
  try {
    const mailbox = await connect({ ...place, dovecot, smtpPort: sink.port })
    await place.pool.query("update mailbox set smtp = jsonb_set(smtp, '{port}', $1)", [String(sink.port)])
    await mailbox.met()
    // From here on the database is the app's to keep alive.
    await place.letGo()
    const flowing = flow(options, dovecot, smtpPort, () => over)
    const kills = await killAtRandom(options, () => app?.pid, place)
    await flowing.all
    progress(`${kills.length} kills (${count(kills)}), ${starts} starts of the app; waiting for the rest`)
    await settled(place, options.mails)
    return { kills: kills.length, hung, ...(await verdict(place, options.mails, sink)) }
  } finally {
    over = true
    await app?.stop()
    await keepRunning
    await place.end()
    await dovecot.stop()
    await sink.stop()
  }
}

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** Mails arrive for as long as the kills take: half in the IMAP mailbox, half at the listener. */
function flow(
  { kills, mails, betweenMs = 900 }: { kills: number; mails: number; betweenMs?: number },
  dovecot: Dovecot,
  smtpPort: number,
  giveUp: () => boolean,
) {
  const perMail = (kills * betweenMs * 0.9) / mails
  const began = performance.now()
  const due = (n: number) => pause(Math.max(0, began + n * perMail - performance.now()))
  const dropped = (async () => {
    for (let n = 0; n < mails; n += 20) {
      await due(n)
      const batch = []
      for (let at = n; at < Math.min(mails, n + 20); at += 2) batch.push(plainMail(at, deskAddress))
      dovecot.drop(user, batch)
    }
  })()
  async function* handed() {
    for (let n = 1; n < mails; n += 2) {
      await due(n)
      yield plainMail(n, listenerAddress)
    }
  }
  return { all: Promise.all([dropped, handIn(smtpPort, listenerAddress, handed(), giveUp)]) }
}

type Kill = 'app' | 'parser' | 'postgresql' | 'backend'

async function killAtRandom(
  { kills, betweenMs = 900 }: { kills: number; betweenMs?: number },
  appPid: () => number | undefined,
  place: Place,
): Promise<Kill[]> {
  const done: Kill[] = []
  while (done.length < kills) {
    await pause(betweenMs * (0.2 + Math.random() * 1.6))
    const kind = (['app', 'app', 'parser', 'parser', 'postgresql', 'backend'] as const)[Math.floor(Math.random() * 6)]!
    const pid = victim(kind, appPid(), place)
    if (pid === undefined) continue
    try {
      process.kill(pid, 'SIGKILL')
      done.push(kind)
      if (done.length % 20 === 0) progress(`${done.length} kills`)
    } catch {
      // It was dead already.
    }
  }
  return done
}

function victim(kind: Kill, app: number | undefined, place: Place): number | undefined {
  if (kind === 'app') return app
  if (kind === 'parser')
    return app === undefined
      ? undefined
      : familyOf([app])
          .slice(1)
          .find(pid => pid !== postmaster(place))
  const server = postmaster(place)
  if (kind === 'postgresql' || server === undefined) return server
  const children = familyOf([server]).slice(1)
  return children[Math.floor(Math.random() * children.length)]
}

function postmaster(place: Place): number | undefined {
  try {
    return postmasterOf(place.cluster)
  } catch {
    return undefined
  }
}

/** Until every mail has its row and nothing waits to be sent, or nothing moves any more. */
async function settled(place: Place, mails: number) {
  let last = ''
  let since = Date.now()
  for (;;) {
    const found = await place.pool
      .query(
        "select (select count(*)::int from delivery) as kept, (select count(*)::int from outbox where state in ('waiting', 'sending')) as unsent",
      )
      .then(result => result.rows[0] as { kept: number; unsent: number })
      .catch(() => ({ kept: -1, unsent: -1 }))
    if (found.kept >= mails && found.unsent === 0) return
    if (JSON.stringify(found) !== last) since = Date.now()
    last = JSON.stringify(found)
    if (Date.now() - since > 90_000) return progress(`nothing moves any more: ${last} ${await stuck(place)}`)
    await pause(250)
  }
}

/** What waits and why, and what the database waits for: whoever reads that nothing moves needs it. */
async function stuck({ pool }: Place): Promise<string> {
  const asked = [
    "select state, tries, error, clock_timestamp() - claimed_at as claimed, not_before - clock_timestamp() as waits from outbox where state in ('waiting', 'sending')",
    'select state, wait_event, now() - state_change as since, left(query, 120) as query from pg_stat_activity where application_name = $$pond$$',
  ]
  const found = await Promise.all(
    asked.map(text =>
      pool.query(text).then(
        result => result.rows,
        error => String(error),
      ),
    ),
  )
  return JSON.stringify(found)
}

async function verdict(place: Place, mails: number, sink: Sink) {
  const deliveries = await place.pool.query<{ mail_id: string; n: number }>(
    'select mail_id, count(*)::int as n from delivery group by mail_id',
  )
  const messages = await place.pool.query<{ rfc_id: string; n: number }>(
    "select rfc_id, count(*)::int as n from message where kind = 'message' group by rfc_id",
  )
  const states = await place.pool.query<{ what: string; n: number }>(
    "select became as what, count(*)::int as n from delivery group by 1 union all select 'outbox ' || state, count(*)::int from outbox group by state",
  )
  const kept = new Map(deliveries.rows.map(row => [row.mail_id, row.n]))
  const said = new Map(messages.rows.map(row => [row.rfc_id, row.n]))
  const ids = Array.from({ length: mails }, (_, n) => mailIdOf(n))
  const of = (what: string) => states.rows.find(row => row.what === what)?.n ?? 0
  return {
    mails,
    lost: ids.filter(id => !kept.has(id)).length,
    doubled: ids.filter(id => (kept.get(id) ?? 0) > 1 || (said.get(id) ?? 0) > 1).length,
    acknowledgedTwice: [...sink.answers.values()].filter(n => n > 1).length,
    acknowledged: sink.answers.size,
    quarantined: of('quarantined'),
    uncertain: of('outbox uncertain'),
    unsent: of('outbox waiting') + of('outbox sending') + of('outbox failed'),
  }
}

function count(kills: Kill[]): string {
  return [...Map.groupBy(kills, kind => kind)].map(([kind, list]) => `${kind} ${list.length}`).join(', ')
}
