/** Keeps one mailbox's folder fetched: connects, catches up, rests in IDLE, and begins again whatever happens. Ends only when told. */
import type { Db } from '../../../platform/db/index.ts'
import type { Log } from '../../../platform/log/log.ts'
import { type ImapOptions, type ImapSession, openImap, type Secret } from '../../../platform/mail/imap/session.ts'
import { MailTrouble } from '../../../platform/mail/trouble.ts'
import type { TakeIn } from '../arrived.ts'
import { clearAlert, type MailboxRow, markGoodPoll, raiseAlert, sideOf } from '../mailboxes/tables.ts'
import { beginFolder, type Place, type Position, positionOf, wasReadBefore } from './positions.ts'
import { deservesAlert, type Patience, patience, pauseAfter, startAfterRenumbering } from './rules.ts'
import { catchUp, isPassingFault, reconcile, type Visit } from './visit.ts'

export type FetchDeps = {
  db: Db
  log: Log
  clock: () => Date
  takeIn: TakeIn
  /** What the mailbox signs in with; a lost grant throws `MailTrouble`. */
  secretFor: (mailbox: MailboxRow, side: 'imap' | 'smtp') => Promise<Secret>
  imap?: ImapOptions
  /** Why fetching must wait now (`disk-full`, `backlog`), with the figures; null: there is room. */
  noRoom?: () => Promise<{ code: string; detail: string } | null>
  at?: (point: string) => Promise<void>
  sizeLimit?: number
  /** Off: the mailbox is opened for reading alone, and nothing in it changes. */
  markSeen?: boolean
  /** Longest rest between two polls, in milliseconds. */
  pollMs?: number
  reconcileMs?: number
  patience?: Patience
}

/** Not trouble of the server, but of ours: shown as such, and left by itself. */
class NoRoom extends Error {
  readonly code: string
  readonly detail: string
  constructor(why: { code: string; detail: string }) {
    super(why.code)
    this.code = why.code
    this.detail = why.detail
  }
}

const pollMs = 20_000
const reconcileMs = 10 * 60_000
const triesBeforeAlert = 3

export async function runFetcher(mailbox: MailboxRow, deps: FetchDeps, signal: AbortSignal): Promise<void> {
  let failures = 0
  let failingSince = 0
  const missing = new Map<number, number>()
  const good = () => {
    failures = 0
    failingSince = 0
  }
  while (!signal.aborted) {
    try {
      await stay(mailbox, deps, signal, missing, good)
    } catch (error) {
      if (signal.aborted) return
      failures++
      failingSince ||= Date.now()
      const wait = await tell(mailbox, deps, error, { failures, failingForMs: Date.now() - failingSince })
      await pause(wait, signal)
    }
  }
}

/** One connection, for as long as it holds. */
async function stay(
  mailbox: MailboxRow,
  deps: FetchDeps,
  signal: AbortSignal,
  missing: Map<number, number>,
  good: () => void,
) {
  await refuseWithoutRoom(deps)
  const { oauth: _, ...place } = mailbox.imap!
  const session = await openImap(place, await deps.secretFor(mailbox, 'imap'), {
    ...deps.imap,
    writable: deps.markSeen ?? false,
  })
  const leave = () => session.close()
  signal.addEventListener('abort', leave)
  try {
    const visit = await begin(mailbox, deps, session)
    let reconcileAt = 0
    while (!signal.aborted) {
      await catchUp(visit)
      if (Date.now() >= reconcileAt) {
        count(missing, await reconcile(visit))
        reconcileAt = Date.now() + (deps.reconcileMs ?? reconcileMs)
      }
      good()
      await poll(mailbox, deps, missing)
      visit.era.lastGoodPollAt = deps.clock()
      await session.rest(deps.pollMs ?? pollMs)
    }
  } finally {
    signal.removeEventListener('abort', leave)
    session.close()
  }
}

async function begin(mailbox: MailboxRow, deps: FetchDeps, session: ImapSession): Promise<Visit> {
  const place = { mailboxId: mailbox.id, folder: mailbox.imap!.folder, uidvalidity: session.uidvalidity }
  const position = (await positionOf(deps.db, place)) ?? (await meet(mailbox, deps, session, place))
  const fresh = await deps.db
    .selectFrom('mailbox')
    .select('lastGoodPollAt')
    .where('id', '=', mailbox.id)
    .executeTakeFirst()
  return {
    db: deps.db,
    session,
    takeIn: deps.takeIn,
    place,
    position,
    era: {
      startAfter: position.startAfter,
      renumbered: position.renumbered,
      connectedAt: mailbox.createdAt,
      lastGoodPollAt: fresh?.lastGoodPollAt ?? null,
    },
    startFrom: mailbox.startFrom,
    markSeen: deps.markSeen ?? false,
    sizeLimit: deps.sizeLimit ?? 25 * 1024 * 1024,
    room: () => refuseWithoutRoom(deps),
    at: deps.at ?? (async () => {}),
    refused: (uids, error) => deps.log.error({ err: error, mailbox: mailbox.id, uids }, 'a mail could not be taken in'),
  }
}

