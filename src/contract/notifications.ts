/** What somebody is told of, in the app, by mail or by push, and how they want to be told. Everything here is one's own. */
import { z } from 'zod'
import { GoodwillState } from './goodwill.ts'
import { Cursor, Done, endpoint, Id, Moment, Nothing } from './kit.ts'
import { PersonRef, PromiseKind } from './promises.ts'
import { Outcome } from './questions.ts'

export const NotificationKinds = [
  /** somebody wrote where I own, cover or follow */
  'message',
  /** a conversation became mine by somebody else's act */
  'given',
  'mention',
  /** an answer I wrote, or that is mine to give, was judged by whom it was for */
  'verdict',
  /** they picked an option, or none */
  'choice',
  'due-soon',
  'overdue',
  /** somebody asks me something */
  'asked',
  /** the expert wrote back on what I asked */
  'ask-answered',
  /** what came of an answer I gave, or thanks for it */
  'ask-judged',
  /** a conversation of a team I lead was handed over for the second time or more */
  'handed-again',
  /** somebody asks me, who leads, for goodwill beyond their allowance */
  'goodwill-asked',
  /** and what came of it, for who asked; or that what they gave was taken back */
  'goodwill-decided',
  /** somebody asks me to decide about the cause of a question that comes again */
  'decision-asked',
  /** and what was decided, for who asked */
  'decision-made',
  /** what I wanted to be reminded of, to ask again, or whether it held */
  'reminder',
  /** a mail of mine came back, failed, or may not have arrived */
  'unsent',
  /** a mailbox that can't fetch or send, for those who look after it */
  'mailbox',
  /** nobody has it and it falls due, for who answers for the team now */
  'unowned',
  /** somebody mentions me in the community */
  'topic-mention',
  /** somebody answers a topic I began there */
  'topic-answered',
  /** somebody writes in a topic I follow */
  'topic-post',
  /** somebody begins a topic in a category I follow */
  'topic-begun',
  /** nothing happens to a promise of somebody else that is near or late, for those who lead its team */
  'unheeded',
] as const
export const NotificationKind = z.enum(NotificationKinds)
export type NotificationKind = z.infer<typeof NotificationKind>

export const NotificationView = z.object({
  id: Id,
  kind: z.enum([...NotificationKinds, 'test']),
  /** how many of its kind about the same thing are gathered here */
  count: z.number(),
  at: Moment,
  readAt: Moment.nullable(),
  /** who did the newest of it */
  actor: PersonRef.nullable(),
  conversation: z
    .object({ id: Id, number: z.number(), subject: z.string(), customer: PersonRef, preview: z.string().nullable() })
    .nullable(),
  /** `to`: whose it is, where it stands in no conversation */
  promise: z
    .object({ id: Id, kind: PromiseKind, words: z.string(), dueAt: Moment, to: z.string().nullable() })
    .nullable(),
  mailbox: z.object({ id: Id, address: z.string() }).nullable(),
  /** `words`: the first of the question */
  ask: z.object({ id: Id, words: z.string(), verdict: z.string().nullable(), thanked: z.boolean() }).nullable(),
  goodwill: z.object({ id: Id, what: z.string(), whom: z.string(), state: GoodwillState }).nullable(),
  /** `words`: what is to be decided, or what was */
  question: z.object({ id: Id, subject: z.string(), words: z.string(), outcome: Outcome.nullable() }).nullable(),
  /** of the community; `by`: whoever wrote the newest of it, as they are shown there */
  topic: z.object({ id: Id, title: z.string(), by: z.string().nullable(), preview: z.string() }).nullable(),
})
export type NotificationView = z.infer<typeof NotificationView>

