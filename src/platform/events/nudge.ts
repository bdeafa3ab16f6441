/**
 * Nudges: "something new is there, look now". They carry nothing and may be lost: whoever waits looks by itself every
 * second as well. They are sent after the commit, on their own, because NOTIFY inside a transaction makes commits queue.
 */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Pool } from '../db/index.ts'
import type { Log } from '../log/log.ts'

export type Topic = 'happened' | 'outbox' | 'mailbox'
export type Bell = { ring: (atMostMs: number) => Promise<void>; close: () => void }
export type Nudges = { send: (topic: Topic) => void; listen: (topic: Topic) => Bell; stop: () => Promise<void> }

const coalesceMs = 5
/** Every one that goes to other processes is a commit: they hear of the first at once, and of what follows together. */
const apartMs = 25

export function startNudges(options: { url: string; pool: Pool; log: Log }): Nudges {
  const bells = new Set<{ topic: Topic; wake: () => void; rung: boolean }>()
  const pending = new Map<Topic, NodeJS.Timeout>()
  const telling = new Map<Topic, NodeJS.Timeout>()
  const toldAt = new Map<Topic, number>()
  /** Told from here it was heard here before. */
  const own = randomUUID()
  let stopped = false
  let client: pg.Client | null = null

  const ringAll = (topic: string) => {
    for (const bell of bells) {
      if (bell.topic !== topic) continue
      bell.rung = true
      bell.wake()
    }
  }
  const connect = async () => {
    while (!stopped) {
      const fresh = new pg.Client({
        connectionString: options.url,
        application_name: 'pond-nudges',
        keepAlive: true,
        connectionTimeoutMillis: 15_000,
      })
      const ended = new Promise<void>(resolve => fresh.once('end', resolve))
      fresh.on('error', () => {})
      fresh.on('notification', ({ channel, payload }) => payload !== own && ringAll(channel))
      try {
        await fresh.connect()
        client = fresh
        await fresh.query('listen happened; listen outbox; listen mailbox')
        await ended
      } catch {
        await new Promise(resolve => setTimeout(resolve, 500))
      }
      client = null
    }
  }
  const connecting = connect()

  function tell(topic: Topic) {
    if (telling.has(topic)) return
    const waits = Math.max(0, (toldAt.get(topic) ?? 0) + apartMs - performance.now())
    telling.set(
      topic,
      setTimeout(() => {
        telling.delete(topic)
        toldAt.set(topic, performance.now())
        options.pool.query(`notify ${topic}, '${own}'`).catch(() => {})
      }, waits),
    )
  }

  return {
    send(topic) {
      if (stopped || pending.has(topic)) return
      // In this process nobody needs to wait for the round trip.
      pending.set(
        topic,
        setTimeout(() => {
          pending.delete(topic)
          ringAll(topic)
          tell(topic)
        }, coalesceMs),
      )
    },
    listen(topic) {
      const bell = { topic, rung: false, wake: () => {} }
      bells.add(bell)
      return {
        ring: atMostMs =>
          new Promise(resolve => {
            const done = () => {
              clearTimeout(timer)
              bell.rung = false
              bell.wake = () => {}
              resolve()
            }
            const timer = setTimeout(done, atMostMs)
            bell.wake = done
            if (bell.rung || !bells.has(bell)) done()
          }),
        close() {
          bells.delete(bell)
          bell.wake()
        },
      }
    },
    async stop() {
      stopped = true
      for (const timer of [...pending.values(), ...telling.values()]) clearTimeout(timer)
      for (const bell of bells) bell.wake()
      await client?.end().catch(() => {})
      await Promise.race([connecting, new Promise(resolve => setTimeout(resolve, 1000))])
    },
  }
}