/** A numbering of this folder that we see for the first time: a new connection, or the server renumbered everything (R5). */
async function meet(mailbox: MailboxRow, deps: FetchDeps, session: ImapSession, place: Place): Promise<Position> {
  const renumbered = await wasReadBefore(deps.db, place)
  const there = session.uidNext - 1
  let startAfter = there
  if (renumbered) {
    const uids = mailbox.startFrom === 'all' ? [] : await session.uidsFrom(1)
    startAfter = 0
    for (let from = 0; from < uids.length; from += 1000) {
      const page = uids.slice(from, from + 1000)
      const heads = (await session.heads(page)).sort((a, b) => a.uid - b.uid)
      startAfter = startAfterRenumbering(heads, mailbox.createdAt) || startAfter
      if (startAfter !== page.at(-1)) break
    }
    deps.log.warn({ mailbox: mailbox.id, uidvalidity: place.uidvalidity }, 'the mail server renumbered a folder')
  }
  const highest = mailbox.startFrom === 'all' ? 0 : startAfter
  await beginFolder(deps.db, place, { startAfter, highest })
  return (await positionOf(deps.db, place)) ?? { startAfter, highest, renumbered }
}

function count(missing: Map<number, number>, still: readonly number[]) {
  const now = new Set(still)
  for (const uid of missing.keys()) if (!now.has(uid)) missing.delete(uid)
  for (const uid of still) missing.set(uid, (missing.get(uid) ?? 0) + 1)
}

async function poll(mailbox: MailboxRow, deps: FetchDeps, missing: Map<number, number>) {
  const at = deps.clock()
  const lasting = [...missing].filter(([, tries]) => tries >= triesBeforeAlert).map(([uid]) => uid)
  const alert = await markGoodPoll(deps.db, mailbox.id, at)
  if (lasting.length > 0) {
    const detail = `${lasting.length}: UID ${lasting.slice(0, 5).join(', ')}`
    await raiseAlert(deps.db, mailbox, { code: 'not-stored', detail, at })
  } else if (alert !== null && sideOf(alert) === 'receiving') {
    await clearAlert(deps.db, mailbox, 'receiving', at)
  }
}

async function refuseWithoutRoom(deps: FetchDeps) {
  const why = await deps.noRoom?.()
  if (why) throw new NoRoom(why)
}

/** Says what is wrong where people look, and how long to wait. */
async function tell(
  mailbox: MailboxRow,
  deps: FetchDeps,
  error: unknown,
  state: { failures: number; failingForMs: number },
): Promise<number> {
  const trouble = troubleToTell(error)
  if (trouble === null) {
    // Our own database or disk: no trouble of this mailbox, and the whole of Pond says so.
    deps.log.warn({ err: error, mailbox: mailbox.id }, 'what was fetched could not be kept and is tried again')
    return pauseAfter(state.failures, true, deps.patience)
  }
  const { code, detail, passing } = trouble
  if (code === 'not-stored') deps.log.error({ err: error, mailbox: mailbox.id }, 'fetching a mailbox failed')
  else deps.log.warn({ mailbox: mailbox.id, trouble: code, detail }, 'a mailbox is not fetched')
  if (deservesAlert(passing, state.failingForMs, deps.patience)) {
    // The database may be what is away; the next round says it then.
    await raiseAlert(deps.db, mailbox, { code, detail, at: deps.clock() }).catch(() => {})
  }
  const { room } = deps.patience ?? patience
  return error instanceof NoRoom ? room : pauseAfter(state.failures, passing, deps.patience)
}

function troubleToTell(error: unknown): { code: string; detail: string; passing: boolean } | null {
  if (error instanceof MailTrouble) return error
  if (error instanceof NoRoom) return { code: error.code, detail: error.detail, passing: false }
  if (isPassingFault(error)) return null
  return { code: 'not-stored', detail: String((error as Error | null)?.message ?? error).slice(0, 300), passing: true }
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
