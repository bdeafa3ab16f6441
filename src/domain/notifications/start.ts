/** All of notifications that runs beside requests: the reader of the log, and the rounds that put out what is ripe. */
import type { Pool } from '../../platform/db/index.ts'
import { follow, type Nudges, startRounds } from '../../platform/events/index.ts'
import { mailRound } from './mailing.ts'
import { type PushParts, pushRound, sendRound } from './push/pushing.ts'
import { notificationReader } from './reader.ts'

export type NotificationsOptions = PushParts & { pool: Pool; nudges: Nudges; restMs?: number }

/** What is told goes out some seconds later at the earliest. */
const pauseMs = 1000

/** Any number of processes may run it: the log has one reader at a time, and rows are locked by who takes them. */
export function startNotifications(options: NotificationsOptions): { stop: () => Promise<void> } {
  const { pool, log, nudges, clock } = options
  const reader = follow({ pool, log, nudges, reader: notificationReader(clock) })
  const rounds = [mailRound, pushRound, sendRound].map(round =>
    startRounds({
      ...{ nudges, log, topic: 'happened', pauseMs, restMs: options.restMs ?? 2000 },
      async act(going) {
        while (going() && (await round(options)) > 0) if (round === mailRound) nudges.send('outbox')
      },
      failed: 'notifications could not be put out and are tried again',
    }),
  )
  return {
    async stop() {
      await Promise.all([reader, ...rounds].map(each => each.stop()))
    },
  }
}
