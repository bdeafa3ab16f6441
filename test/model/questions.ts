/**
 * Questions that come again on a random day: noted, compared, told apart and together, their cause to be decided and decided.
 * Afterwards each stands once, what was learned is what is judged, and a decision is open exactly while its promise is.
 */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { askForDecision, decide, judgeQuestions } from '../../src/domain/questions/commands.ts'
import { noteQuestions } from '../../src/domain/questions/reader.ts'
import { sortSome } from '../../src/domain/questions/sorting.ts'
import { moveQuestions } from '../../src/domain/questions/tables.ts'
import { act, type Day, desk, hours, type Known, members } from './day.ts'

export const questioning = ['question', 'cause', 'decide-cause'] as const
export const isQuestioning = (kind: string): kind is (typeof questioning)[number] =>
  questioning.some(each => each === kind)

const begun = new WeakSet<Day>()

export async function questionStep(day: Day, kind: (typeof questioning)[number], it: Known, by: Member) {
  if (!begun.has(day)) {
    // The day before was cleared away as a whole, and nobody counted.
    await sql`truncate question_feature, question`.execute(desk.db)
    await sql`update question_count set questions = 0`.execute(desk.db)
    begun.add(day)
  }
  const steps = { question: judge, cause, 'decide-cause': answer }
  await steps[kind](day, it, by)
  await standsAsItShould()
}

async function judge(day: Day, it: Known, by: Member) {
  const other = day.chance.pick([...day.known.values()])
  const ids = [it.id, other.id]
  await act(async tx => {
    await noteQuestions(tx, ids)
    await moveQuestions(tx, ids)
  })
  while ((await sortSome(desk.db, desk.clock.now)) > 0);
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from question where conversation_id = any(${ids}::uuid[])`.execute(desk.db)
  const same = day.chance.pick([true, false, null])
  const judging = act(tx =>
    judgeQuestions(tx, by, { conversationId: it.id, earlierId: other.id, same }, desk.clock.now),
  )
  if (it.id === other.id || rows[0]!.n < 2) await expect(judging).rejects.toMatchObject({ code: 'absent' })
  else await judging
}

type Standing = { id: string; open: boolean }
async function anyRecurring(day: Day): Promise<Standing | null> {
  const { rows } = await sql<Standing>`select r.id, coalesce(p.ended_at is null and p.id is not null, false) as open
    from recurring_question r left join promise p on p.id = r.decision_id order by r.id`.execute(desk.db)
  return rows.length > 0 ? day.chance.pick(rows) : null
}

async function cause(day: Day, _: Known, by: Member) {
  const one = await anyRecurring(day)
  if (!one) return
  const input = {
    recurringId: one.id,
    byId: members[0].personId,
    words: 'say it in the mail',
    dueAt: hours(day.chance.pick([5, 90])),
  }
  const asking = act(tx => askForDecision(tx, by, input, desk.clock.now))
  if (one.open) await expect(asking).rejects.toMatchObject({ code: 'decision-open' })
  else await asking
}

async function answer(day: Day, _: Known, by: Member) {
  const one = await anyRecurring(day)
  if (!one) return
  const outcome = day.chance.pick(['fixed', 'taught', 'stays'] as const)
  const deciding = act(tx => decide(tx, by, { recurringId: one.id, outcome, words: 'so it is' }, desk.clock.now))
  if (!one.open) await expect(deciding).rejects.toMatchObject({ code: 'no-decision' })
  else if (by !== members[0]) await expect(deciding).rejects.toMatchObject({ code: 'not-yours' })
  else await deciding
}

async function standsAsItShould() {
  const { rows } = await sql<{ wrong: string }>`
    select 'counted otherwise than there are' as wrong where (select questions from question_count) <> (select count(*) from question)
    union all select 'features counted otherwise' where (select coalesce(sum(seen), 0) from question_feature) <> (select coalesce(sum(cardinality(features)), 0) from question)
    union all select 'a question of another team' where exists (select from question q join recurring_question r on r.id = q.recurring_id where r.team_id <> q.team_id)
    union all select 'decided and still promised' where exists (select from recurring_question r join promise p on p.id = r.decision_id where (r.answered_at is null) <> (p.ended_at is null))`.execute(
    desk.db,
  )
  expect(rows.map(row => row.wrong)).toEqual([])
}
