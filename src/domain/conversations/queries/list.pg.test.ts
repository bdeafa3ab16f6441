/** Lists on a real database: every order is walked page by page without a gap, filters refine a list, and what is snoozed waits. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  aConversation,
  aDesk,
  aMember,
  aTeam,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from '../../../../test/people.ts'
import type { Sort } from '../../../contract/conversations.ts'
import type { Member } from '../../access/index.ts'
import { counts } from './counts.ts'
import { list, patiently } from './list.ts'

let desk: TestDesk
let [here, there, apart]: TestTeam[] = []
let [ana, bram]: TestMember[] = []

beforeAll(async () => {
  desk = await aDesk()
  desk.clock.now = new Date('2026-11-24T09:00:00Z')
  here = await aTeam(desk, { name: 'Workshop' })
  there = await aTeam(desk, { name: 'Sales' })
  apart = await aTeam(desk, { name: 'Secret' })
  ana = await aMember(desk, { name: 'Ana', teams: { [here.id]: 'lead', [there.id]: 'colleague' } })
  bram = await aMember(desk, { name: 'Bram', teams: { [here.id]: 'teammate' } })
  const tag = randomUUIDv7()
  await sql`insert into tag (id, name, normal) values (${tag}, 'Refund', 'refund')`.execute(desk.database.db)
  for (let n = 0; n < 24; n++) {
    const team = n % 6 === 4 ? there : n % 6 === 5 ? apart : here
    const owner = team === apart ? null : n % 3 === 0 ? null : n % 2 ? ana : bram
    const made = await aConversation(desk, { team: team!, owner: team === there ? ana : owner, words: `matter ${n}` })
    // Equal times and equal priorities: only the id tells them apart.
    await sql`update conversation set priority = ${(n % 4) - 1}, last_ours = ${n % 3 === 0}, due_at = ${new Date(desk.clock.now.getTime() + (n % 5) * 3_600_000)}, last_at = ${new Date(desk.clock.now.getTime() - (n % 7) * 60_000)} where id = ${made.id}`.execute(
      desk.database.db,
    )
    if (n % 8 === 0)
      await sql`insert into conversation_tag values (${made.id}, ${tag}, null, now())`.execute(desk.database.db)
  }
})
afterAll(() => desk.close())

const asAna = (): Member => ({
  ...{ is: 'member', personId: ana!.personId, name: 'Ana', administrator: false, sessionId: '' },
  roles: new Map([
    [here!.id, 'lead'],
    [there!.id, 'colleague'],
  ]),
})
const ask = (more: Partial<Parameters<typeof list>[2]> = {}) =>
  list(desk.database.db, asAna(), { view: 'open', limit: 100, ...more }, desk.clock.now)
const subjects = async (more: Partial<Parameters<typeof list>[2]>) =>
  (await ask(more)).rows.map(row => row.subject).sort()

describe('a list', () => {
  test.for(['due', 'latest', 'oldest', 'priority', 'waiting'] as Sort[])(
    'by %s goes on where a page ended, without a gap or a double',
    async sort => {
      const whole = await ask({ sort })
      expect(whole.sort).toBe(sort)
      // All of the team one leads, and one's own where one is a colleague; nothing of the third.
      expect(whole.rows).toHaveLength(20)
      for (const more of [{}, { q: 'matter' }, { q: 'tag:refund' }, { q: 'owner:me' }, { teamId: here!.id }]) {
        const all = (await ask({ sort, ...more })).rows.map(row => row.id)
        const walked: string[] = []
        let after: string | undefined
        do {
          const page = await ask({ sort, ...more, limit: 3, after })
          walked.push(...page.rows.map(row => row.id))
          after = page.next ?? undefined
        } while (after)
        expect(walked, JSON.stringify(more)).toEqual(all)
      }
    },
  )

  test('is in the order it says', async () => {
    const keys: Record<Sort, (row: Awaited<ReturnType<typeof ask>>['rows'][number]) => (number | string)[]> = {
      due: row => [row.id],
      latest: row => [-Date.parse(row.lastAt)],
      oldest: row => [Date.parse(row.lastAt)],
      priority: row => [-row.priority],
      waiting: row => [Number(row.lastOurs), Date.parse(row.lastAt)],
    }
    for (const sort of ['latest', 'oldest', 'priority', 'waiting'] as const) {
      const got = (await ask({ sort })).rows.map(keys[sort])
      expect(got, sort).toEqual(
        [...got].sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1] ?? 0) - Number(b[1] ?? 0)),
      )
    }
  })

  test('that has no such order takes its own', async () => {
    expect((await ask({ view: 'closed', sort: 'priority' })).sort).toBe('latest')
    expect((await ask({ view: 'pending', sort: 'due' })).sort).toBe('due')
    expect((await ask({ view: 'all', q: 'is:open' })).sort).toBe('due')
  })

  test('is refined by what is typed; who names a state means that one', async () => {
    expect(await subjects({ q: 'tag:refund' })).toEqual(['matter 0', 'matter 16', 'matter 8'])
    expect(await subjects({ view: 'mine', q: 'tag:refund' })).toEqual(['matter 16'])
    expect(await subjects({ view: 'mine', q: 'is:pending' })).toEqual([])
    expect(await subjects({ view: 'pending', q: 'is:open tag:refund' })).toEqual(['matter 0', 'matter 16', 'matter 8'])
    expect((await ask({ q: 'tag:refunds' })).notUnderstood).toEqual([{ term: 'tag:refunds', why: 'unknown' }])
  })

  test('of another team is absent, and no filter leads there', async () => {
    await expect(ask({ teamId: apart!.id })).rejects.toMatchObject({ code: 'absent' })
    expect(await subjects({ q: 'team:secret' })).toEqual([])
    expect(await subjects({ q: '-team:secret "matter 5"' })).toEqual([])
    expect((await ask({ teamId: there!.id })).rows.map(row => row.owner?.name)).toEqual(['Ana', 'Ana', 'Ana', 'Ana'])
  })

  test('of mine leaves out what I snoozed until it comes back, and counts agree', async () => {
    const { rows } = await ask({ view: 'mine' })
    const before = await counts(desk.database.db, asAna(), desk.clock.now)
    expect(before.mine.count).toBe(rows.length)
    const until = new Date(desk.clock.now.getTime() + 3_600_000)
    await sql`insert into promise (id, conversation_id, kind, direction, by_person_id, to_person_id, words, made_at, due_at)
      values (${randomUUIDv7()}, ${rows[0]!.id}, 'reminder', 'inside', ${ana!.personId}, ${ana!.personId}, 'later', ${desk.clock.now}, ${until})`.execute(
      desk.database.db,
    )
    const now = await ask({ view: 'mine' })
    expect(now.rows).toHaveLength(rows.length - 1)
    expect((await counts(desk.database.db, asAna(), desk.clock.now)).mine.count).toBe(rows.length - 1)
    const snoozed = await ask({ view: 'mine', q: 'is:snoozed' })
    expect(snoozed.rows.map(row => [row.id, row.snoozedUntil])).toEqual([[rows[0]!.id, until.toISOString()]])
    const later = await list(desk.database.db, asAna(), { view: 'mine', limit: 100 }, new Date(until.getTime() + 1))
    expect(later.rows).toHaveLength(rows.length)
  })

  test('whose filter takes too long is refused with what helps', async () => {
    await expect(
      patiently(desk.database.db, async tx => {
        await sql`select set_config('statement_timeout', '20', true)`.execute(tx)
        await sql`select pg_sleep(5)`.execute(tx)
      }),
    ).rejects.toMatchObject({ code: 'filter-too-wide', status: 422 })
  })

  test('is asked with a place in another list, or with rubbish, and says so', async () => {
    for (const after of ['1.2.3', 'x', `1.${randomUUIDv7()}.2`, `5.6.${randomUUIDv7()}`])
      await expect(ask({ after })).rejects.toMatchObject({ code: 'bad-shape' })
  })
})
