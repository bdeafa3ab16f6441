/**
 * The open streams of this process. Each sends the lines of one conversation after the last it has sent: what happens is only a
 * hint that there may be more, the database says what there is. So nothing is missed, doubled or out of order, whichever process
 * wrote it, and a stream that cannot keep up is closed and resumes. Keeps nothing another process would miss.
 */
import { sql } from 'kysely'
import type { ChatFrame } from '../../contract/chat.ts'
import { type Db, gather, inTransaction, together } from '../../platform/db/index.ts'
import type { LogEvent, Nudges } from '../../platform/events/index.ts'
import type { Log } from '../../platform/log/log.ts'
import { lineFor, linesAfter, standingOf } from './lines.ts'
import { beHere, come, type Here, leaveGone } from './presence.ts'
import type { Session } from './tables.ts'

export type Stream = {
  session: Session
  conversationId: string
  /** the last line it has sent */
  after: number
  /** the last line that is theirs to read; null: all are */
  overSeq: number | null
  /** false when the connection is full or gone */
  send: (text: string) => boolean
  close: () => void
}

export type ChatStreams = {
  open: (stream: Stream) => Promise<void>
  close: (stream: Stream) => void
  /** Something was said there a moment ago, here: nobody needs to wait for the log to say so. */
  hint: (conversationIds: readonly string[]) => void
  size: () => number
  /** how many one session has open here */
  held: (sessionId: string) => number
  stop: () => Promise<void>
}

type Parts = {
  db: Db
  log: Log
  nudges: Pick<Nudges, 'send'>
  watch: (told: (events: readonly LogEvent[]) => void) => () => void
  clock: () => Date
}

const mostAtOnce = 500
const few = 40
const regroups = /^conversation\.(merged|took-in|unmerged|split|customer-changed|customer-merged)$/
const beatsPerLook = 2
const beatMs = 10_000
/** All at once they would keep those who speak waiting: each time it is the turn of so many of them. */
const turns = 20
const lookMs = 5000

