/** What an expert without an account may see by the link in their mail: the question's first words, who asked, and the time that stands. Nothing of the customer's conversation. */
import { sql } from 'kysely'
import type { AskState } from '../../contract/asks.ts'
import type { Db } from '../../platform/db/index.ts'
import { stateOf } from './rules.ts'
import { latestPromise } from './tables.ts'

export type AskOutside = {
  id: string
  words: string
  by: string
  state: AskState
  language: string | null
  /** the open promise of it: the asker's own until the expert named a time */
  promise: { id: string; dueAt: Date; named: boolean } | null
}

/** Null for who was not asked at that address. */
export async function askOutside(db: Db, askId: string, addressId: string): Promise<AskOutside | null> {
  const { rows } = await sql<{
    id: string
    words: string
    by: string
    language: string | null
    answeredAt: Date | null
    relayedAt: Date | null
    closedAt: Date | null
    promiseId: string | null
    dueAt: Date
    named: boolean
  }>`
    select a.id, a.words, b.name as by, e.language, a.answered_at, a.relayed_at, a.closed_at, p.id as promise_id, p.due_at, p.by_person_id = a.expert_id as named
    from ask a join person b on b.id = a.by_id join person e on e.id = a.expert_id left join promise p on p.id = ${latestPromise} and p.ended_at is null
    where a.id = ${askId}::uuid and a.address_id = ${addressId}::uuid`.execute(db)
  const row = rows[0]
  if (!row) return null
  const { id, words, by, language, promiseId, dueAt, named } = row
  return { id, words, by, language, state: stateOf(row), promise: promiseId ? { id: promiseId, dueAt, named } : null }
}
