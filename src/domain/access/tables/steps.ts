/** Steps that wait for an answer: the second one of a sign-in, and questions put to a passkey. Only the hash of a ticket is kept, and each is answered once. */
import { randomUUIDv7 } from 'node:crypto'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { minute } from '../rules.ts'
import { hashToken, newToken } from '../secrets.ts'

const livesFor = 10 * minute

export type Step = {
  id: string
  purpose: 'second' | 'passkey' | 'register' | 'prove'
  personId: string | null
  sessionId: string | null
  by: string | null
  passwordHash: string | null
}

/** Comes back as the ticket that answers it. */
export async function makeStep(
  on: Db | Tx,
  step: Pick<Step, 'purpose'> & Partial<Step> & { challenge?: string },
  now: Date,
): Promise<string> {
  const { token, tokenHash } = newToken()
  await on
    .insertInto('signInStep')
    .values({
      ...{ id: randomUUIDv7(), personId: null, sessionId: null, by: null, passwordHash: null, challenge: null },
      ...step,
      tokenHash,
      createdAt: now,
      expiresAt: new Date(now.getTime() + livesFor),
    })
    .execute()
  return token
}

const columns = ['id', 'purpose', 'personId', 'sessionId', 'by', 'passwordHash'] as const

export async function stepBehind(
  on: Db | Tx,
  ticket: string,
  purpose: Step['purpose'],
  now: Date,
): Promise<Step | null> {
  const row = await on
    .selectFrom('signInStep')
    .select(columns)
    .where('tokenHash', '=', hashToken(ticket))
    .where('purpose', '=', purpose)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
  return (row as Step | undefined) ?? null
}

/** The step is over; null: somebody else has answered it. */
export async function takeStepRow(tx: Tx, stepId: string): Promise<boolean> {
  return (await tx.deleteFrom('signInStep').where('id', '=', stepId).returning('id').execute()).length > 0
}

export async function putChallenge(on: Db | Tx, stepId: string, challenge: string): Promise<void> {
  await on.updateTable('signInStep').set({ challenge }).where('id', '=', stepId).execute()
}

/** A question is answered once, rightly or not. */
export async function takeChallenge(db: Db, step: Step): Promise<string | null> {
  return inTransaction(db, async tx => {
    const row = await tx
      .selectFrom('signInStep')
      .select('challenge')
      .where('id', '=', step.id)
      .forUpdate()
      .executeTakeFirst()
    if (step.purpose === 'second')
      await tx.updateTable('signInStep').set({ challenge: null }).where('id', '=', step.id).execute()
    else await tx.deleteFrom('signInStep').where('id', '=', step.id).execute()
    return row?.challenge ?? null
  })
}

export async function dropSteps(tx: Tx, personId: string): Promise<void> {
  await tx.deleteFrom('signInStep').where('personId', '=', personId).execute()
}
