/** Second factors: an authenticator, passkeys and recovery codes; the second step of signing in, and showing again who one is. */
import { z } from 'zod'
import { Done, endpoint, Id, Moment, Nothing } from './kit.ts'
import { Entered, Me } from './session.ts'

const Ticket = z.string().max(200)
const Code = z.string().trim().min(6).max(40)
/** What a browser is asked with, and what it answers (WebAuthn level 3, 5.8 and 5.9): made and read by the library on both sides. */
const Options = z.record(z.string(), z.unknown())
const Coded = z.string().max(20_000)
const about = {
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.literal('public-key'),
  authenticatorAttachment: z.string().max(40).nullish(),
  clientExtensionResults: z.record(z.string().max(60), z.unknown()).default({}),
}
export const PasskeyAnswer = z.strictObject({
  ...about,
  response: z.strictObject({
    clientDataJSON: Coded,
    authenticatorData: Coded,
    signature: Coded,
    userHandle: Coded.nullish(),
  }),
})
export const PasskeyMade = z.strictObject({
  ...about,
  response: z.strictObject({
    clientDataJSON: Coded,
    attestationObject: Coded,
    authenticatorData: Coded.optional(),
    transports: z.array(z.string().max(40)).max(20).optional(),
    publicKeyAlgorithm: z.number().optional(),
    publicKey: Coded.optional(),
  }),
})

// --- signing in
export const secondByCode = endpoint(
  'POST',
  '/api/v1/sign-in/second',
  z.strictObject({ ticket: Ticket, code: Code }),
  z.object({ me: Me }),
)
export const secondPasskeyOptions = endpoint(
  'POST',
  '/api/v1/sign-in/second/passkey/options',
  z.strictObject({ ticket: Ticket }),
  z.object({ options: Options }),
)
export const secondByPasskey = endpoint(
  'POST',
  '/api/v1/sign-in/second/passkey',
  z.strictObject({ ticket: Ticket, answer: PasskeyAnswer }),
  z.object({ me: Me }),
)
/** Without address and password: the passkey says who it is, and the device that it is them. */
export const passkeySignInOptions = endpoint(
  'POST',
  '/api/v1/sign-in/passkey/options',
  Nothing,
  z.object({ ticket: z.string(), options: Options }),
)
export const signInByPasskey = endpoint(
  'POST',
  '/api/v1/sign-in/passkey',
  z.strictObject({ ticket: Ticket, answer: PasskeyAnswer }),
  Entered,
)

// --- one's own factors
export const SecurityView = z.object({
  authenticator: z.object({ since: Moment }).nullable(),
  passkeys: z.array(z.object({ id: Id, name: z.string(), createdAt: Moment, lastUsedAt: Moment.nullable() })),
  /** recovery codes not used yet */
  codesLeft: z.number(),
  /** until when nothing more has to be shown; null: it has to */
  provedUntil: Moment.nullable(),
  /** over plain HTTP or an address of figures browsers offer no passkeys */
  passkeysWork: z.boolean(),
  /** a second factor is required of this member */
  required: z.boolean(),
})
export type SecurityView = z.infer<typeof SecurityView>
export const security = endpoint('GET', '/api/v1/me/security', Nothing, SecurityView)

/** The secret is shown until a code of it was confirmed; a new one replaces one that was not. */
export const beginAuthenticator = endpoint(
  'POST',
  '/api/v1/me/authenticator',
  Nothing,
  z.object({ secret: z.string(), uri: z.string() }),
)
/** With the first factor come recovery codes, which are shown this once. */
const Codes = z.array(z.string()).nullable()
export const confirmAuthenticator = endpoint(
  'POST',
  '/api/v1/me/authenticator/confirm',
  z.strictObject({ code: Code }),
  z.object({ codes: Codes }),
)
export const removeAuthenticator = endpoint('DELETE', '/api/v1/me/authenticator', Nothing, Done)
export const renewCodes = endpoint(
  'POST',
  '/api/v1/me/recovery-codes',
  Nothing,
  z.object({ codes: z.array(z.string()) }),
)

const PasskeyName = z.string().trim().min(1).max(60)
export const newPasskeyOptions = endpoint(
  'POST',
  '/api/v1/me/passkeys/options',
  Nothing,
  z.object({ ticket: z.string(), options: Options }),
)
export const addPasskey = endpoint(
  'POST',
  '/api/v1/me/passkeys',
  z.strictObject({ ticket: Ticket, name: PasskeyName, made: PasskeyMade }),
  z.object({ passkeyId: Id, codes: Codes }),
)
export const namePasskey = endpoint(
  'PUT',
  '/api/v1/me/passkeys/:passkeyId',
  z.strictObject({ passkeyId: Id, name: PasskeyName }),
  Done,
)
export const removePasskey = endpoint(
  'DELETE',
  '/api/v1/me/passkeys/:passkeyId',
  z.strictObject({ passkeyId: Id }),
  Done,
)

// --- showing again who one is, before something that matters
export const prove = endpoint(
  'POST',
  '/api/v1/me/prove',
  z.strictObject({ password: z.string().max(200).optional(), code: Code.optional() }),
  Done,
)
export const provePasskeyOptions = endpoint(
  'POST',
  '/api/v1/me/prove/passkey/options',
  Nothing,
  z.object({ ticket: z.string(), options: Options }),
)
export const proveByPasskey = endpoint(
  'POST',
  '/api/v1/me/prove/passkey',
  z.strictObject({ ticket: Ticket, answer: PasskeyAnswer }),
  Done,
)

// --- administrators
/** Takes every second factor of a member away and ends their sessions; they are told by mail. */
export const resetFactors = endpoint(
  'POST',
  '/api/v1/members/:memberId/second-factor/reset',
  z.strictObject({ memberId: Id }),
  Done,
)
export const Protection = z.object({ secondFactor: z.enum(['nobody', 'administrators', 'everyone']) })
export type Protection = z.infer<typeof Protection>
const ProtectionView = Protection.extend({
  /** how many of those with an open account have one, and how many there are */
  members: z.object({ with: z.number(), all: z.number() }),
  administrators: z.object({ with: z.number(), all: z.number() }),
})
export const protection = endpoint('GET', '/api/v1/protection', Nothing, ProtectionView)
/** Who is asked for one and has none sets it up at the next sign-in; sessions that are open go on. */
export const setProtection = endpoint('PUT', '/api/v1/protection', z.strictObject(Protection.shape), ProtectionView)
