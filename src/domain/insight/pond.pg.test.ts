/** The pond and Insight over HTTP: who stands there, what is owed as far as one may know, and figures of one's own teams alone. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
import type { PondRow } from '../../contract/pond.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { countAllAnew, countDue, insightRoutes } from './index.ts'
import { pressing } from './pond.ts'

let desk: TestDesk
let [workshop, roastery]: TestTeam[] = []
let [ana, bram, boss, cleo]: TestMember[] = []
const cookies = new Map<TestMember, string>()
const hour = 3_600_000

beforeAll(async () => {
  desk = await aDesk({ more: desk => insightRoutes(desk.app, { db: desk.database.db, rights: desk.access.rights }) })
  await run(`insert into installation (id, name, zone) values (gen_random_uuid(), 'Lindqvist', 'Europe/Berlin')`)
  ;[workshop, roastery] = [await aTeam(desk, { name: 'Workshop' }), await aTeam(desk, { name: '=Roastery' })]
  ana = await aMember(desk, { name: 'Ana', teams: { [workshop!.id]: 'lead' } })
  bram = await aMember(desk, { name: 'Bram', teams: { [roastery!.id]: 'teammate' } })
  boss = await aMember(desk, { name: 'Boss', administrator: true })
  cleo = await aMember(desk, { name: 'Cleo', teams: { [workshop!.id]: 'colleague' } })
  for (const each of [ana, bram, boss, cleo]) cookies.set(each!, await cookieOf(desk, each!))
})
afterAll(() => desk.close())

const run = (text: string, values: unknown[] = []) => desk.database.pool.query(text, values)
const get = (as: TestMember | undefined, path: string, say?: object) =>
  ask(desk, 'GET', path, say, { cookie: cookies.get(as!)! })
const daysAgo = (days: number) => new Date(desk.clock.now.getTime() - days * 24 * hour)

async function related(
  of: { personId?: string; organisationId?: string },
  wishes: { days?: number; keeper?: TestMember; rhythm?: number } = {},
) {
  await run(
    'insert into relationship (id, person_id, organisation_id, keeper_id, rhythm_days, last_contact_at, since) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      randomUUIDv7(),
      of.personId ?? null,
      of.organisationId ?? null,
      wishes.keeper?.personId ?? null,
      wishes.rhythm ?? null,
      wishes.days === undefined ? null : daysAgo(wishes.days),
      daysAgo(400),
    ],
  )
}

async function aPerson(name: string): Promise<string> {
  const id = randomUUIDv7()
  await run('insert into person (id, name, created_at) values ($1, $2, now())', [id, name])
  return id
}

async function rowsFor(as: TestMember | undefined) {
  const { status, body } = await get(as, '/api/v1/pond')
  expect(status).toBe(200)
  return new Map((body.rows as PondRow[]).map(row => [row[2], row]))
}

test('what presses most is told: ours that is late before theirs, and nothing where nothing is owed', () => {
  expect(pressing(10, 5, 20)).toEqual({ owed: 0, due: 10 })
  expect(pressing(30, 5, 20)).toEqual({ owed: 1, due: 5 })
  expect(pressing(30, 40, 20)).toEqual({ owed: 2, due: 30 })
  expect(pressing(null, 40, 20)).toEqual({ owed: 3, due: 40 })
  expect(pressing(null, null, 20)).toEqual({ owed: 4, due: null })
})

test('an organisation stands for its people, but for those with a keeper of their own, and takes over their last contact', async () => {
  const lumi = randomUUIDv7()
  await run(`insert into organisation (id, name, about, created_at) values ($1, 'Kahvila Lumi', 'Turku', now())`, [
    lumi,
  ])
  const [aino, eero, suggested, gone] = [
    await aPerson('Aino'),
    await aPerson('Eero'),
    await aPerson('Sini'),
    await aPerson('Pekka'),
  ]
  for (const [person, left, hint] of [
    [aino, null, null],
    [eero, null, null],
    [suggested, null, daysAgo(1)],
    [gone, daysAgo(1), null],
  ] as const)
    await run(
      'insert into membership (person_id, organisation_id, since, left_at, suggested_at) values ($1, $2, $3, $4, $5)',
      [person, lumi, daysAgo(90), left, hint],
    )
  await related({ organisationId: lumi }, { days: 60, keeper: ana!, rhythm: 30 })
  await related({ personId: aino }, { days: 34 })
  await related({ personId: eero }, { days: 3, keeper: bram! })
  await related({ personId: suggested }, { days: 5 })
  await related({ personId: gone })
  const merged = await aPerson('Aino, twice')
  await run('update person set merged_into = $2 where id = $1', [merged, aino])
  await related({ personId: merged }, { days: 1 })
  const rows = await rowsFor(ana)
  expect([...rows.keys()].sort()).toEqual(['Eero', 'Kahvila Lumi', 'Pekka', 'Sini'])
  const minute = Math.floor(daysAgo(3).getTime() / 60_000)
  expect(rows.get('Kahvila Lumi')).toMatchObject([
    lumi,
    1,
    'Kahvila Lumi',
    minute,
    30,
    expect.any(Number),
    4,
    null,
    minute + 30 * 1440,
  ])
  expect(rows.get('Pekka')![3]).toBeNull()
  const one = await get(ana, `/api/v1/pond/${lumi}`)
  expect(one.body).toMatchObject({
    name: 'Kahvila Lumi',
    about: 'Turku',
    rhythmDays: 30,
    keeper: { name: 'Ana' },
    owed: [],
  })
  expect(one.body.people.map((each: { name: string }) => each.name)).toEqual(['Eero', 'Aino'])
  expect((await get(ana, `/api/v1/pond/${aino}`)).status).toBe(404)
})

test('what is owed shows to those who may read where it was promised, and to nobody else', async () => {
  const matter = await aConversation(desk, { team: roastery!, owner: bram! })
  await run('update person set name = $2 where id = $1', [matter.customerId, 'Tinto'])
  await related({ personId: matter.customerId }, { days: 4 })
  const owedTo = async (as: TestMember | undefined) => (await rowsFor(as)).get('Tinto')?.slice(6, 8)
  const due = Math.floor((desk.clock.now.getTime() + 4 * hour) / 60_000)
  expect(await owedTo(bram)).toEqual([2, due])
  expect(await owedTo(ana)).toEqual([4, null])
  expect((await get(bram, `/api/v1/pond/${matter.customerId}`)).body.owed).toHaveLength(1)
  expect((await get(ana, `/api/v1/pond/${matter.customerId}`)).body).toMatchObject({
    owed: [],
    lastBy: null,
    lastKind: null,
  })
  desk.clock.now = new Date(desk.clock.now.getTime() + 5 * hour)
  expect(await owedTo(bram)).toEqual([0, due])
  // A check-in is a reminder of ours: nobody waits for it.
  await run(
    `insert into promise (id, relationship_id, kind, direction, by_person_id, to_person_id, words, made_at, due_at)
      select $1, r.id, k.kind, 'ours', $2, r.person_id, '', now(), now() + interval '9 days' from relationship r, (values ($4)) k(kind) where r.person_id = $3`,
    [randomUUIDv7(), ana!.personId, matter.customerId, 'check-in'],
  )
  expect(await owedTo(ana)).toEqual([4, null])
  for (const [as, status] of [
    [boss, 403],
    [cleo, 403],
  ] as const) {
    expect((await get(as, '/api/v1/pond')).status).toBe(status)
    expect((await get(as, `/api/v1/pond/${matter.customerId}`)).status).toBe(status)
  }
})

test('figures are those of one’s own teams; of all teams for an administrator; of none for who serves nowhere', async () => {
  await aConversation(desk, { team: workshop! })
  await aConversation(desk, { team: workshop! })
  await aConversation(desk, { team: roastery! })
  await run('update message set at = (select opened_at from conversation c where c.id = message.conversation_id)')
  await inTransaction(desk.database.db, tx => countAllAnew(tx))
  expect((await get(ana, '/api/v1/insight/human')).body.counting).toBe(true)
  while ((await inTransaction(desk.database.db, countDue)) > 0);
  const begun = async (as: TestMember | undefined, say: object = {}) => {
    const { status, body } = await get(as, '/api/v1/insight/human', { days: '7', ...say })
    return status === 200 ? (body.figures.begun ?? 0) : status
  }
  const [ofWorkshop, ofRoastery] = [2, 2]
  expect(await begun(ana)).toBe(ofWorkshop)
  expect(await begun(bram)).toBe(ofRoastery)
  expect(await begun(boss)).toBe(ofWorkshop + ofRoastery)
  expect(await begun(boss, { teamId: workshop!.id })).toBe(ofWorkshop)
  expect(await begun(ana, { teamId: roastery!.id })).toBe(404)
  expect(await begun(ana, { teamId: randomUUIDv7() })).toBe(404)
  expect(await begun(cleo)).toBe(403)
  const { body } = await get(ana, '/api/v1/insight/human', { days: '7' })
  expect(body.counting).toBe(false)
  expect(body.series).toHaveLength(7)
  expect(
    body.series.reduce(
      (sum: number, { figures }: { figures: Record<string, number> }) => sum + (figures.begun ?? 0),
      0,
    ),
  ).toBe(2)
  const quiet = (await get(ana, '/api/v1/insight/quiet', { days: '365' })).body
  expect(quiet.figures).toMatchObject({ all: 1, past: 0, touched: 1, keeperless: 0 })
  expect((await get(boss, '/api/v1/insight/quiet', { days: '365' })).body.figures).toMatchObject({
    all: 5,
    never: 1,
    keeperless: 3,
  })
})

test('figures go along as a file for who was given it, no name of a team runs as a formula, and the log says so', async () => {
  expect((await get(bram, '/api/v1/insight/human/export', { days: '7' })).status).toBe(403)
  expect((await get(ana, '/api/v1/insight/human/export', { teamId: roastery!.id })).status).toBe(404)
  expect((await get(boss, '/api/v1/insight/nothing/export')).status).toBe(404)
  expect((await get(boss, '/api/v1/insight/human/export', { days: '8' })).status).toBe(400)
  expect((await get(boss, '/api/v1/insight/human', { to: '0001-01-05' })).status).toBe(400)
  expect((await get(boss, '/api/v1/insight/human', { from: '2199-12-31', to: '1990-01-01' })).status).toBe(200)
  const file = await get(boss, '/api/v1/insight/human/export', { days: '7' })
  expect(file.headers['content-type']).toContain('text/csv')
  const lines = file.text.split('\n')
  expect(lines[0]).toContain('from,by,team,begun')
  expect(file.text).toContain(",'=Roastery,")
  expect(lines.filter(line => line.includes('Workshop'))).toHaveLength(7)
  const { rows } = await run(`select facts from event where kind = 'export.made' order by seq desc limit 1`)
  expect(rows[0].facts).toMatchObject({ of: 'insight', page: 'human' })
})
