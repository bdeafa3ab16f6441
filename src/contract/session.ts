/** Signing in, the first administrator, and one's own account. */
import { z } from 'zod'
import { Done, endpoint, Id, MailAddress, Moment, Nothing, Zone } from './kit.ts'
import { GrantName } from './rights.ts'

export const Password = z.string().min(10).max(200)
export const Role = z.enum(['lead', 'teammate', 'colleague', 'partner'])
export type Role = z.infer<typeof Role>

export const Me = z.object({
  id: Id,
  name: z.string(),
  address: z.string(),
  administrator: z.boolean(),
  language: z.string().nullable(),
  zone: z.string().nullable(),
  undoSeconds: z.number(),
  settings: z.record(z.string(), z.unknown()),
  /** what they were given in some team beyond what their role always may */
  may: z.array(GrantName),
  /** a second factor is set up */
  secondFactor: z.boolean(),
  /** nothing opens until one is */
  mustSetUp: z.boolean(),
  installation: z.object({
    name: z.string(),
    zone: z.string(),
    language: z.string(),
    sample: z.boolean(),
    plainHttp: z.boolean(),
    /** its own colour and picture, where it has some */
    accent: z.string().nullable(),
    logoId: Id.nullable(),
  }),
  teams: z.array(z.object({ id: Id, name: z.string(), role: Role, onDuty: z.boolean() })),
})
export type Me = z.infer<typeof Me>

/** What signing in ends with: one is in, or the second step follows, to be answered with the ticket within ten minutes. */
export const Second = z.object({
  ticket: z.string(),
  ways: z.array(z.enum(['authenticator', 'passkey', 'recovery-code'])),
})
export type Second = z.infer<typeof Second>
export const Entered = z.union([z.object({ me: Me }), z.object({ second: Second })])

/** What the sign-in page needs to know before anyone is known. */
export const welcome = endpoint(
  'GET',
  '/api/v1/welcome',
  Nothing,
  z.object({
    name: z.string(),
    language: z.string(),
    needsFirstAdministrator: z.boolean(),
    /** a passkey may sign in here */
    passkeys: z.boolean(),
    accent: z.string().nullable(),
    logoId: Id.nullable(),
  }),
)

/** What a one-time link is for; does not use it up. */
export const lookAtLink = endpoint(
  'POST',
  '/api/v1/links/look',
  z.strictObject({ token: z.string().max(200) }),
  z.object({
    purpose: z.enum(['first-administrator', 'sign-in', 'invitation', 'new-password', 'recovery']),
    name: z.string().nullable(),
    address: z.string().nullable(),
  }),
)

/** The first administrator: who they are, what the organisation is called; signs in. Makes the first team and calendar. */
export const becomeFirstAdministrator = endpoint(
  'POST',
  '/api/v1/first-administrator',
  z.strictObject({
    token: z.string().max(200),
    name: z.string().trim().min(1).max(300),
    address: MailAddress,
    password: Password,
    organisation: z.string().trim().min(1).max(200),
    zone: Zone,
    language: z.string().max(20).default('en'),
  }),
  z.object({ me: Me }),
)

/** Use a sign-in, invitation or new-password link; the latter two set a password. */
export const useLink = endpoint(
  'POST',
  '/api/v1/links/use',
  z.strictObject({ token: z.string().max(200), password: Password.optional() }),
  Entered,
)

export const signIn = endpoint(
  'POST',
  '/api/v1/sign-in',
  z.strictObject({ address: z.string().max(320), password: z.string().max(200) }),
  Entered,
)
/** Mails a one-time link; answers the same whether the address is known or not. */
export const askForLink = endpoint(
  'POST',
  '/api/v1/sign-in/link',
  z.strictObject({ address: z.string().max(320) }),
  Done,
)
export const signOut = endpoint('POST', '/api/v1/sign-out', Nothing, Done)
export const me = endpoint('GET', '/api/v1/me', Nothing, Me)
export const changeMe = endpoint(
  'PUT',
  '/api/v1/me',
  z.strictObject({
    name: z.string().trim().min(1).max(300).optional(),
    zone: Zone.nullable().optional(),
    language: z.string().max(20).nullable().optional(),
    undoSeconds: z.int().min(0).max(30).optional(),
    settings: z.record(z.string().max(60), z.union([z.string().max(200), z.number(), z.boolean()])).optional(),
  }),
  Me,
)
export const changePassword = endpoint(
  'PUT',
  '/api/v1/me/password',
  z.strictObject({ now: z.string().max(200), next: Password }),
  Done,
)

export const SessionView = z.object({
  id: Id,
  agent: z.string().nullable(),
  network: z.string().nullable(),
  createdAt: Moment,
  lastSeenAt: Moment,
  current: z.boolean(),
})
export const sessions = endpoint('GET', '/api/v1/me/sessions', Nothing, z.object({ sessions: z.array(SessionView) }))
export const endSession = endpoint('DELETE', '/api/v1/me/sessions/:sessionId', z.strictObject({ sessionId: Id }), Done)
