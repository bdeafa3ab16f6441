/** Empties the outbox: claims rows in batches, composes, sends, and writes down what became of each. Any number of processes may run one; a row is one process's at a time. */
import { createHash } from 'node:crypto'
import { gather, type Pool } from '../../../platform/db/index.ts'
import type { Nudges } from '../../../platform/events/index.ts'
import type { Log } from '../../../platform/log/log.ts'
import type { Secret } from '../../../platform/mail/imap/session.ts'
import { openSmtp, type SmtpOptions, type SmtpOutcome } from '../../../platform/mail/smtp/line.ts'
import { MailTrouble, troubleOf } from '../../../platform/mail/trouble.ts'
import { clearAlert, liveMailboxes, type MailboxRow, raiseAlert, sideOf } from '../mailboxes/tables.ts'
import { type ComposeDeps, type Composed, composeAll } from './compose.ts'
import { type Lane, openLane } from './lane.ts'
import {
  type Claim,
  cancelRow,
  claimRows,
  markCommitted,
  recoverRows,
  renewClaims,
  renewEveryMs,
  type Settled,
  settleRows,
  settleSampleRows,
} from './rows.ts'
import { verdictOn } from './rules.ts'

export type SenderOptions = ComposeDeps & {
  pool: Pool
  log: Log
  nudges: Nudges
  secretFor: (mailbox: MailboxRow, side: 'imap' | 'smtp') => Promise<Secret | null>
  smtp?: SmtpOptions
  /** A named moment, for tests that end the process there. */
  at?: (point: string) => Promise<void>
}

type Running = { lane: Lane; fingerprint: string; mailbox: MailboxRow; awayUntil: number }

/** After trouble with a server, not a mail. */
const awayMs = 15_000
const stopWithinMs = 15_000

