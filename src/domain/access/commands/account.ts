/** What members do with their own account: name, settings, password, sessions. */
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { changePerson } from '../../people/index.ts'
import type { Member } from '../actor.ts'
import { hashPassword, isPassword } from '../secrets.ts'
import { accountOf, changeSettings, openAccount } from '../tables/members.ts'
import { endSessions } from '../tables/sessions.ts'
import { forgive, passwordBucket, refuseTooMany } from '../tables/throttle.ts'
import { refuseGuessable, setPassword } from './sign-in.ts'

export type AboutMe = {
  name?: string | undefined
  zone?: string | null | undefined
  language?: string | null | undefined
  undoSeconds?: number | undefined
  settings?: Record<string, string | number | boolean> | undefined
}

const mostSettings = 16_384

export async function changeMe(tx: Tx, actor: Member, change: AboutMe, now: Date): Promise<void> {
  await changePerson(tx, actor.personId, change)
  const { bytes } = await changeSettings(tx, actor.personId, change)
  if (bytes > mostSettings) throw new Refusal('settings-too-large', 413)
  const facts = { changed: Object.keys(change) }
  const scopes = change.name === undefined ? [actor.personId] : [actor.personId, ...actor.roles.keys()]
  const told = { subjectId: actor.personId, actorId: actor.personId, scopes, at: now }
  await record(tx, { kind: 'member.changed', ...told, facts })
}

export async function changePassword(
  db: Db,
  actor: Member,
  input: { now: string; next: string },
  now: Date,
): Promise<void> {
  await refuseTooMany(db, [passwordBucket(actor.personId)], now)
  const account = await accountOf(db, actor.personId)
  if (!(await isPassword(account?.passwordHash ?? null, input.now))) throw new Refusal('password-wrong', 403)
  if (input.now === input.next) throw new Refusal('password-same', 400)
  await refuseGuessable(db, actor.personId, input.next)
  const passwordHash = await hashPassword(input.next)
  await inTransaction(db, async tx => {
    const held = await openAccount(tx, actor.personId)
    // Another session was quicker: what was proved no longer counts.
    if (held?.passwordHash !== account?.passwordHash) throw new Refusal('password-wrong', 403)
    await setPassword(tx, actor.personId, passwordHash, actor.sessionId, now)
  })
  await forgive(db, [passwordBucket(actor.personId)])
}

export async function endOwnSession(tx: Tx, actor: Member, sessionId: string, now: Date): Promise<void> {
  const sessions = await endSessions(tx, { personId: actor.personId, sessionId }, now)
  if (sessions.length === 0) throw absent()
  const told = { subjectId: actor.personId, actorId: actor.personId, scopes: [actor.personId], at: now }
  await record(tx, { kind: 'member.session-ended', ...told, facts: { sessions } })
}
