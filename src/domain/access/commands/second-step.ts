/** The second step of a sign-in: by a code of the authenticator, a recovery code or a passkey; and the passkey that signs in alone. Limits stand in the database. */
import type { z } from 'zod'
import type { PasskeyAnswer } from '../../../contract/security.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { asAuthenticatorCode, asRecoveryCode, stepOfCode } from '../codes.ts'
import type { AccessParts } from '../parts.ts'
import { askForAnswer, passkeysWork, readAnswer } from '../passkeys.ts'
import { isOpen } from '../rules.ts'
import {
  authenticatorOf,
  type KeptPasskey,
  notePasskeyUse,
  passkeyNamed,
  passkeysOf,
  takeCode,
  takeStep,
} from '../tables/factors.ts'
import { openAccount } from '../tables/members.ts'
import { makeStep, putChallenge, type Step, stepBehind, takeChallenge, takeStepRow } from '../tables/steps.ts'
import { forgive, linkBucket, refuseTooMany, secondBucket } from '../tables/throttle.ts'
import { comeIn, type From, type In, setPassword } from './sign-in.ts'

type Answer = z.output<typeof PasskeyAnswer>
export type By = 'authenticator' | 'recovery-code' | 'passkey'

/** The door of every code: right, of this member, and never accepted before. */
export async function acceptCode(
  parts: AccessParts,
  tx: Tx,
  personId: string,
  typed: string,
  now: Date,
): Promise<By | null> {
  const code = asAuthenticatorCode(typed)
  const kept = code === null ? null : await authenticatorOf(tx, personId)
  if (code !== null && kept?.confirmedAt) {
    const step = stepOfCode(parts.keys.unseal(kept.secret, about(personId)), code, now)
    return step !== null && (await takeStep(tx, personId, step, now)) ? 'authenticator' : null
  }
  const recovery = asRecoveryCode(typed)
  return recovery !== null && (await takeCode(tx, personId, recovery, now)) ? 'recovery-code' : null
}

/** What the sealed secret belongs to. */
export function about(personId: string): string {
  return `authenticator ${personId}`
}

export async function secondByCode(
  parts: AccessParts,
  input: { ticket: string; code: string },
  from: From,
  now: Date,
): Promise<In> {
  const step = await waiting(parts.db, input.ticket, from, now)
  return finish(parts.db, step, from, now, tx => acceptCode(parts, tx, step.personId, input.code, now), 'code-wrong')
}

export async function secondPasskeyOptions(parts: AccessParts, ticket: string, from: From, now: Date) {
  const step = await waiting(parts.db, ticket, from, now)
  const options = await askForAnswer(parts.baseUrl, await passkeysOf(parts.db, step.personId), 'preferred')
  await putChallenge(parts.db, step.id, options.challenge)
  return { options: { ...options } }
}

export async function secondByPasskey(
  parts: AccessParts,
  input: { ticket: string; answer: Answer },
  from: From,
  now: Date,
): Promise<In> {
  const step = await waiting(parts.db, input.ticket, from, now)
  const kept = await answered(parts, step, input.answer, 'preferred')
  const accept = async (tx: Tx) => {
    const known = kept?.passkey.personId === step.personId
    return known && (await notePasskeyUse(tx, kept.passkey, kept.counter, now)) ? ('passkey' as const) : null
  }
  return finish(parts.db, step, from, now, accept, 'passkey-wrong')
}

export async function passkeySignInOptions(parts: AccessParts, from: From, now: Date) {
  await refuseTooMany(parts.db, [linkBucket(from.ip)], now)
  if (!passkeysWork(parts.baseUrl)) throw new Refusal('no-passkeys-here', 409)
  const options = await askForAnswer(parts.baseUrl, [], 'required')
  const ticket = await makeStep(parts.db, { purpose: 'passkey', challenge: options.challenge }, now)
  return { ticket, options: { ...options } }
}

/** The device has made sure that it is them: that is both steps at once. */
export async function signInByPasskey(
  parts: AccessParts,
  input: { ticket: string; answer: Answer },
  from: From,
  now: Date,
): Promise<In> {
  await refuseTooMany(parts.db, [linkBucket(from.ip)], now)
  const step = await stepBehind(parts.db, input.ticket, 'passkey', now)
  if (!step) throw new Refusal('sign-in-over', 410)
  const kept = await answered(parts, step, input.answer, 'required')
  if (!kept) throw new Refusal('passkey-wrong', 403)
  return inTransaction(parts.db, async tx => {
    const account = await openAccount(tx, kept.passkey.personId)
    if (!account || !isOpen(account, now)) throw new Refusal('passkey-wrong', 403)
    if (!(await notePasskeyUse(tx, kept.passkey, kept.counter, now))) throw new Refusal('passkey-wrong', 403)
    return comeIn(tx, account.personId, from, { by: 'passkey', second: 'passkey' }, now)
  })
}

/** The passkey that answered, with its new counter. The question is gone afterwards, whatever the answer was. */
export async function answered(
  parts: AccessParts,
  step: Step,
  answer: Answer,
  verified: 'required' | 'preferred',
): Promise<{ passkey: KeptPasskey; counter: number } | null> {
  const challenge = await takeChallenge(parts.db, step)
  const passkey = await passkeyNamed(parts.db, answer.id)
  if (challenge === null || !passkey) return null
  const counter = await readAnswer(parts.baseUrl, { answer, challenge, kept: passkey, verified })
  return counter === null ? null : { passkey, counter }
}

type Waiting = Step & { personId: string }

async function waiting(db: Db, ticket: string, from: From, now: Date): Promise<Waiting> {
  await refuseTooMany(db, [linkBucket(from.ip)], now)
  const step = await stepBehind(db, ticket, 'second', now)
  if (!step?.personId) throw new Refusal('sign-in-over', 410)
  return step as Waiting
}

/** A wrong answer is written down and counts; a right one ends the step and opens the session. */
async function finish(
  db: Db,
  step: Waiting,
  from: From,
  now: Date,
  accept: (tx: Tx) => Promise<By | null>,
  wrong: string,
): Promise<In> {
  const { personId } = step
  await refuseTooMany(db, [secondBucket(personId)], now)
  const signedIn = await inTransaction(db, async tx => {
    const account = await openAccount(tx, personId)
    if (!account || !isOpen(account, now)) throw new Refusal('sign-in-over', 410)
    const second = await accept(tx)
    if (second === null) {
      const told = { subjectId: personId, actorId: personId, scopes: [personId], at: now }
      await record(tx, { kind: 'member.second-step-refused', ...told, facts: { network: from.ip } })
      return null
    }
    if (!(await takeStepRow(tx, step.id))) throw new Refusal('sign-in-over', 410)
    if (step.passwordHash !== null) await setPassword(tx, personId, step.passwordHash, null, now)
    return comeIn(tx, personId, from, { by: step.by ?? 'password', second }, now)
  })
  if (!signedIn) throw new Refusal(wrong, 403)
  await forgive(db, [secondBucket(personId)])
  return signedIn
}