export function startSender(options: SenderOptions): { stop: () => Promise<void> } {
  const { pool, db, log, clock } = options
  const at = options.at ?? (async () => {})
  const lanes = new Map<string, Running>()
  const inFlight = new Map<string, Claim>()
  const working = new Set<Promise<void>>()
  const bell = options.nudges.listen('outbox')
  let stopped = false
  let poke = () => {}

  // A renewed claim has a new mark: nothing else may name the old one meanwhile.
  const alone = oneAfterAnother()
  const commit = gather<Claim, boolean>(claims =>
    alone(async () => {
      const ours = await markCommitted(pool, claims)
      return claims.map(claim => ours.has(claim.id))
    }),
  )
  const settle = gather<Settled, undefined>(async settled => {
    await untilWritten(() => alone(() => settleRows(db, settled, clock())))
    options.nudges.send('happened')
    return settled.map(() => undefined)
  })

  /** What was learned must be written, however long the database is away; a process that dies leaves it to `recoverRows`. */
  async function untilWritten(write: () => Promise<void>) {
    for (let attempt = 0; ; attempt++) {
      try {
        return await write()
      } catch (error) {
        if (stopped && attempt > 20) throw error
        log.warn({ err: error }, 'what became of mails could not be written and is tried again')
        await new Promise(resolve => setTimeout(resolve, Math.min(5000, 100 * 2 ** attempt)))
      }
    }
  }

  async function deliver(composed: Composed, running: Running) {
    const { claim } = composed
    const outcome = await attempt(composed, running)
    const verdict = verdictOn(outcome, claim.tries)
    await noteLane(running, outcome)
    await at('before settling')
    await settle({
      claim,
      state: verdict.is === 'again' ? 'waiting' : verdict.is,
      error: verdict.is === 'sent' ? null : verdict.error,
      notBefore: verdict.is === 'again' ? new Date(clock().getTime() + verdict.afterMs) : null,
      counts: verdict.is !== 'again' || verdict.counts,
    })
    await at('after settling')
  }

  async function attempt({ claim, raw, returnPath }: Composed, running: Running): Promise<SmtpOutcome> {
    try {
      await at('before sending')
      return await running.lane.send({
        from: claim.automatic ? '' : returnPath,
        returnPath,
        to: claim.recipient,
        raw,
        async beforeEnd() {
          await at('before the end')
          const goOn = await commit(claim)
          await at('before the dot')
          return goOn
        },
      })
    } catch (error) {
      return { is: 'not-sent', trouble: troubleOf(error) }
    }
  }

  async function noteLane(running: Running, outcome: SmtpOutcome) {
    const { mailbox } = running
    if (outcome.is === 'not-sent') {
      running.awayUntil = Date.now() + awayMs
      const alert = { code: `smtp-${outcome.trouble.code}`, detail: outcome.trouble.detail, at: clock() }
      running.mailbox = { ...mailbox, alert: alert.code }
      await raiseAlert(db, mailbox, alert).catch(error => log.warn({ err: error }, 'an alert could not be written'))
    } else if (mailbox.alert !== null && sideOf(mailbox.alert) === 'sending' && outcome.is !== 'stopped') {
      running.mailbox = { ...mailbox, alert: null }
      await clearAlert(db, mailbox, 'sending', clock()).catch(() => {})
    }
  }

  function laneOf(mailbox: MailboxRow): Running {
    const fingerprint = createHash('sha256')
      .update(JSON.stringify([mailbox.smtp, mailbox.sealed?.toString('base64')]))
      .digest('hex')
    const known = lanes.get(mailbox.id)
    if (known?.fingerprint === fingerprint) {
      known.mailbox = mailbox
      return known
    }
    known?.lane.close()
    const running: Running = {
      fingerprint,
      mailbox,
      awayUntil: 0,
      lane: openLane(async () => {
        if (!mailbox.smtp || mailbox.sample) throw new MailTrouble('server-refused', mailbox.address)
        const { oauth: _, ...place } = mailbox.smtp
        const options_ = { name: mailbox.address.slice(mailbox.address.lastIndexOf('@') + 1), ...options.smtp }
        return openSmtp(place, place.user === '' ? null : await options.secretFor(mailbox, 'smtp'), options_)
      }),
    }
    lanes.set(mailbox.id, running)
    return running
  }

  /** Returns how many rows were taken on. */
  async function round(): Promise<number> {
    const all = await liveMailboxes(db)
    if (all.some(mailbox => mailbox.sample) && (await settleSampleRows(db, clock())) > 0)
      options.nudges.send('happened')
    const mailboxes = all.filter(mailbox => !mailbox.sample)
    const open = mailboxes
      .map(mailbox => ({ mailbox, running: laneOf(mailbox) }))
      .filter(
        each => each.mailbox.smtp !== null && each.running.awayUntil <= Date.now() && each.running.lane.free() > 0,
      )
    if (open.length === 0) return 0
    const claims = await claimRows(pool, {
      now: clock(),
      mailboxes: open.map(each => ({ id: each.mailbox.id, atMost: each.running.lane.free() })),
    })
    if (claims.length === 0) return 0
    for (const claim of claims) inFlight.set(claim.id, claim)
    await at('after claiming')
    const { composed, spoiled, empty } = await composeAll(claims, options)
    for (const claim of empty) start(cancelRow(pool, claim, clock()), claim)
    for (const { claim, error } of spoiled) {
      log.error({ err: error, outbox: claim.id }, 'a mail could not be composed')
      start(settle({ claim, state: 'failed', error: 'pond:not-composed', notBefore: null, counts: true }), claim)
    }
    const lanesById = new Map(open.map(each => [each.mailbox.id, each.running]))
    for (const each of composed) start(deliver(each, lanesById.get(each.claim.mailboxId)!), each.claim)
    return claims.length
  }

  function start(work: Promise<void>, claim: Claim) {
    const all: Promise<void> = work
      .catch(error => log.error({ err: error, outbox: claim.id }, 'sending a mail ended by a fault'))
      .finally(() => {
        inFlight.delete(claim.id)
        working.delete(all)
        poke()
      })
    working.add(all)
  }

  const looking = (async () => {
    while (!stopped) {
      let taken = 0
      try {
        taken = await round()
      } catch (error) {
        log.warn({ err: error }, 'the outbox could not be read and is tried again')
      }
      if (taken === 0 && !stopped) await Promise.race([bell.ring(1000), new Promise<void>(resolve => (poke = resolve))])
    }
  })()

  const renewing = setInterval(() => {
    alone(async () => {
      const renewed = await renewClaims(pool, [...inFlight.values()])
      for (const [id, mark] of renewed) {
        const claim = inFlight.get(id)
        if (claim) claim.claimedAt = mark
      }
    })
      .then(() => recoverRows(db, clock()))
      .then(found => found > 0 && options.nudges.send('outbox'))
      .catch(error => log.warn({ err: error }, 'claims of the outbox could not be renewed'))
  }, renewEveryMs)

  return {
    async stop() {
      stopped = true
      bell.close()
      poke()
      await looking
      for (const { lane } of lanes.values()) lane.drain()
      // A server that does not answer the final dot is waited for only so long: what is left is found as uncertain.
      await Promise.race([Promise.all(working), new Promise(resolve => setTimeout(resolve, stopWithinMs))])
      clearInterval(renewing)
      for (const { lane } of lanes.values()) lane.close()
    },
  }
}

function oneAfterAnother() {
  let turn: Promise<unknown> = Promise.resolve()
  return <T>(act: () => Promise<T>): Promise<T> => {
    const mine = turn.then(act)
    turn = mine.catch(() => {})
    return mine
  }
}