export const notifications = endpoint(
  'GET',
  '/api/v1/notifications',
  z.strictObject({
    after: Cursor.optional(),
    /** unread ones first and alone, then those read; a page holds one sort */
    show: z.enum(['unread', 'read']).default('unread'),
    kind: NotificationKind.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  z.object({ notifications: z.array(NotificationView), next: Cursor.nullable() }),
)

/** For the bell; counted up to 100. `conversations` and `topics` are those that opening would mark as read. */
export const unreadNotifications = endpoint(
  'GET',
  '/api/v1/notifications/unread',
  Nothing,
  z.object({ count: z.number(), more: z.boolean(), conversations: z.array(Id), topics: z.array(Id) }),
)

/** By id, all of one conversation or one topic, or all there are, those no screen has loaded among them. */
export const readNotifications = endpoint(
  'POST',
  '/api/v1/notifications/read',
  z.union([
    z.strictObject({ ids: z.array(Id).min(1).max(200) }),
    z.strictObject({ conversationId: Id }),
    z.strictObject({ topicId: Id }),
    z.strictObject({ all: z.literal(true) }),
  ]),
  /** `readAt` names what was marked by this, to take it back; null: nothing was unread. */
  z.object({ readAt: Moment.nullable(), count: z.number() }),
)
export const unreadAgain = endpoint(
  'POST',
  '/api/v1/notifications/unread',
  z.union([z.strictObject({ ids: z.array(Id).min(1).max(200) }), z.strictObject({ readAt: Moment })]),
  z.object({ count: z.number() }),
)

export const MailWay = z.enum(['at-once', 'digest', 'no'])
export type MailWay = z.infer<typeof MailWay>
export const Ways = z.strictObject({ app: z.boolean(), mail: MailWay, push: z.boolean() })
export type Ways = z.infer<typeof Ways>
const MinuteOfDay = z.int().min(0).max(1439)

export const Choices = z.strictObject({
  kinds: z.record(NotificationKind, Ways),
  digest: z.strictObject({ every: z.enum(['hour', 'day']), minute: MinuteOfDay }),
  /** In one's own zone; it may pass midnight. */
  quiet: z.strictObject({ from: MinuteOfDay, to: MinuteOfDay }).nullable(),
  /** 1 is Monday; all other days are quiet as a whole. */
  reachedOn: z.array(z.int().min(1).max(7)).min(1).max(7),
  pausedUntil: Moment.nullable(),
  /** Subjects and first words in mails and pushes. */
  showsWords: z.boolean(),
})
export type Choices = z.infer<typeof Choices>

export const myChoices = endpoint('GET', '/api/v1/me/notifications', Nothing, Choices)
export const changeChoices = endpoint('PUT', '/api/v1/me/notifications', Choices, Choices)
/** Tells oneself, at once, whatever hour it is. 409 `no-mailbox-sends` or `no-device` where there is no way out. */
export const testNotification = endpoint(
  'POST',
  '/api/v1/me/notifications/test',
  z.strictObject({ way: z.enum(['app', 'mail', 'push']) }),
  Done,
)

export const PushDevice = z.object({
  id: Id,
  agent: z.string().nullable(),
  createdAt: Moment,
  lastGoodAt: Moment.nullable(),
  /** signed in with the session that asks */
  current: z.boolean(),
})
/** `key`: the application server key to subscribe with, base64url. */
export const pushDevices = endpoint(
  'GET',
  '/api/v1/me/push',
  Nothing,
  z.object({ key: z.string(), devices: z.array(PushDevice) }),
)
/** As a browser's PushSubscription says it. 422 `push-address` for an address that push services don't have. */
export const subscribePush = endpoint(
  'POST',
  '/api/v1/me/push',
  z.strictObject({
    endpoint: z.url().max(2000),
    keys: z.strictObject({
      p256dh: z.string().regex(/^[\w-]{80,120}=*$/),
      auth: z.string().regex(/^[\w-]{16,40}=*$/),
    }),
  }),
  z.object({ deviceId: Id }),
)
export const forgetPush = endpoint('DELETE', '/api/v1/me/push/:deviceId', z.strictObject({ deviceId: Id }), Done)
