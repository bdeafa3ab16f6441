/** Today on a real database: what is mine to keep and cover counts alike everywhere, what waits beside it, the sum of the day, and nothing of a team one has left. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aToldDesk, type ToldDesk } from '../../../../test/told-desk.ts'

const hour = 3_600_000
let it: ToldDesk
beforeAll(async () => {
  // A Tuesday, eleven o'clock in Amsterdam.
  it = await aToldDesk({ now: new Date('2026-11-24T10:00:00Z') })
  await it.database.pool.query(
    `insert into installation (id, name, zone) values ($1, 'Lindqvist', 'Europe/Amsterdam')`,
    [randomUUIDv7()],
  )
})
afterAll(() => it.close())

const today = async (who: 'ana' | 'bram' = 'ana') => (await it.as(who)('GET', '/api/v1/today')).body
const run = (text: string, values: unknown[]) => it.database.pool.query(text, values)
const due = (promiseId: string, at: string) => run('update promise set due_at = $2 where id = $1', [promiseId, at])

test('the figures count what the list shows: mine, what nobody has while I answer, and those I cover', async () => {
  const [late, soon, tomorrow] = [await it.mine(), await it.mine(), await it.mine()]
  await due(late.promiseId, '2026-11-24T09:00:00Z')
  await due(soon.promiseId, '2026-11-24T22:59:00Z')
  // After midnight in Amsterdam, though not yet in Greenwich.
  await due(tomorrow.promiseId, '2026-11-24T23:01:00Z')
  const before = await today()
  expect([before.overdue, before.today, before.due.length]).toEqual([1, 1, 3])
  const nobodys = await it.mine(null)
  await run(`insert into duty values ($1, $2, $3, tstzrange($4, $5))`, [
    ...[randomUUIDv7(), it.team.id, it.ana.personId],
    ...['2026-11-24T08:00:00Z', '2026-11-24T18:00:00Z'],
  ])
  const brams = await it.mine(it.bram)
  await run(
    `insert into absence (id, person_id, deputy_id, during, created_at) values ($1, $2, $3, tstzrange($4, $5), now())`,
    [...[randomUUIDv7(), it.bram.personId, it.ana.personId], ...['2026-11-24T00:00:00Z', '2026-11-26T00:00:00Z']],
  )
  const covering = await today()
  const shown = covering.due.map((each: { conversation: { id: string } }) => each.conversation.id)
  expect(shown).toContain(nobodys.id)
  expect(shown).toContain(brams.id)
  expect([covering.overdue, covering.today]).toEqual([1, 3])
  const counted = (await it.as('ana')('GET', '/api/v1/conversations/counts')).body
  expect(counted.today).toBe(4)
})

test('who wrote back, who mentioned me and what I began stand there until they are seen, sent or out of sight', async () => {
  const one = await it.mine()
  const note = randomUUIDv7()
  await run(
    `insert into message (id, conversation_id, kind, author_id, at, body_text) values ($1, $2, 'note', $3, $4, 'Ana, is it in the van?')`,
    [note, one.id, it.bram.personId, it.clock.now],
  )
  await run('insert into mention values ($1, $2, $3, $4)', [note, one.id, it.ana.personId, it.clock.now])
  await run(
    `insert into draft (conversation_id, person_id, kind, body, seen_version, saved_at) values ($1, $2, 'reply', '<p>Dear <b>Inês</b>,</p>', 1, $3)`,
    [one.id, it.ana.personId, it.clock.now],
  )
  const about = (list: { conversation: { id: string } }[]) => list.filter(each => each.conversation.id === one.id)
  const view = await today()
  expect(about(view.replies)).toHaveLength(1)
  expect(about(view.mentions)).toMatchObject([{ by: { name: 'Bram' }, preview: 'Ana, is it in the van?' }])
  expect(about(view.drafts)).toMatchObject([{ kind: 'reply', preview: 'Dear Inês,' }])
  expect(about((await today('bram')).drafts)).toEqual([])
  await it.as('ana')('POST', `/api/v1/conversations/${one.id}/seen`, { version: 1 })
  expect(about((await today()).replies)).toEqual([])
})

test('the day is summed up from the ledger: kept, kept late, given a new time before it was due, and what stands this week', async () => {
  const four = [await it.mine(), await it.mine(), await it.mine(), await it.mine()]
  const end = async (at: number, how: string, endedAt: string, automatic = false) =>
    run(
      'update promise set ended_how = $2, ended_at = $3, automatic = $4, replaced_by = case when $2 = $5 then $6::uuid end where id = $1',
      [four[at]!.promiseId, how, endedAt, automatic, 'replaced', four[3]!.promiseId],
    )
  await run(`alter table promise disable trigger user`, [])
  await end(0, 'kept', '2026-11-24T09:30:00Z')
  await end(1, 'kept', '2026-11-23T22:59:00Z')
  await end(2, 'replaced', '2026-11-24T09:00:00Z')
  await run(`alter table promise enable trigger user`, [])
  await due(four[3]!.promiseId, '2026-11-27T12:00:00Z')
  const { summary } = await today()
  // What was kept yesterday, a minute before midnight here, is yesterday's.
  expect(summary).toMatchObject({ kept: 1, keptLate: 0, moved: 1, until: '2026-11-27T12:00:00.000Z' })
})

test('who left the team finds nothing of it: no promise, no figure, no reply, mention or draft', async () => {
  await run('delete from team_member where person_id = $1', [it.ana.personId])
  const view = await today()
  expect([view.due, view.theirs, view.replies, view.mentions, view.drafts]).toEqual([[], [], [], [], []])
  expect([view.overdue, view.today]).toEqual([0, 0])
  expect((await it.as('ana')('GET', '/api/v1/conversations/counts')).body.today).toBe(0)
  it.later(hour)
})
