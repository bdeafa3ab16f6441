/** Chat: what the widget on somebody's page may ask, what the desk says there, and how a channel of it is set up. */
import { z } from 'zod'
import { State } from './conversation-views.ts'
import { Done, endpoint, Id, Moment } from './kit.ts'
import { Colour } from './look.ts'

export const mostChatLetters = 4000
export const chatFileLimit = 10 * 1024 * 1024
export const mostChatFiles = 10

const Key = z.string().regex(/^[a-z0-9]{20}$/)
/** Made by the browser that keeps it: 256 bits. Only its hash is stored. */
export const ChatToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const Seq = z.int().min(0).max(1_000_000_000)
const Text = z.string().trim().max(mostChatLetters)

/** Who is there and when an answer comes, as it may be said to anybody. */
export const ChatFace = z.object({
  name: z.string(),
  /** first names of those who are at their desks now */
  here: z.array(z.string()),
  /** until when somebody is; null: nobody is there */
  until: Moment.nullable(),
  /** when an answer comes at the latest */
  answerBy: Moment,
  /** of those who are here, from the last hour; null: too few to say */
  minutes: z.int().nullable(),
  zone: z.string(),
  accent: z.object({ light: z.record(z.string(), z.string()), dark: z.record(z.string(), z.string()) }).nullable(),
  phone: z.object({ number: z.string(), words: z.string() }).nullable(),
})
export type ChatFace = z.infer<typeof ChatFace>

/** A promise as its customer may know it: told ones only. */
export const ChatPromise = z.object({
  by: z.string(),
  words: z.string(),
  automatic: z.boolean(),
  ours: z.boolean(),
  dueAt: Moment,
  late: z.boolean(),
})
export type ChatPromise = z.infer<typeof ChatPromise>

export const ChatLine = z.object({
  seq: Seq,
  is: z.enum(['message', 'left']),
  id: Id.nullable(),
  ours: z.boolean(),
  by: z.string(),
  at: Moment,
  /** null: they read it where it was written, in their mail */
  text: z.string().nullable(),
  mail: z.boolean(),
  files: z.array(z.object({ id: Id, name: z.string(), bytes: z.number() })),
})
export type ChatLine = z.infer<typeof ChatLine>

/** How the conversation stands beside its lines. */
export const ChatStanding = z.object({
  conversationId: Id,
  number: z.number(),
  subject: z.string(),
  owner: z.string().nullable(),
  promise: ChatPromise.nullable(),
  /** first names of ours who are writing */
  writing: z.array(z.string()),
  /** where answers go when they leave; null: nowhere yet */
  address: z.string().nullable(),
  /** joined with another or thrown away: what is written now begins a new one. In spam it goes on: nobody is told. */
  over: z.boolean(),
})
export type ChatStanding = z.infer<typeof ChatStanding>

/** One line of JSON each on the stream; an empty line says that it is alive. */
export const ChatFrame = z.union([z.object({ line: ChatLine }), z.object({ standing: ChatStanding })])
export type ChatFrame = z.infer<typeof ChatFrame>

const At = { key: Key }
const Mine = { key: Key, token: ChatToken }

/** What an opened widget shows. Stores nothing of a visitor: somebody exists here only once they write. */
export const chatHello = endpoint(
  'POST',
  '/chat/:key/hello',
  z.strictObject({ ...At, token: ChatToken.optional(), identity: z.string().max(4000).optional() }),
  z.object({
    /** by our clock: the visitor's may be off */
    at: Moment,
    face: ChatFace,
    /** whom the site says they are */
    person: z.object({ name: z.string(), address: z.string() }).nullable(),
    /** the token speaks for nobody any more: forget it */
    forget: z.boolean(),
    open: z.array(z.object({ conversationId: Id, subject: z.string(), promise: ChatPromise.nullable() })),
    current: Id.nullable(),
    finds: z.boolean(),
  }),
)
/** The same `messageId` said twice is kept once. Without a conversation it begins one. */
export const chatSay = endpoint(
  'POST',
  '/chat/:key/say',
  z.strictObject({
    ...Mine,
    identity: z.string().max(4000).optional(),
    messageId: Id,
    conversationId: Id.nullable(),
    text: Text,
    files: z.array(Id).max(mostChatFiles).default([]),
    language: z.string().max(20).optional(),
    zone: z.string().max(64).optional(),
  }),
  z.object({ conversationId: Id, seq: Seq, at: Moment }),
)
export const chatAddress = endpoint(
  'POST',
  '/chat/:key/address',
  z.strictObject({ ...Mine, conversationId: Id, address: z.string().trim().max(320) }),
  z.object({ address: z.string() }),
)
/** Opens a conversation of whom the site has signed for. */
export const chatOpen = endpoint(
  'POST',
  '/chat/:key/open',
  z.strictObject({ ...Mine, identity: z.string().max(4000), conversationId: Id }),
  Done,
)
/** The browser is somebody else's from now on. */
export const chatForget = endpoint('POST', '/chat/:key/forget', z.strictObject(Mine), Done)
/** What they do, and how far they have read. */
export const chatHere = endpoint(
  'POST',
  '/chat/:key/here',
  z.strictObject({ ...Mine, conversationId: Id, doing: z.enum(['reading', 'writing', 'gone']), seen: Seq }),
  Done,
)
export const chatFind = endpoint(
  'POST',
  '/chat/:key/find',
  z.strictObject({ ...At, words: z.string().trim().min(2).max(200) }),
  z.object({ articles: z.array(z.object({ title: z.string(), address: z.string(), says: z.string() })).max(5) }),
)
/** Answers frames, one a line, until it is closed; a multipart upload; and a file as it was sent. */
export const chatStreamPath = '/chat/:key/stream'
export const ChatStreamAsk = z.strictObject({ ...Mine, conversationId: Id, after: Seq })
export const chatUploadPath = '/chat/:key/files'
export const chatFilePath = '/chat/:key/files/:attachmentId'

