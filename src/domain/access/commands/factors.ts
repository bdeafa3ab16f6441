/** What members do with their own second factors, and showing again who they are before it. Refuses to change one for somebody who only found an open session. */
import type { z } from 'zod'
import type { PasskeyAnswer, PasskeyMade } from '../../../contract/security.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { addressOf } from '../../people/index.ts'
import type { Member } from '../actor.ts'
import { asAuthenticatorCode, newSecret, secretUri, stepOfCode } from '../codes.ts'
import type { AccessParts } from '../parts.ts'
import { askForAnswer, askForNew, passkeysWork, readNew } from '../passkeys.ts'
import { isProved } from '../rules.ts'
import { isPassword } from '../secrets.ts'
import * as rows from '../tables/factors.ts'
import { installation } from '../tables/installation.ts'
import { accountOf, openAccount } from '../tables/members.ts'
import { noteProof, openSessionsOf, provedAt } from '../tables/sessions.ts'
import { makeStep, stepBehind, takeChallenge } from '../tables/steps.ts'
import { forgive, passwordBucket, refuseTooMany, secondBucket } from '../tables/throttle.ts'
import { about, acceptCode, answered } from './second-step.ts'
import { tellOfFactor } from './telling.ts'

/** The door before everything that changes how somebody signs in. */
export async function needProof(on: Db | Tx, actor: Member, now: Date): Promise<void> {
  if (!isProved(await provedAt(on, actor.sessionId), now)) throw new Refusal('prove-again', 403)
}

export async function proveAgain(
  parts: AccessParts,
  actor: Member,
  input: { password?: string | undefined; code?: string | undefined },
  now: Date,
): Promise<void> {
  const { db } = parts
  const { personId } = actor
  if (input.password !== undefined) {
    await refuseTooMany(db, [passwordBucket(personId)], now)
    const account = await accountOf(db, personId)
    if (!(await isPassword(account?.passwordHash ?? null, input.password))) throw new Refusal('password-wrong', 403)
    await forgive(db, [passwordBucket(personId)])
  } else {
    await refuseTooMany(db, [secondBucket(personId)], now)
    const right = await inTransaction(db, tx => acceptCode(parts, tx, personId, input.code ?? '', now))
    if (right === null) throw new Refusal('code-wrong', 403)
    await forgive(db, [secondBucket(personId)])
  }
  await noteProof(db, actor.sessionId, now)
}

export async function provePasskeyOptions(parts: AccessParts, actor: Member, now: Date) {
  const options = await askForAnswer(parts.baseUrl, await rows.passkeysOf(parts.db, actor.personId), 'preferred')
  const { personId, sessionId } = actor
  const ticket = await makeStep(parts.db, { purpose: 'prove', personId, sessionId, challenge: options.challenge }, now)
  return { ticket, options: { ...options } }
}

export async function proveByPasskey(
  parts: AccessParts,
  actor: Member,
  input: { ticket: string; answer: z.output<typeof PasskeyAnswer> },
  now: Date,
): Promise<void> {
  await refuseTooMany(parts.db, [secondBucket(actor.personId)], now)
  const step = await ownStep(parts.db, actor, input.ticket, 'prove', now)
  const found = await answered(parts, step, input.answer, 'preferred')
  if (found?.passkey.personId !== actor.personId) throw new Refusal('passkey-wrong', 403)
  await inTransaction(parts.db, async tx => {
    if (!(await rows.notePasskeyUse(tx, found.passkey, found.counter, now))) throw new Refusal('passkey-wrong', 403)
    await noteProof(tx, actor.sessionId, now)
  })
  await forgive(parts.db, [secondBucket(actor.personId)])
}

async function ownStep(db: Db, actor: Member, ticket: string, purpose: 'prove' | 'register', now: Date) {
  const step = await stepBehind(db, ticket, purpose, now)
  if (step?.sessionId !== actor.sessionId) throw new Refusal('sign-in-over', 410)
  return step
}

export async function beginAuthenticator(parts: AccessParts, tx: Tx, actor: Member, now: Date) {
  await needProof(tx, actor, now)
  const { personId } = actor
  const secret = newSecret()
  if (!(await rows.keepSecret(tx, personId, parts.keys.seal(secret, about(personId)), now)))
    throw new Refusal('authenticator-there', 409)
  const address = await addressOf(tx, personId)
  const { name } = await installation(tx)
  return { secret, uri: secretUri(secret, { issuer: name, label: address?.written ?? actor.name }) }
}

export async function confirmAuthenticator(parts: AccessParts, actor: Member, typed: string, now: Date) {
  const { personId } = actor
  await refuseTooMany(parts.db, [secondBucket(personId)], now)
  const codes = await inTransaction(parts.db, async tx => {
    await needProof(tx, actor, now)
    await openAccount(tx, personId)
    const kept = await rows.authenticatorOf(tx, personId)
    if (!kept || kept.confirmedAt) throw new Refusal('no-authenticator-begun', 409)
    const code = asAuthenticatorCode(typed)
    const step = code === null ? null : stepOfCode(parts.keys.unseal(kept.secret, about(personId)), code, now)
    const first = (await rows.waysOf(tx, personId)).length === 0
    if (step === null || !(await rows.takeStep(tx, personId, step, now))) throw new Refusal('code-wrong', 403)
    return added(parts, tx, actor, 'authenticator', first, now)
  })
  await forgive(parts.db, [secondBucket(personId)])
  return { codes }
}

