/** Saved views on a real database: whose they are, who may change them, what they count; and two who take the next one at once. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noNudges } from '../../../test/desk.ts'
import {
  aConversation,
  aDesk,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from '../../../test/people.ts'
import { conversationRoutes } from '../conversations/index.ts'
import { viewRoutes } from './index.ts'

let desk: TestDesk
let [here, there]: TestTeam[] = []
let [ana, bram, cora]: TestMember[] = []
const cookies = new Map<TestMember, string>()
const views = '/api/v1/views'

beforeAll(async () => {
  desk = await aDesk({
    more: desk => {
      const parts = { db: desk.database.db, rights: desk.access.rights, files: desk.files, nudges: noNudges }
      conversationRoutes(desk.app, parts)
      viewRoutes(desk.app, parts)
    },
  })
  here = await aTeam(desk, { name: 'Workshop' })
  there = await aTeam(desk, { name: 'Sales' })
  ana = await aMember(desk, { name: 'Ana', teams: { [here.id]: 'lead' } })
  bram = await aMember(desk, { name: 'Bram', teams: { [here.id]: 'teammate' } })
  cora = await aMember(desk, { name: 'Cora', teams: { [there.id]: 'lead', [here.id]: 'colleague' } })
  for (const who of [ana, bram, cora]) cookies.set(who, await cookieOf(desk, who))
})
afterAll(() => desk.close())

const as = (who: TestMember | undefined) => (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, say?: unknown) =>
  ask(desk, method, path, say, { cookie: cookies.get(who!)! })
const save = async (who: TestMember | undefined, say: Record<string, unknown>) =>
  (await as(who)('POST', views, { sort: 'due', q: '', ...say })).body.view as { id: string; q: string }
const names = async (who: TestMember | undefined) =>
  (await as(who)('GET', views)).body.views.map((view: { name: string }) => view.name)
const countOf = async (who: TestMember | undefined, viewId: string) =>
  (await as(who)('GET', `${views}/counts`)).body.counts.find((each: { viewId: string }) => each.viewId === viewId)
    ?.count

describe('a saved view', () => {
  test('is one’s own, or a team’s and then of all who serve there', async () => {
    await save(bram, { name: 'Only mine', q: '  Tag:"x y"   hello ' })
    const shared = await save(ana, { name: 'Of the team', teamId: here!.id })
    expect(await names(bram)).toEqual(['Only mine', 'Of the team'])
    expect(await names(ana)).toEqual(['Of the team'])
    // A colleague does not serve there.
    expect(await names(cora)).toEqual([])
    expect((await as(cora)('PUT', `${views}/${shared.id}`, { name: 'x' })).status).toBe(404)
    expect((await as(bram)('PUT', `${views}/${shared.id}`, { name: 'x' })).body.code).toBe('not-yours')
    expect((await as(cora)('POST', views, { name: 'x', q: '', sort: 'due', teamId: here!.id })).status).toBe(404)
    expect((await as(bram)('GET', views)).body.views[0].q).toBe('tag:"x y" hello')
  })

  test('is changed by its maker and by the lead, and stands where it was put', async () => {
    const [one, two] = [await save(ana, { name: 'One' }), await save(ana, { name: 'Two' })]
    expect(await names(ana)).toEqual(['One', 'Two', 'Of the team'])
    expect((await as(ana)('POST', `${views}/order`, { viewIds: [two.id, one.id] })).status).toBe(200)
    expect(await names(ana)).toEqual(['Two', 'One', 'Of the team'])
    const changed = await as(ana)('PUT', `${views}/${one.id}`, {
      name: 'Eins',
      q: 'is:pending',
      columns: ['tags', 'owner'],
    })
    expect(changed.body.view).toMatchObject({
      name: 'Eins',
      q: 'is:pending',
      sort: 'due',
      columns: ['tags', 'owner'],
      mayChange: true,
    })
  })

  test('that was deleted is gone, and comes back for a day', async () => {
    const view = await save(ana, { name: 'Passing', teamId: here!.id })
    expect((await as(ana)('DELETE', `${views}/${view.id}`)).status).toBe(200)
    expect(await names(bram)).not.toContain('Passing')
    expect((await as(bram)('POST', `${views}/${view.id}/restore`, {})).body.code).toBe('not-yours')
    expect((await as(ana)('POST', `${views}/${view.id}/restore`, {})).status).toBe(200)
    expect(await names(bram)).toContain('Passing')
    await as(ana)('DELETE', `${views}/${view.id}`)
    const { now } = desk.clock
    desk.clock.now = new Date(now.getTime() + 86_400_001)
    cookies.set(ana!, await cookieOf(desk, ana!))
    expect((await as(ana)('POST', `${views}/${view.id}/restore`, {})).status).toBe(404)
    desk.clock.now = now
  })

  test('counts what each who sees it would find, whatever its filter rests on', async () => {
    const tag = randomUUIDv7()
    await sql`insert into tag (id, name, normal) values (${tag}, 'Refund', 'refund')`.execute(desk.database.db)
    for (let n = 0; n < 5; n++) {
      const made = await aConversation(desk, {
        team: n === 4 ? there! : here!,
        owner: n === 0 ? bram! : null,
        words: `refund ${n}`,
      })
      await sql`insert into conversation_tag values (${made.id}, ${tag}, null, now())`.execute(desk.database.db)
    }
    for (const [q, anas, brams] of [
      ['is:open', 4, 4],
      ['is:open owner:me', 0, 1],
      ['tag:refund', 4, 4],
      ['tag:refund is:unowned -refund', 0, 0],
      ['refund -owner:me', 4, 3],
      ['tag:nosuch', 0, 0],
      ['is:unseen', 4, 4],
    ] as const) {
      const view = await save(ana, { name: 'Count', q, teamId: here!.id })
      expect(await countOf(ana, view.id), q).toEqual({ count: anas, more: false })
      expect(await countOf(bram, view.id), q).toEqual({ count: brams, more: false })
    }
  })
})

describe('take next', () => {
  const take = async (who: TestMember | undefined) => (await as(who)('POST', '/api/v1/conversations/next', {})).body

  test('gives the most urgent first, and two who ask at once two different ones', async () => {
    const { db } = desk.database
    await sql`update conversation set state = 'aside', due_at = null`.execute(db)
    const made: string[] = []
    for (let n = 0; n < 6; n++) made.push((await aConversation(desk, { team: here! })).id)
    await sql`update conversation set priority = 2 where id = ${made[5]!}`.execute(db)
    await sql`update conversation set due_at = due_at - interval '1 hour' where id = ${made[3]!}`.execute(db)
    expect((await take(bram)).id).toBe(made[5])
    expect((await take(ana)).id).toBe(made[3])
    const both = await Promise.all([take(ana), take(bram), take(ana), take(bram)])
    expect(new Set(both.map(each => each.id)).size).toBe(4)
    expect(both.every(each => each.is === 'taken')).toBe(true)
    const { rows } = await sql<{
      owners: number
    }>`select count(distinct owner_id)::int as owners from conversation where id = any(${both.map(each => each.id)}::uuid[])`.execute(
      db,
    )
    expect(rows[0]!.owners).toBe(2)
    expect(await take(ana)).toEqual({ is: 'nothing', id: null, number: null })
  })

  test('gives nobody more than they shall have, nothing elsewhere, and nothing to who only helps', async () => {
    const { db } = desk.database
    for (let n = 0; n < 3; n++) await aConversation(desk, { team: here! })
    const { rows } = await sql<{
      open: number
    }>`select count(*)::int as open from conversation where owner_id = ${bram!.personId} and state = 'open'`.execute(db)
    await sql`update team_member set load_limit = ${rows[0]!.open + 1} where person_id = ${bram!.personId}`.execute(db)
    // Asking twice at once counts twice.
    const both = await Promise.all([take(bram), take(bram)])
    expect(both.map(each => each.is).sort()).toEqual(['full', 'taken'])
    expect((await take(cora)).is).toBe('nothing')
    await aConversation(desk, { team: there! })
    expect((await take(cora)).is).toBe('taken')
    expect((await take(cora)).is).toBe('nothing')
  })
})
