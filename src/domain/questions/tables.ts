/** All SQL that changes what is known about questions. Features are written once per question; a trigger takes what is gone out of their counts. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { type Actor, servesIn } from '../access/index.ts'

export type FreshQuestion = { conversationId: string; messageId: string; teamId: string; at: Date; features: number[] }

/** Written twice it stands once: features are counted for those alone that were not there. */
export async function insertQuestions(tx: Tx, questions: readonly FreshQuestion[]): Promise<void> {
  if (questions.length === 0) return
  const rows = questions.map(each => ({
    conversation_id: each.conversationId,
    message_id: each.messageId,
    team_id: each.teamId,
    at: each.at.toISOString(),
    features: `{${each.features.join(',')}}`,
  }))
  const { rows: fresh } = await sql<{ conversationId: string }>`
    insert into question (conversation_id, message_id, team_id, at, features)
    select conversation_id, message_id, team_id, at, features::integer[]
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as q(conversation_id uuid, message_id uuid, team_id uuid, at timestamptz, features text)
    on conflict (conversation_id) do nothing returning conversation_id`.execute(tx)
  if (fresh.length === 0) return
  const written = new Set(fresh.map(row => row.conversationId))
  const counts = new Map<number, number>()
  for (const each of questions)
    if (written.has(each.conversationId))
      for (const feature of each.features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  // In one order, so that two who write never wait for each other.
  await sql`insert into question_feature (feature, seen)
    select feature, seen from unnest(${[...counts.keys()]}::integer[], ${[...counts.values()]}::integer[]) as f(feature, seen) order by feature
    on conflict (feature) do update set seen = question_feature.seen + excluded.seen`.execute(tx)
  await sql`update question_count set questions = questions + ${fresh.length}`.execute(tx)
}

/** A question belongs to its conversation's team: in another it is compared anew. */
export async function moveQuestions(tx: Tx, conversationIds: readonly string[]): Promise<void> {
  await sql`update question q set team_id = c.team_id, recurring_id = null, sorted_at = null
    from conversation c where c.id = q.conversation_id and q.conversation_id = any(${conversationIds}::uuid[]) and q.team_id <> c.team_id`.execute(
    tx,
  )
}

export type Recurring = { id: string; teamId: string; decisionId: string | null; answeredAt: Date | null }

/** The only door to one: for who doesn't serve in its team there is none. */
export async function openRecurring(tx: Tx, actor: Actor, id: string): Promise<Recurring> {
  const { rows } =
    await sql<Recurring>`select id, team_id, decision_id, answered_at from recurring_question where id = ${id}::uuid for update`.execute(
      tx,
    )
  if (!rows[0] || !servesIn(actor, rows[0].teamId)) throw absent()
  return rows[0]
}

export async function putIntoRecurring(tx: Tx, conversationIds: readonly string[], recurringId: string | null) {
  await sql`update question set recurring_id = ${recurringId}::uuid where conversation_id = any(${conversationIds}::uuid[])`.execute(
    tx,
  )
}

export async function makeRecurring(tx: Tx, teamId: string, now: Date): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into recurring_question (id, team_id, made_at) values (${id}, ${teamId}, ${now})`.execute(tx)
  return id
}

export async function markSorted(tx: Tx, conversationId: string, now: Date): Promise<void> {
  await sql`update question set sorted_at = ${now} where conversation_id = ${conversationId}::uuid`.execute(tx)
}

/** Who puts questions together takes turns: two would make two of one. */
export async function takeTurn(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('questions', 0))`.execute(tx)
}

export type QuestionRow = { conversationId: string; teamId: string; recurringId: string | null; features: number[] }

export async function lockQuestions(tx: Tx, conversationIds: readonly string[]): Promise<Map<string, QuestionRow>> {
  const { rows } = await sql<QuestionRow>`select conversation_id, team_id, recurring_id, features from question
    where conversation_id = any(${conversationIds}::uuid[]) order by conversation_id for update`.execute(tx)
  return new Map(rows.map(row => [row.conversationId, row]))
}

/** Returns what was said before; null: nothing. */
export async function setJudgement(tx: Tx, pair: [string, string], same: boolean | null, now: Date) {
  const [one, other] = [...pair].sort() as [string, string]
  const { rows } = await sql<{ same: boolean }>`select same from question_judgement
    where conversation_id = ${one}::uuid and other_id = ${other}::uuid for update`.execute(tx)
  if (same === null)
    await sql`delete from question_judgement where conversation_id = ${one}::uuid and other_id = ${other}::uuid`.execute(
      tx,
    )
  else
    await sql`insert into question_judgement (conversation_id, other_id, same, at) values (${one}, ${other}, ${same}, ${now})
      on conflict (conversation_id, other_id) do update set same = excluded.same, at = excluded.at`.execute(tx)
  return rows[0]?.same ?? null
}

/** What two questions share was found in a pair that is the same, or is not; `by` -1 takes the lesson back. */
export async function learn(tx: Tx, features: readonly number[], same: boolean, by: 1 | -1): Promise<void> {
  const column = sql.ref(same ? 'same' : 'apart')
  await sql`update question_feature f set ${column} = greatest(0, f.${column} + ${by}::integer) from
    (select feature from question_feature where feature = any(${features}::integer[]) order by feature for update) l where f.feature = l.feature`.execute(
    tx,
  )
}

export async function setDecision(tx: Tx, id: string, promiseId: string): Promise<void> {
  await sql`update recurring_question set decision_id = ${promiseId}::uuid, outcome = null, outcome_words = null, answered_at = null
    where id = ${id}::uuid`.execute(tx)
}

export async function setOutcome(tx: Tx, id: string, outcome: string, words: string, now: Date): Promise<void> {
  await sql`update recurring_question set outcome = ${outcome}, outcome_words = ${words}, answered_at = ${now} where id = ${id}::uuid`.execute(
    tx,
  )
}

export async function setTeaching(tx: Tx, id: string, savedReplyId: string | null): Promise<void> {
  await sql`update recurring_question set saved_reply_id = ${savedReplyId}::uuid where id = ${id}::uuid`.execute(tx)
}