export function startChats({ db, log, nudges, watch, clock }: Parts): ChatStreams {
  const streams = new Map<string, Set<Stream>>()
  /** how many each session holds */
  const heldBy = new Map<string, number>()
  const standing = new Map<Stream, string>()
  /** Which version of a conversation its streams have had: an event of that one or before brings nothing new. */
  const had = new Map<string, number>()
  /** whose turn each is */
  const turnOf = new Map<Stream, number>()
  let opened = 0
  const due = new Set<string>()
  /** looked at when nothing else is: what nobody told us of */
  const idle = new Set<string>()
  const regrouped = new Set<string>()
  let beats = 0
  let stopped = false
  let running: Promise<void> | null = null
  const all = () => [...streams.values()].flatMap(each => [...each])

  const unwatch = watch(events => {
    for (const { subjectId, kind, facts } of events) {
      if (!subjectId || !streams.has(subjectId)) continue
      const known = typeof facts.version === 'number' && facts.version <= (had.get(subjectId) ?? 0)
      if (known && !regroups.test(kind)) continue
      due.add(subjectId)
      if (regroups.test(kind)) regrouped.add(subjectId)
    }
    work()
  })

  function work() {
    if (running || stopped || due.size + idle.size === 0) return
    running = goOn()
      .then(rest)
      .finally(() => {
        running = null
        work()
      })
  }

  /** With many streams longer, so that more is brought at once. */
  const rest = () => new Promise<void>(resolve => setTimeout(resolve, Math.min(8, standing.size / 500)))

  async function goOn() {
    const from = due.size > 0 ? due : idle
    const ids = [...from].slice(0, from === due ? mostAtOnce : few)
    for (const id of ids) from.delete(id)
    try {
      await bring(ids.filter(id => streams.has(id)))
    } catch (error) {
      log.warn({ err: error }, 'chats wait for the database')
      for (const id of ids) due.add(id)
      await new Promise(resolve => setTimeout(resolve, 500))
    }
  }

  async function bring(ids: readonly string[]) {
    if (ids.length === 0) return
    // Whoever comes while we read has not had what lies before: theirs is the next look.
    const present = new Map(ids.map(id => [id, [...streams.get(id)!]]))
    const wanted = new Map(ids.map(id => [id, Math.min(...present.get(id)!.map(each => each.after))]))
    const moved = ids.filter(id => regrouped.delete(id)).flatMap(id => present.get(id)!)
    if (moved.length > 0) {
      await markOver(moved)
      await letGoUnseated(moved, clock())
    }
    const now = clock()
    // Asked in this order: what a version says was done by then, its lines tell.
    const [stands, { lines, more }] = await together(db, on =>
      Promise.all([standingOf(on, ids, now), linesAfter(on, wanted, now)]),
    )
    for (const id of ids) {
      const found = lines.get(id) ?? []
      const stands_ = stands.get(id)
      if (stands_ && streams.has(id)) had.set(id, stands_.version)
      for (const stream of present.get(id)!.filter(each => streams.get(id)?.has(each))) {
        let text = ''
        for (const line of found) {
          if (line.seq <= stream.after) continue
          stream.after = line.seq
          const over = stream.overSeq !== null && line.seq > stream.overSeq
          const shown = over ? null : lineFor(stream.session.known, line)
          if (shown) text += frame({ line: shown })
        }
        if (stands_) {
          const now_ = frame({
            standing: { ...stands_.standing, over: stands_.standing.over || stream.overSeq !== null },
          })
          if (standing.get(stream) !== now_) text += now_
          standing.set(stream, now_)
        }
        if (text !== '' && !stream.send(text)) letGo(stream)
      }
      // There may be more than one look brings.
      if (more) due.add(id)
    }
  }

  function count({ session }: Stream, by: 1 | -1) {
    const many = (heldBy.get(session.id) ?? 0) + by
    if (many > 0) heldBy.set(session.id, many)
    else heldBy.delete(session.id)
  }

  function letGo(stream: Stream) {
    standing.delete(stream)
    turnOf.delete(stream)
    const there = streams.get(stream.conversationId)
    if (there?.delete(stream)) count(stream, -1)
    if (there?.size === 0) {
      streams.delete(stream.conversationId)
      had.delete(stream.conversationId)
    }
    stream.close()
  }

  /** Joined with another conversation: whoever only says who they are reads on in neither. */
  async function markOver(some: readonly Stream[]) {
    const { rows } = await sql<{ sessionId: string; conversationId: string; overSeq: number }>`
      select session_id, conversation_id, over_seq from chat_seat
      where over_seq is not null and session_id = any(${some.map(each => each.session.id)}::uuid[])`.execute(db)
    const overs = new Map(rows.map(row => [`${row.sessionId} ${row.conversationId}`, row.overSeq]))
    for (const stream of some) stream.overSeq ??= overs.get(`${stream.session.id} ${stream.conversationId}`) ?? null
  }

  /** Whose session is over or erased, and whose conversation it is no more, reads on no longer. */
  async function letGoUnseated(some: readonly Stream[], now: Date) {
    const [sessions, conversations] = [some.map(each => each.session.id), some.map(each => each.conversationId)]
    const { rows } = await sql<{ seat: string }>`
      select s.session_id || ' ' || s.conversation_id as seat from chat_seat s join chat_session t on t.id = s.session_id join person p on p.id = t.person_id
        join conversation c on c.id = s.conversation_id join person w on w.id = c.customer_id
      where (s.session_id, s.conversation_id) in (select * from unnest(${sessions}::uuid[], ${conversations}::uuid[]))
        and t.ended_at is null and (t.known_until is null or t.known_until >= ${now}) and coalesce(w.merged_into, w.id) = coalesce(p.merged_into, p.id)`.execute(
      db,
    )
    const seated = new Set(rows.map(row => row.seat))
    for (const stream of some) if (!seated.has(`${stream.session.id} ${stream.conversationId}`)) letGo(stream)
  }

  /** They are here, their session still speaks for them, and nothing was passed over. */
  async function beat() {
    const turn = beats++
    const here = all().filter(each => turnOf.get(each) === turn % turns)
    if (here.length === 0) return
    const now = clock()
    for (const stream of here) if (!stream.send('\n')) letGo(stream)
    await beHere(db, here.map(placeOf), now)
    await letGoUnseated(here, now)
    await markOver(here)
    if (Math.floor(turn / turns) % beatsPerLook === 1) for (const { conversationId } of here) idle.add(conversationId)
    work()
  }

  /** Many come at once where a process that held them ended. */
  const beThere = gather<Stream, void>(
    async fresh => {
      const now = clock()
      const some = await inTransaction(db, async tx => {
        await beHere(tx, fresh.map(placeOf), now)
        return come(
          tx,
          fresh.map(each => each.conversationId),
          now,
        )
      })
      if (some) nudges.send('happened')
      return fresh.map(() => undefined)
    },
    { atMost: 200 },
  )

  const beating = every(beatMs / turns, beat, log)
  const looking = every(
    lookMs,
    async () => {
      if ((await leaveGone(db, clock())) > 0) {
        nudges.send('happened')
        nudges.send('outbox')
      }
    },
    log,
  )

  return {
    async open(stream) {
      await beThere(stream)
      turnOf.set(stream, opened++ % turns)
      const there = streams.get(stream.conversationId) ?? new Set()
      streams.set(stream.conversationId, there.add(stream))
      count(stream, 1)
      due.add(stream.conversationId)
      work()
    },
    close: letGo,
    hint(ids) {
      for (const id of ids) if (streams.has(id)) due.add(id)
      work()
    },
    size: () => standing.size,
    held: sessionId => heldBy.get(sessionId) ?? 0,
    async stop() {
      stopped = true
      unwatch()
      await Promise.all([beating(), looking()])
      for (const stream of all()) letGo(stream)
      await running
    },
  }
}

const placeOf = ({ session, conversationId }: Stream): Here => ({ sessionId: session.id, conversationId })

const frame = (frame: ChatFrame): string => `${JSON.stringify(frame)}\n`

/** One after the other, with a rest between; what fails is said and tried at the next turn. Returns how to end it. */
function every(ms: number, act: () => Promise<void>, log: Log): () => Promise<void> {
  const ending = new AbortController()
  const running = (async () => {
    while (!ending.signal.aborted) {
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, ms)
        ending.signal.addEventListener('abort', () => {
          clearTimeout(timer)
          resolve()
        })
      })
      if (ending.signal.aborted) return
      await act().catch(error => log.warn({ err: error }, 'who is in a chat could not be looked at'))
    }
  })()
  return () => {
    ending.abort()
    return running
  }
}
