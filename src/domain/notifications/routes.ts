/** HTTP for notifications: the right, the shape, the command; nothing more. All of it is about oneself. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/notifications.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Egress } from '../../platform/egress/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { choicesOf, chooseHow } from './choices.ts'
import { read, unread } from './commands.ts'
import { forgetDevice, listDevices, subscribe } from './push/devices.ts'
import { listNotifications, unreadCount } from './queries.ts'
import { testWay } from './test-way.ts'

export type NotificationParts = {
  db: Db
  rights: Rights
  nudges: Pick<Nudges, 'send'>
  egress: Egress
  /** Who we are to push services: shown to browsers. */
  pushKey: string
}

export function notificationRoutes(app: FastifyInstance, parts: NotificationParts) {
  const { db, rights, nudges } = parts
  const { member } = rights
  const change = async <T>(act: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await inTransaction(db, act)
    nudges.send('happened')
    return done
  }
  serve(app, contract.notifications, member, (input, { actor }) => listNotifications(db, actor, input))
  serve(app, contract.unreadNotifications, member, (_, { actor }) => unreadCount(db, actor))
  serve(app, contract.readNotifications, member, (input, { actor, now }) => change(tx => read(tx, actor, input, now)))
  serve(app, contract.unreadAgain, member, (input, { actor, now }) => change(tx => unread(tx, actor, input, now)))

  serve(app, contract.myChoices, member, async (_, { actor }) => {
    return (await choicesOf(db, [actor.personId])).get(actor.personId)!.choices
  })
  serve(app, contract.changeChoices, member, (input, { actor, now }) =>
    change(tx => chooseHow(tx, actor, input as contract.Choices, now)),
  )
  serve(app, contract.testNotification, member, async ({ way }, { actor, now }) => {
    await change(tx => testWay(tx, actor, way, now))
    nudges.send('outbox')
    return { done: true as const }
  })

  serve(app, contract.pushDevices, member, async (_, { actor, now }) => ({
    key: parts.pushKey,
    devices: await listDevices(db, actor, now),
  }))
  serve(app, contract.subscribePush, member, (input, { actor, now, request }) =>
    subscribe({ db, egress: parts.egress }, actor, input, request.headers['user-agent'] ?? null, now),
  )
  serve(app, contract.forgetPush, member, (input, { actor }) =>
    inTransaction(db, tx => forgetDevice(tx, actor, input.deviceId)),
  )
}
