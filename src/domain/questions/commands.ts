/** What people say and do about questions that come again: which are the same, what teaches them, who decides about the cause, and what was decided. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Outcome } from '../../contract/questions.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { inSightOf, type Member } from '../access/index.ts'
import { writeMoves } from '../promises/index.ts'
import { savedRepliesOf } from '../saved-replies/index.ts'
import { deciders, openDecision } from './queries.ts'
import {
  learn,
  lockQuestions,
  makeRecurring,
  openRecurring,
  putIntoRecurring,
  setDecision,
  setJudgement,
  setOutcome,
  setTeaching,
  takeTurn,
} from './tables.ts'

/** Both must be theirs to read. What was said before about the two is unlearned first. */
export async function judgeQuestions(
  tx: Tx,
  actor: Member,
  input: { conversationId: string; earlierId: string; same: boolean | null },
  now: Date,
): Promise<void> {
  const { conversationId, earlierId, same } = input
  await takeTurn(tx)
  const { rows } = await sql<{ id: string; teamId: string }>`select c.id, c.team_id from conversation c
    where c.id = any(${[conversationId, earlierId]}::uuid[]) and ${inSightOf(actor, 'c')}`.execute(tx)
  if (conversationId === earlierId || rows.length < 2) throw absent()
  const held = await lockQuestions(tx, [conversationId, earlierId])
  const [one, other] = [held.get(conversationId), held.get(earlierId)]
  if (!one || !other) throw absent()
  const before = await setJudgement(tx, [conversationId, earlierId], same, now)
  if (before === same) return
  const ofOne = new Set(one.features)
  const shared = other.features.filter(feature => ofOne.has(feature))
  if (before !== null) await learn(tx, shared, before, -1)
  if (same !== null) await learn(tx, shared, same, 1)
  if (same === false && one.recurringId && one.recurringId === other.recurringId)
    await putIntoRecurring(tx, [conversationId], null)
  else if (same !== false && one.teamId === other.teamId && one.recurringId === null)
    await putIntoRecurring(
      tx,
      [conversationId, earlierId],
      other.recurringId ?? (await makeRecurring(tx, one.teamId, now)),
    )
  await record(tx, {
    kind: 'question.judged',
    subjectId: conversationId,
    actorId: actor.personId,
    scopes: [...new Set(rows.map(row => row.teamId)), actor.personId],
    facts: { otherId: earlierId, same },
    at: now,
  })
}

export async function askForDecision(
  tx: Tx,
  actor: Member,
  input: { recurringId: string; byId: string; words: string; dueAt: string },
  now: Date,
): Promise<void> {
  const recurring = await openRecurring(tx, actor, input.recurringId)
  const dueAt = new Date(input.dueAt)
  if (dueAt <= now) throw new Refusal('time-passed', 422, { fields: [{ path: 'dueAt', says: 'lies in the past' }] })
  if (recurring.decisionId && (await openDecision(tx, recurring.decisionId))) throw new Refusal('decision-open', 409)
  const able = await deciders(tx, recurring.teamId, now)
  if (!able.some(person => person.id === input.byId)) throw new Refusal('no-decider', 422)
  const promise = {
    kind: 'decision',
    direction: 'inside',
    byPersonId: input.byId,
    byTeamId: recurring.teamId,
    toPersonId: actor.personId,
    words: input.words,
    automatic: false,
    dueAt,
    told: true,
    notedBy: actor.personId,
  } as const
  const entry = { conversationId: null, moves: { ends: [], makes: [promise] }, toldBy: null, at: now }
  const [[promiseId]] = (await writeMoves(tx, [entry])) as [[string]]
  await setDecision(tx, recurring.id, promiseId)
  await record(tx, {
    kind: 'question.decision-asked',
    subjectId: recurring.id,
    actorId: actor.personId,
    scopes: [recurring.teamId, input.byId, actor.personId],
    facts: { promiseId, byId: input.byId, dueAt: dueAt.toISOString() },
    at: now,
  })
}

/** Keeps the promise, late or in time: the ledger derives which. */
export async function decide(
  tx: Tx,
  actor: Member,
  input: { recurringId: string; outcome: z.infer<typeof Outcome>; words: string },
  now: Date,
): Promise<void> {
  const recurring = await openRecurring(tx, actor, input.recurringId)
  const open = recurring.decisionId ? await openDecision(tx, recurring.decisionId) : null
  if (!open) throw new Refusal('no-decision', 409)
  const leads = actor.roles.get(recurring.teamId) === 'lead'
  if (open.byPersonId !== actor.personId && !leads) throw new Refusal('not-yours', 403)
  const end = { id: open.id, how: 'kept', why: null } as const
  await writeMoves(tx, [{ conversationId: null, moves: { ends: [end], makes: [] }, toldBy: null, at: now }])
  await setOutcome(tx, recurring.id, input.outcome, input.words, now)
  await record(tx, {
    kind: 'question.decided',
    subjectId: recurring.id,
    actorId: actor.personId,
    scopes: [recurring.teamId, actor.personId, ...[open.byPersonId, open.toPersonId].filter(id => id !== null)],
    facts: { promiseId: open.id, outcome: input.outcome, toId: open.toPersonId, ended: [{ id: open.id }] },
    at: now,
  })
}

export async function teachWith(
  tx: Tx,
  actor: Member,
  input: { recurringId: string; savedReplyId: string | null },
  now: Date,
): Promise<void> {
  const recurring = await openRecurring(tx, actor, input.recurringId)
  if (input.savedReplyId && (await savedRepliesOf(tx, actor, input.savedReplyId)).length === 0) throw absent()
  await setTeaching(tx, recurring.id, input.savedReplyId)
  await record(tx, {
    kind: 'question.taught',
    subjectId: recurring.id,
    actorId: actor.personId,
    scopes: [recurring.teamId, actor.personId],
    facts: { savedReplyId: input.savedReplyId },
    at: now,
  })
}
