/** Finds earlier questions like one, in the index. Shows nobody anything: whoever shows them asks what may be read. */
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import { firstLook, type Known, keysOf, type Match, type Seen, shownOf, weightsOf } from './likeness.ts'

/** So many are looked at; the rarest features lead to them. */
export const lookedAt = 450
/** So many of them are compared word for word. */
const compared = 24
/** Of so many it is asked whether they may be read: a team's are nearly all. */
const inDoubt = 80

export async function knownOf(db: Db, features: readonly number[]): Promise<Known> {
  const { rows } = await sql<{ questions: number; features: (Seen & { feature: number })[] | null }>`
    select questions, (select jsonb_agg(jsonb_build_array(feature, seen, same, apart)) from question_feature where feature = any(${features}::integer[])) as features
    from question_count`.execute(db)
  const row = rows[0]!
  const found = (row.features ?? []) as unknown as [number, number, number, number][]
  return {
    questions: row.questions,
    features: new Map(found.map(([feature, seen, same, apart]) => [feature, { seen, same, apart }])),
  }
}

export type Found = { id: string; features: number[]; recurringId: string | null; at: Date }

/** `within` speaks of `question q`. At most `lookedAt` are looked at, the newest of those that share what is rare. */
export async function candidatesFor(
  db: Db,
  features: readonly number[],
  known: Known,
  within: RawBuilder<unknown>,
): Promise<Found[]> {
  const keys = keysOf(features, known, lookedAt)
  if (keys.length === 0) return []
  const { rows } = await sql<{ id: string; features: string; recurringId: string | null; at: Date }>`
    with found as materialized (select q.conversation_id, q.features, q.recurring_id, q.at from question q where q.features && ${keys}::integer[] and ${within})
    select conversation_id as id, features::text as features, recurring_id, at from found order by at desc limit ${lookedAt}`.execute(
    db,
  )
  return rows.map(row => ({ ...row, features: numbersIn(row.features) }))
}

/** An array as PostgreSQL writes it; several times as quick as reading it as JSON. */
function numbersIn(written: string): number[] {
  const numbers: number[] = []
  let number = 0
  for (let at = 1; at < written.length; at++) {
    const digit = written.charCodeAt(at) - 48
    if (digit >= 0 && digit <= 9) number = number * 10 + digit
    else {
      numbers.push(number)
      number = 0
    }
  }
  return written.length > 2 ? numbers : []
}

/** The likeliest of them, the most alike first among rather different ones; `sight` leaves those that may be read. */
export async function likeliest(
  db: Db,
  asked: { features: readonly number[]; known: Known },
  found: readonly Found[],
  most: number,
  sight: ((ids: string[]) => Promise<ReadonlySet<string>>) | null = null,
): Promise<Match<Found>[]> {
  const { features, known } = asked
  const first = firstLook(weightsOf(features, known), found, sight ? inDoubt : compared)
  const seen = sight && first.length > 0 ? await sight(first.map(each => each.id)) : null
  const near = (seen ? first.filter(each => seen.has(each.id)) : first).slice(0, compared)
  if (near.length === 0) return []
  const all = [...new Set([...features, ...near.flatMap(each => each.features)])]
  const unknown = all.filter(feature => !known.features.has(feature))
  const more = await knownOf(db, unknown)
  const both = { questions: known.questions, features: new Map([...known.features, ...more.features]) }
  return shownOf(features, near, weightsOf(all, both), most)
}
