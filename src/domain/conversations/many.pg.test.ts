/** Acts on many conversations, and taking them back: over HTTP on a real database. */
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { structureDesk } from '../../../test/structure-desk.ts'

const { desk, other, ana, bram, at, say, fresh, row, openKinds, reply } = await structureDesk()
afterAll(() => desk.close())

test('an act on many answers for each, and is taken back where nobody changed it since', async () => {
  const ids = [
    (await fresh()).id,
    (await fresh()).id,
    (await fresh({ owner: bram })).id,
    (await fresh({ team: other })).id,
  ]
  const own = await say('ana', 'POST', '/conversations/bulk', { ids, act: { is: 'own' } })
  expect(own.body.results.map((each: { code: string | null }) => each.code)).toEqual([
    null,
    null,
    'has-owner',
    'absent',
  ])
  const close = await say('ana', 'POST', '/conversations/bulk', {
    ids: ids.slice(0, 3),
    act: { is: 'close', because: 'thanks' },
  })
  expect(close.body.done).toBe(3)
  await say(
    'bram',
    'POST',
    `/conversations/${ids[1]}/replies`,
    reply('x@saudade.example', (await row(ids[1]!)).version),
  )
  expect((await say('bram', 'POST', `/acts/${close.body.undo}/undo`)).status).toBe(404)
  const undone = await say('ana', 'POST', `/acts/${close.body.undo}/undo`)
  expect(undone.body.done).toBe(2)
  expect(undone.body.results.find((each: { id: string }) => each.id === ids[1])).toMatchObject({
    code: 'changed-since',
  })
  expect(await row(ids[0]!)).toMatchObject({ state: 'open', ownerId: ana.personId })
  expect(await openKinds(ids[0]!)).toEqual(['reply'])
})

test('every act on many can be done and taken back', async () => {
  const { rows } = await sql<{
    id: string
  }>`insert into tag (id, name, normal) values (gen_random_uuid(), 'refund', 'refund') returning id`.execute(
    desk.database.db,
  )
  const acts = [
    ...[
      { is: 'own' },
      { is: 'assign', memberId: bram.personId },
      { is: 'move', toTeamId: other.id, reason: 'theirs' },
      { is: 'tag', tagId: rows[0]!.id },
    ],
    ...[
      { is: 'priority', priority: 2 },
      { is: 'close', because: 'thanks' },
      { is: 'snooze', until: at(20) },
      { is: 'spam' },
      { is: 'trash' },
      { is: 'follow' },
    ],
  ]
  const look = async (id: string) => {
    const [kinds, { rows }] = [
      await openKinds(id),
      await sql<
        Record<string, unknown>
      >`select state, owner_id, team_id, due_at, priority, closed_because, (select count(*) from conversation_tag t where t.conversation_id = c.id)::int as tags,
        (select count(*) from follower f where f.conversation_id = c.id)::int as follows from conversation c where id = ${id}::uuid`.execute(
        desk.database.db,
      ),
    ]
    return { kinds, ...rows[0] }
  }
  for (const act of acts) {
    const ids = [(await fresh()).id, (await fresh()).id]
    const before = await Promise.all(ids.map(look))
    const done = await say('bram', 'POST', '/conversations/bulk', { ids, act })
    expect([act.is, done.body.done]).toEqual([act.is, 2])
    expect(await Promise.all(ids.map(look))).not.toEqual(before)
    expect((await say('bram', 'POST', `/acts/${done.body.undo}/undo`)).body.done).toBe(2)
    expect([act.is, await Promise.all(ids.map(look))]).toEqual([act.is, before])
  }
})

test('two hundred are closed and opened again in a second or two', async () => {
  const ids = await Promise.all(Array.from({ length: 200 }, async () => (await fresh()).id))
  const from = performance.now()
  const done = await say('ana', 'POST', '/conversations/bulk', { ids, act: { is: 'close', because: 'thanks' } })
  const took = performance.now() - from
  expect(done.body.done).toBe(200)
  expect((await say('ana', 'POST', `/acts/${done.body.undo}/undo`)).body.done).toBe(200)
  console.info(`200 closed in ${Math.round(took)} ms`)
  expect(took).toBeLessThan(15_000)
})
