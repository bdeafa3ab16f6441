/** All of notifications that runs beside requests: the reader of the log, and the rounds that put out what is ripe. */
import type { Pool } from '../../platform/db/index.ts'
import { follow, type Nudges } from '../../platform/events/index.ts'
import { mailRound } from './mailing.ts'
import { type PushParts, pushRound, sendRound } from './push/pushing.ts'
import { notificationReader } from './reader.ts'

export type NotificationsOptions = PushParts & { pool: Pool; nudges: Nudges; restMs?: number }

/** Any number of processes may run it: the log has one reader at a time, and rows are locked by who takes them. */
export function startNotifications(options: NotificationsOptions): { stop: () => Promise<void> } {
  const { pool, log, nudges, clock } = options
  const reader = follow({ pool, log, nudges, reader: notificationReader(clock) })
  const bell = nudges.listen('happened')
  let stopped = false
  const round = async (name: string, act: () => Promise<number>) => {
    try {
      while (!stopped) {
        const looked = await act()
        if (looked === 0) return
        if (name === 'mails') nudges.send('outbox')
      }
    } catch (error) {
      log.warn({ err: error, round: name }, 'notifications could not be put out and are tried again')
    }
  }
  const rounds = (async () => {
    while (!stopped) {
      await round('mails', () => mailRound(options))
      await round('push rows', () => pushRound(options))
      await round('pushes', () => sendRound(options))
      if (!stopped) await bell.ring(options.restMs ?? 2000)
    }
  })()
  return {
    async stop() {
      stopped = true
      bell.close()
      await Promise.all([reader.stop(), rounds])
    },
  }
}