/** With the first factor come the codes for the day on which it is lost. */
async function added(
  parts: AccessParts,
  tx: Tx,
  actor: Member,
  is: 'authenticator' | 'passkey',
  first: boolean,
  now: Date,
): Promise<string[] | null> {
  const { personId } = actor
  await openSessionsOf(tx, personId)
  const told = { subjectId: personId, actorId: personId, scopes: [personId], at: now }
  await record(tx, { kind: 'member.factor-added', ...told, facts: { is } })
  await tellOfFactor(parts, tx, (await accountOf(tx, personId))!, 'factor-added', null, now)
  return first ? rows.makeCodes(tx, personId) : null
}

/** After the last one the recovery codes have nothing to recover. */
async function removed(parts: AccessParts, tx: Tx, actor: Member, is: 'authenticator' | 'passkey', now: Date) {
  const { personId } = actor
  if ((await rows.waysOf(tx, personId)).length === 0) await rows.dropCodes(tx, personId)
  const told = { subjectId: personId, actorId: personId, scopes: [personId], at: now }
  await record(tx, { kind: 'member.factor-removed', ...told, facts: { is } })
  await tellOfFactor(parts, tx, (await accountOf(tx, personId))!, 'factor-removed', null, now)
}

export async function removeAuthenticator(parts: AccessParts, tx: Tx, actor: Member, now: Date): Promise<void> {
  await needProof(tx, actor, now)
  await openAccount(tx, actor.personId)
  if (!(await rows.dropAuthenticator(tx, actor.personId))) throw absent()
  await removed(parts, tx, actor, 'authenticator', now)
}

export async function renewCodes(tx: Tx, actor: Member, now: Date): Promise<string[]> {
  await needProof(tx, actor, now)
  const { personId } = actor
  await openAccount(tx, personId)
  if ((await rows.waysOf(tx, personId)).length === 0) throw new Refusal('no-second-factor', 409)
  const told = { subjectId: personId, actorId: personId, scopes: [personId], at: now }
  await record(tx, { kind: 'member.codes-renewed', ...told, facts: {} })
  return rows.makeCodes(tx, personId)
}

const mostPasskeys = 20

export async function newPasskeyOptions(parts: AccessParts, actor: Member, now: Date) {
  const { db, baseUrl } = parts
  const { personId, sessionId } = actor
  await needProof(db, actor, now)
  if (!passkeysWork(baseUrl)) throw new Refusal('no-passkeys-here', 409)
  const kept = await rows.passkeysOf(db, personId)
  if (kept.length >= mostPasskeys) throw new Refusal('enough-passkeys', 409, { facts: { most: mostPasskeys } })
  const address = await addressOf(db, personId)
  const who = { personId, name: actor.name, address: address?.written ?? actor.name }
  const options = await askForNew(baseUrl, { ...who, installation: (await installation(db)).name }, kept)
  const ticket = await makeStep(db, { purpose: 'register', personId, sessionId, challenge: options.challenge }, now)
  return { ticket, options: { ...options } }
}

export async function addPasskey(
  parts: AccessParts,
  actor: Member,
  input: { ticket: string; name: string; made: z.output<typeof PasskeyMade> },
  now: Date,
) {
  const { db, baseUrl } = parts
  const { personId } = actor
  await needProof(db, actor, now)
  const step = await ownStep(db, actor, input.ticket, 'register', now)
  const challenge = await takeChallenge(db, step)
  const made = challenge === null ? null : await readNew(baseUrl, input.made, challenge)
  if (!made) throw new Refusal('passkey-wrong', 403)
  return inTransaction(db, async tx => {
    await openAccount(tx, personId)
    const first = (await rows.waysOf(tx, personId)).length === 0
    const passkeyId = await rows.keepPasskey(tx, { personId, ...made, name: input.name }, now)
    if (passkeyId === null) throw new Refusal('passkey-known', 409)
    return { passkeyId, codes: await added(parts, tx, actor, 'passkey', first, now) }
  })
}

export async function removePasskey(parts: AccessParts, tx: Tx, actor: Member, passkeyId: string, now: Date) {
  await needProof(tx, actor, now)
  await openAccount(tx, actor.personId)
  if ((await rows.dropPasskeys(tx, { personId: actor.personId, passkeyId })) === 0) throw absent()
  await removed(parts, tx, actor, 'passkey', now)
}

export async function namePasskey(tx: Tx, actor: Member, passkeyId: string, name: string, now: Date): Promise<void> {
  const { personId } = actor
  if (!(await rows.renamePasskey(tx, { personId, passkeyId }, name))) throw absent()
  const told = { subjectId: personId, actorId: personId, scopes: [personId], at: now }
  await record(tx, { kind: 'member.changed', ...told, facts: { passkey: true } })
}
