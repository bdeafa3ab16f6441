/** Filters on a real database: every operator finds what it names, and nothing that the actor may not see has a name. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  aConversation,
  aDesk,
  aMailbox,
  aMember,
  aTeam,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from '../../../../test/people.ts'
import { operators, parseFilter } from '../../../contract/filter-text.ts'
import type { Role } from '../../../contract/session.ts'
import type { Member } from '../../access/index.ts'
import { resolveFilter, seenBy } from './filter.ts'

let desk: TestDesk
let [here, there]: TestTeam[] = []
let [ana, bram, cora]: TestMember[] = []
const at: Record<string, string> = {}

beforeAll(async () => {
  desk = await aDesk()
  desk.clock.now = new Date('2026-11-24T09:00:00Z')
  here = await aTeam(desk, { name: 'Workshop' })
  there = await aTeam(desk, { name: 'Sales' })
  ana = await aMember(desk, { name: 'Ana Kovačević', teams: { [here.id]: 'lead' } })
  bram = await aMember(desk, { name: 'Bram de Wit', address: 'bram@desk.example', teams: { [here.id]: 'teammate' } })
  cora = await aMember(desk, { name: 'Cora', teams: { [there.id]: 'teammate', [here.id]: 'colleague' } })
  const box = await aMailbox(desk, here)
  const make = async (name: string, wishes: Partial<Parameters<typeof aConversation>[1]> = {}) => {
    at[name] = (await aConversation(desk, { team: here!, words: name, ...wishes })).id
  }
  await make('fuse', { owner: ana, customer: 'ines@saudade.example', mailboxId: box.id })
  await make('price 100%', { owner: bram, customer: 'joost@koffie.example' })
  await make('nobody yet')
  await make('secret', { team: there, owner: cora })
  await make('given to cora', { owner: cora })
  const set = (name: string, change: ReturnType<typeof sql>) =>
    sql`update conversation set ${change} where id = ${at[name]!}`.execute(desk.database.db)
  await set(
    'fuse',
    sql`priority = 2, needed_by = '2026-11-25T10:00:00Z', language = 'pt-PT', last_at = '2026-10-01T12:00:00Z'`,
  )
  await set('price 100%', sql`due_at = '2026-11-24T08:00:00Z'`)
  const [refund, hidden] = [randomUUIDv7(), randomUUIDv7()]
  await sql`insert into tag (id, name, normal) values (${refund}, 'Two words', 'two words'), (${hidden}, 'Other', 'other')`.execute(
    desk.database.db,
  )
  await sql`insert into conversation_tag values (${at.fuse}, ${refund}, null, now())`.execute(desk.database.db)
  const [serial, weight, colour, red] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  await sql`insert into custom_field (id, name, kind, position, team_id) values (${serial}, 'Serial number', 'text', 1, null), (${weight}, 'Weight', 'number', 2, ${there.id})`.execute(
    desk.database.db,
  )
  await sql`insert into custom_field (id, name, kind, position, choices) values (${colour}, 'Hue', 'choice', 3, ${JSON.stringify([{ id: red, words: 'Deep red', archived: false }])}::jsonb)`.execute(
    desk.database.db,
  )
  await sql`insert into conversation_field values (${at['nobody yet']}, ${colour}, ${JSON.stringify(red)}::jsonb)`.execute(
    desk.database.db,
  )
  await sql`insert into conversation_field values (${at.fuse}, ${serial}, '"A12"')`.execute(desk.database.db)
  await sql`insert into follower values (${at.fuse}, ${bram.personId}, now())`.execute(desk.database.db)
  await sql`insert into draft (conversation_id, person_id, kind, body, seen_version, saved_at) values (${at.fuse}, ${ana.personId}, 'note', '', 1, now())`.execute(
    desk.database.db,
  )
})
afterAll(() => desk.close())

const actor = (who: TestMember, roles: [string, Role][]): Member => ({
  ...{ is: 'member', personId: who.personId, name: who.name, administrator: false, sessionId: '' },
  roles: new Map(roles),
})
const asAna = () => actor(ana!, [[here!.id, 'lead']])
const asCora = () =>
  actor(cora!, [
    [there!.id, 'teammate'],
    [here!.id, 'colleague'],
  ])

async function found(text: string, as = asAna()) {
  const filter = await resolveFilter(desk.database.db, as, parseFilter(text), desk.clock.now)
  const ask = (narrow: ReturnType<typeof sql>) =>
    sql<{
      subject: string
    }>`select c.subject from conversation c where ${seenBy(as)} and ${filter.where} ${narrow} order by c.subject`.execute(
      desk.database.db,
    )
  const { rows } = await ask(sql``)
  // What an index leaves holds all matches.
  for (const ids of filter.narrow) expect((await ask(sql`and c.id in (${ids})`)).rows, text).toEqual(rows)
  return { subjects: rows.map(row => row.subject), missed: filter.notUnderstood }
}

const all = ['fuse', 'given to cora', 'nobody yet', 'price 100%']

describe('a filter finds', () => {
  test.for([
    ['', all],
    ['is:open', all],
    ['is:pending', []],
    ['is:open is:pending is:unowned', ['nobody yet']],
    ['is:mine', ['fuse']],
    ['is:overdue', ['price 100%']],
    ['is:unseen -is:mine', ['given to cora', 'nobody yet', 'price 100%']],
    ['owner:me,nobody', ['fuse', 'nobody yet']],
    ['owner:me owner:"bram de wit"', ['fuse', 'price 100%']],
    ['owner:bram@desk.example', ['price 100%']],
    ['owner:wit', ['price 100%']],
    ['-owner:me', ['given to cora', 'nobody yet', 'price 100%']],
    ['team:workshop', all],
    ['tag:"TWO words"', ['fuse']],
    ['-tag:"two words" tag:other', []],
    ['priority:urgent', ['fuse']],
    ['priority:high+ priority:low', ['fuse']],
    ['priority:normal-', ['given to cora', 'nobody yet', 'price 100%']],
    ['from:ines@saudade.example', ['fuse']],
    ['from:@saudade.example,joost@koffie', ['fuse', 'price 100%']],
    ['customer:@koffie.example', ['price 100%']],
    ['to:joost@koffie.example', ['price 100%']],
    ['subject:"100%"', ['price 100%']],
    ['100% pr_ce', []],
    ['"given to" -nobody', ['given to cora']],
    ['has:draft', ['fuse']],
    ['has:attachment', []],
    ['channel:mail -channel:phone', all],
    ['language:pt', ['fuse']],
    ['before:2026-10-02 after:2026-09-30', ['fuse']],
    ['on:today -on:2026-10-01', ['given to cora', 'nobody yet', 'price 100%']],
    ['after:7d', ['given to cora', 'nobody yet', 'price 100%']],
    ['needed:tomorrow', ['fuse']],
    ['needed:none due:overdue', ['price 100%']],
    ['due:today', all],
    ['"serial number":a12', ['fuse']],
    ['"Hue":"deep RED"', ['nobody yet']],
    ['"Hue":blue', []],
    ['is:followed', []],
    ['is:mentioned', []],
    ['is:snoozed', []],
  ] as const)('%s', async ([text, subjects]) => {
    const { subjects: got, missed } = await found(text)
    expect(got).toEqual(subjects)
    expect(missed).toEqual([])
  })

  test('nothing under a name that nobody has, and says so', async () => {
    for (const name of [
      'tag:nosuch',
      'is:foo',
      'owner:zoe',
      'team:Nowhere',
      'has:cheese',
      'priority:huge',
      'from:zzz',
      'mailbox:x',
      '"Colour":red',
    ])
      expect(await found(name), name).toEqual({ subjects: [], missed: [{ term: name, why: 'unknown' }] })
    expect(await found('before:soon')).toEqual({ subjects: [], missed: [{ term: 'before:soon', why: 'no-day' }] })
    expect((await found('-tag:nosuch')).subjects).toEqual(all)
    expect(await found('tag:"two words",nosuch')).toEqual({
      subjects: ['fuse'],
      missed: [{ term: 'tag:nosuch', why: 'unknown' }],
    })
  })

  test('only what the actor may see, under names of what they may see', async () => {
    expect((await found('', asCora())).subjects).toEqual(['given to cora', 'secret'])
    expect((await found('-is:mine', asCora())).subjects).toEqual([])
    for (const name of ['team:Sales', '"Weight":5'])
      expect(await found(name), name).toEqual({ subjects: [], missed: [{ term: name, why: 'unknown' }] })
  })

  test('something or nothing, and never breaks, for any value of any operator', async () => {
    const values = [
      "'; drop table tag; --",
      '\\',
      '%',
      '{}',
      '[',
      '0',
      '99999999999999999999',
      '👩‍🚀',
      '\u202e',
      'null',
      'a'.repeat(300),
    ]
    for (const name of operators)
      for (const value of values) await found(`${name}:"${value.replace(/[\\"]/g, '\\$&')}"`)
    for (const value of values)
      await found(`"serial number":"${value.replace(/[\\"]/g, '\\$&')}" "${value.replace(/[\\"]/g, '\\$&')}"`)
  })
})