/** What the desk says in a chat while its customer is there: no next step, that is chosen when a side leaves. */
export const sayInChat = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/chat',
  z.strictObject({
    conversationId: Id,
    messageId: Id,
    text: z.string().trim().max(mostChatLetters),
    attachments: z.array(Id).max(mostChatFiles).default([]),
  }),
  z.object({ messageId: Id, seq: Seq, version: z.int() }),
)
/** After a side has left and the last word was ours: what happens now, without another word. */
export const settleChat = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/chat/settle',
  z.strictObject({
    conversationId: Id,
    nextStep: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('your-turn'), askAgainAt: Moment }),
      z.strictObject({ is: z.literal('answered'), followUpAt: Moment }),
    ]),
  }),
  z.object({ state: State, version: z.int() }),
)
/** How a chat stands, for the desk; null where the conversation is none. */
export const ChatAtDesk = z.object({
  present: z.boolean(),
  doing: z.enum(['reading', 'writing']).nullable(),
  leftAt: Moment.nullable(),
  /** the last word was theirs */
  waits: z.boolean(),
  /** the last message of ours that they have seen */
  seenId: Id.nullable(),
  /** null: they gave none */
  address: z.string().nullable(),
  /** the site has signed who they are */
  known: z.boolean(),
  origin: z.string(),
})
export type ChatAtDesk = z.infer<typeof ChatAtDesk>
export const chatAtDesk = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/chat',
  z.strictObject({ conversationId: Id }),
  z.object({ chat: ChatAtDesk.nullable() }),
)

/** Scheme, host and port, as a browser says them. */
export const Origin = z
  .string()
  .trim()
  .max(300)
  .refine(text => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text)

const About = {
  name: z.string().trim().min(1).max(100),
  teamId: Id,
  origins: z.array(Origin).max(50),
  accent: Colour.nullable().default(null),
  phone: z.string().trim().max(40).nullable().default(null),
  phoneWords: z.string().trim().max(120).default(''),
}
export const ChatChannel = z.object({
  id: Id,
  key: z.string(),
  ...About,
  teamName: z.string(),
  secretMadeAt: Moment.nullable(),
  troubles: z.array(
    z.object({
      kind: z.enum(['identity-altered', 'identity-old', 'identity-broken', 'no-secret', 'foreign-origin']),
      origin: z.string(),
      times: z.int(),
      lastAt: Moment,
    }),
  ),
})
export type ChatChannel = z.infer<typeof ChatChannel>
export const chatChannels = endpoint(
  'GET',
  '/api/v1/chat-channels',
  z.strictObject({}),
  z.object({ channels: z.array(ChatChannel), script: z.string() }),
)
export const makeChatChannel = endpoint(
  'POST',
  '/api/v1/chat-channels',
  z.strictObject(About),
  z.object({ channelId: Id }),
)
export const changeChatChannel = endpoint(
  'PUT',
  '/api/v1/chat-channels/:channelId',
  z.strictObject({ channelId: Id, ...About }),
  Done,
)
export const removeChatChannel = endpoint(
  'DELETE',
  '/api/v1/chat-channels/:channelId',
  z.strictObject({ channelId: Id }),
  Done,
)
/** Shown this once; the one before is not accepted any more. */
export const makeChatSecret = endpoint(
  'POST',
  '/api/v1/chat-channels/:channelId/secret',
  z.strictObject({ channelId: Id }),
  z.object({ secret: z.string() }),
)
