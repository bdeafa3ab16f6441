/**
 * Live updates: one reader of the log per process, fanned out to every client whose scopes an event has. A client
 * resumes from a position: what it missed is read from the log until it has caught up with the hub, so nothing is missed,
 * doubled or out of order. Keeps nothing that another process would miss.
 */
import type { Pool } from '../db/index.ts'
import {
  isBefore,
  type LogEvent,
  lastPosition,
  type Nudges,
  type Position,
  positionText,
  readAfter,
} from '../events/index.ts'
import type { Log } from '../log/log.ts'

/** What a client may learn of; asked again whenever rights may have changed. Null: nothing any more. */
export type Sight = { scopes: readonly string[]; installation: boolean }

export type Client = {
  /** Writes frames; false when the connection is full or gone, then the client is let go and resumes later. */
  send: (frames: string) => boolean
  close: () => void
  sight: () => Promise<Sight | null>
}

type Follower = Client & { position: Position; seen: Sight; key: string; live: boolean }

export type Hub = {
  join: (client: Client, after: Position | null) => Promise<boolean>
  leave: (client: Client) => void
  /** Everything that happens, in this process's own words: for who fans it out to others than members. Returns how to end it. */
  watch: (told: (events: readonly LogEvent[]) => void) => () => void
  /** How far this process has read the log: what stands before it is in every answer begun from now on. */
  position: () => string | null
  size: () => number
  lagMs: () => number
  stop: () => Promise<void>
}

const batch = 500
/** Further behind than this, fetching afresh is quicker than catching up. */
const longestCatchUp = 20_000
/** Events are gathered for this long: one write a client for many events. With many clients longer, so that writing leaves time for the rest. */
const gatherMs = (clients: number) => Math.min(200, Math.max(20, clients / 20))
const changesRights = new Set(['member.changed', 'member.session-ended', 'team.changed', 'permission.changed'])

export function startHub(options: { pool: Pool; log: Log; nudges: Nudges }): Hub {
  const { pool, log } = options
  const followers = new Map<Client, Follower>()
  const watchers = new Set<(events: readonly LogEvent[]) => void>()
  const bell = options.nudges.listen('happened')
  let position: Position | null = null
  let stopped = false
  let lastRead = Date.now()

  const reading = (async () => {
    while (!stopped) {
      try {
        position ??= await lastPosition(pool)
        const events = await readAfter(pool, position, batch)
        lastRead = Date.now()
        if (events.length > 0) fanOut(events)
        if (events.length < batch) await bell.ring(500)
        if (!stopped) await new Promise(resolve => setTimeout(resolve, gatherMs(followers.size)))
      } catch (error) {
        log.warn({ err: error }, 'live updates wait for the database')
        await bell.ring(1000)
      }
    }
  })()

  function fanOut(events: LogEvent[]) {
    const last = events.at(-1)!.position
    position = last
    for (const told of watchers) told(events)
    const frames = new Map<string, string>()
    const rightsChanged = events.some(each => changesRights.has(each.kind))
    for (const follower of followers.values()) {
      if (!follower.live) continue
      if (rightsChanged) {
        // What was true of this client's rights a moment ago may not be now: it catches up with fresh ones.
        follower.live = false
        void catchUp(follower)
        continue
      }
      let text = frames.get(follower.key)
      if (text === undefined) {
        text = framesOf(events, follower.seen)
        frames.set(follower.key, text)
      }
      follower.position = last
      if (text !== '' && !follower.send(text)) letGo(follower)
    }
  }

  async function catchUp(follower: Follower): Promise<void> {
    try {
      const sight = await follower.sight()
      if (!sight) return letGo(follower)
      follower.seen = sight
      follower.key = `${sight.installation} ${[...sight.scopes].sort().join()}`
      while (!stopped && followers.get(follower) === follower) {
        if (!position || !isBefore(follower.position, position)) {
          follower.live = true
          return
        }
        // The hub moves on while we read: what it passes meanwhile is not ours yet.
        const upTo = position
        const events = await readAfter(pool, follower.position, batch, upTo)
        const last = events.at(-1)
        follower.position = last ? last.position : upTo
        const text = framesOf(events, follower.seen)
        if (text !== '' && !follower.send(text)) return letGo(follower)
      }
    } catch (error) {
      log.warn({ err: error }, 'a live client could not catch up')
      letGo(follower)
    }
  }

  function letGo(follower: Follower) {
    followers.delete(follower)
    follower.close()
  }

  return {
    /** False: too far behind, the client was told to fetch afresh and follows from now on. */
    async join(client, after) {
      position ??= await lastPosition(pool)
      const tooOld = after !== null && (await isTooOld(pool, after, position))
      const from = after === null || tooOld ? position : after
      const follower = Object.assign(client, {
        position: from,
        seen: { scopes: [], installation: false },
        key: '',
        live: false,
      }) as Follower
      followers.set(client, follower)
      client.send(
        tooOld
          ? `event: reset\nid: ${positionText(from)}\ndata: ${JSON.stringify({ position: positionText(from) })}\n\n`
          : `event: ready\nid: ${positionText(from)}\ndata: {}\n\n`,
      )
      await catchUp(follower)
      return !tooOld
    },
    leave: client => void followers.delete(client),
    watch(told) {
      watchers.add(told)
      return () => void watchers.delete(told)
    },
    position: () => position && positionText(position),
    size: () => followers.size,
    lagMs: () => Date.now() - lastRead,
    async stop() {
      stopped = true
      bell.close()
      for (const follower of followers.values()) follower.close()
      followers.clear()
      await reading
    },
  }
}

async function isTooOld(pool: Pool, after: Position, now: Position): Promise<boolean> {
  // A position from another database, or from before a restore, lies ahead of ours.
  if (isBefore(now, after)) return true
  const { rows } = await pool.query(
    'select count(*)::int as behind from (select 1 from event where (transaction_id, seq) > ($1::xid8, $2) order by transaction_id, seq limit $3) e',
    [after.transaction, after.seq, longestCatchUp + 1],
  )
  return rows[0].behind > longestCatchUp
}

function framesOf(events: readonly LogEvent[], sight: Sight): string {
  let text = ''
  for (const event of events) {
    if (!seen(event, sight)) continue
    const { kind, subjectId, actorId, at, facts } = event
    const position = positionText(event.position)
    text += `event: happened\nid: ${position}\ndata: ${JSON.stringify({ position, kind, subjectId, actorId, at: at.toISOString(), facts })}\n\n`
  }
  return text
}

function seen(event: LogEvent, sight: Sight): boolean {
  return event.scopes.length === 0 ? sight.installation : event.scopes.some(scope => sight.scopes.includes(scope))
}
