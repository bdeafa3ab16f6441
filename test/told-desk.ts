/** A desk for tests of notifications: Ana and Bram in one team, the reader of the log run by hand, and everything asked in their names. */

import { expect } from 'vitest'
import { conversationRoutes } from '../src/domain/conversations/index.ts'
import { notificationRoutes } from '../src/domain/notifications/index.ts'
import { notificationReader } from '../src/domain/notifications/reader.ts'
import { openKeys } from '../src/platform/config/keys.ts'
import { inTransaction } from '../src/platform/db/index.ts'
import { type Egress, openEgress } from '../src/platform/egress/index.ts'
import { type Happened, record } from '../src/platform/events/index.ts'
import { noNudges } from './desk.ts'
import {
  aConversation,
  aDesk,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestConversation,
  type TestMember,
} from './people.ts'
import { readToTheEnd } from './reading.ts'

export type Told = {
  id: string
  kind: string
  count: number
  promise: { id: string } | null
  conversation: { id: string } | null
}
export type Who = 'ana' | 'bram'
export type ToldDesk = Awaited<ReturnType<typeof aToldDesk>>

export async function aToldDesk(given: { egress?: Egress; now?: Date } = {}) {
  const egress = given.egress ?? openEgress()
  const keys = openKeys({ dataDir: '/tmp', key: 'ab'.repeat(32) }).push
  const desk = await aDesk({
    more: it => {
      const { rights } = it.access
      const { db } = it.database
      notificationRoutes(it.app, { db, rights, nudges: noNudges, egress, pushKey: keys.publicKey })
      conversationRoutes(it.app, { db, rights, files: it.files, nudges: noNudges })
    },
  })
  if (given.now) desk.clock.now = given.now
  const { pool, db } = desk.database
  const team = await aTeam(desk)
  const ana = await aMember(desk, { name: 'Ana', teams: { [team.id]: 'teammate' } })
  const bram = await aMember(desk, { name: 'Bram', teams: { [team.id]: 'lead' } })
  const cookie = { ana: await cookieOf(desk, ana), bram: await cookieOf(desk, bram) }
  const as = (who: Who) => (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, say?: Record<string, unknown>) =>
    ask(desk, method, path, say as never, { cookie: cookie[who] })
  const reader = () => notificationReader(() => desk.clock.now)
  const happens = (...events: Omit<Happened, 'at' | 'scopes'>[]) =>
    inTransaction(db, tx => record(tx, ...events.map(each => ({ ...each, scopes: [team.id], at: desk.clock.now }))))
  const settled = () => readToTheEnd(desk.database, reader())
  return {
    ...desk,
    ...{ desk, team, ana, bram, egress, keys, as, reader, happens },
    mine: (owner: TestMember | null = ana, words?: string) =>
      aConversation(desk, { team, owner, ...(words ? { words } : {}) }),
    wrote: (one: TestConversation, more: Partial<Happened> = {}) =>
      happens({
        kind: 'message.received',
        subjectId: one.id,
        actorId: null,
        facts: { messageId: one.messageId, state: 'open', fresh: false },
        ...more,
      }),
    settled,
    toldTo: async (who: Who): Promise<Told[]> => (await as(who)('GET', '/api/v1/notifications')).body.notifications,
    unreadOf: async (who: Who): Promise<number> => (await as(who)('GET', '/api/v1/notifications/unread')).body.count,
    /** Bram gives Ana a conversation of a customer who wrote something private. */
    async givenToAna() {
      const one = await aConversation(desk, { team, owner: ana, words: 'Something private' })
      const facts = { ownerId: ana.personId }
      await happens({ kind: 'conversation.owned', subjectId: one.id, actorId: bram.personId, facts })
      await settled()
      return one
    },
    /** Ana's choices, some of them changed. */
    async choose(some: Record<string, unknown>) {
      const now = (await as('ana')('GET', '/api/v1/me/notifications')).body
      const answered = await as('ana')('PUT', '/api/v1/me/notifications', { ...now, ...some })
      expect(answered.status, JSON.stringify(answered.body)).toBe(200)
      return answered.body
    },
    later(ms: number) {
      desk.clock.now = new Date(desk.clock.now.getTime() + ms)
    },
    clean: () =>
      pool.query(
        'delete from notification; delete from notification_choice; delete from push_device; delete from outbox; delete from duty',
      ),
    async close() {
      await egress.stop()
      await desk.close()
    },
  }
}
