/** The sample on the real server: told by the product's commands, nothing of it leaves, and one click takes all of it away. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
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
} from '../../../test/people.ts'
import { readToTheEnd } from '../../../test/reading.ts'
import { seeWhatIsReal, writeInto } from '../../../test/sample-outside.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { openFiles } from '../../platform/files/index.ts'
import { silentLog } from '../../platform/log/log.ts'
import { startParser } from '../../platform/mail/reading/parser.ts'
import { systemActor } from '../access/index.ts'
import { changeMailbox } from '../channels/mailboxes/commands.ts'
import { communityReader, topicAt, topicsFor } from '../community/index.ts'
import { conversationRoutes } from '../conversations/index.ts'
import { mailboxForImport } from '../intake/import/mailbox.ts'
import { anybody, articleAt, knowledgeReader, newest, publicCategories } from '../knowledge/index.ts'
import { keepSample, type SampleParts, sampleRoutes } from './index.ts'

const nudges = {
  send: () => {},
  listen: () => ({ ring: () => new Promise<void>(go => setTimeout(go, 20)), close: () => {} }),
  stop: async () => {},
}
const parser = startParser({ children: 1 })
const folder = mkdtempSync(join(tmpdir(), 'pond-sample-'))
let desk: TestDesk
let parts: SampleParts
let administrator: TestMember
let cookie: string

beforeAll(async () => {
  desk = await aDesk({
    more: ({ app, access, database, baseUrl }) => {
      parts = {
        db: database.db,
        files: openFiles(folder),
        parser,
        log: silentLog(),
        nudges,
        baseUrl,
        keys: [Buffer.alloc(32, 7)],
      }
      sampleRoutes(app, { ...parts, rights: access.rights })
      conversationRoutes(app, { ...parts, rights: access.rights })
    },
  })
  const team = await aTeam(desk)
  administrator = await aMember(desk, { administrator: true, teams: { [team.id]: 'lead' } })
  await aConversation(desk, { team, owner: administrator })
  // Stands in for senders without an address; made once, by whatever mail comes first.
  await sql`with p as (insert into person (id, name) values (gen_random_uuid(), '?') returning id)
    insert into address (id, person_id, kind, written, normal) select gen_random_uuid(), id, 'mail', 'unknown@sender.invalid', 'unknown@sender.invalid' from p`.execute(
    desk.database.db,
  )
  cookie = await cookieOf(desk, administrator)
})
afterAll(async () => {
  await desk.close()
  await parser.stop()
  rmSync(folder, { recursive: true })
})

const call = (method: 'GET' | 'POST' | 'DELETE', path: string, say?: unknown) =>
  ask(desk, method, path, say, { cookie })
const rows = async <T>(query: ReturnType<typeof sql>) => (await query.execute(desk.database.db)).rows as T[]

/** How many rows each table has, without what says only that something happened. */
async function inventory(): Promise<Record<string, number>> {
  const tables = await rows<{ name: string }>(
    sql`select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  const counted: Record<string, number> = {}
  for (const { name } of tables.filter(each => each.name !== 'event' && each.name !== 'file')) {
    counted[name] = Number((await rows<{ n: number }>(sql`select count(*) as n from ${sql.table(name)}`))[0]!.n)
  }
  return counted
}

let before: Record<string, number>

test('an administrator adds it and finds promises late, soon, today and this week', { timeout: 60_000 }, async () => {
  before = await inventory()
  expect((await call('POST', '/api/v1/sample', {})).body).toEqual({ done: true })
  const counts = (await call('GET', '/api/v1/conversations/counts')).body
  expect(counts.unowned.count ?? counts.unowned).toBeGreaterThanOrEqual(3)
  const promises = await rows<{ minutes: number; words: string; kind: string }>(
    sql`select extract(epoch from due_at - now()) / 60 as minutes, words, kind from promise
      where by_person_id = ${administrator.personId} and ended_at is null and conversation_id in (select id from conversation where sample) order by due_at`,
  )
  const minutes = promises.map(each => Number(each.minutes))
  expect(minutes.filter(each => each < 0).length).toBe(2)
  expect(minutes.filter(each => each > 0 && each < 150).length).toBeGreaterThanOrEqual(2)
  expect(minutes.filter(each => each > 1000).length).toBeGreaterThanOrEqual(4)
  const states = await rows<{ state: string; n: number }>(
    sql`select state, count(*)::int as n from conversation where sample group by state`,
  )
  const by = Object.fromEntries(states.map(each => [each.state, each.n]))
  expect(by).toMatchObject({ pending: expect.any(Number), solved: expect.any(Number), closed: 2, spam: 1, aside: 1 })
  expect(by.open).toBeGreaterThanOrEqual(17)
  expect(by.pending).toBeGreaterThanOrEqual(4)
  expect((await rows(sql`select from delivery where became = 'quarantined'`)).length).toBe(1)
  expect((await rows(sql`select from delivery_report where hard`)).length).toBe(1)
})

test('every mail of it counts as sent and carries the mark of a mailbox that never sends', async () => {
  const outbox = await rows<{ state: string; n: number }>(
    sql`select state, count(*)::int as n from outbox group by state order by state`,
  )
  expect(outbox.find(each => each.state === 'sending')).toBeUndefined()
  expect(outbox.find(each => each.state === 'uncertain')?.n).toBe(1)
  expect(outbox.find(each => each.state === 'waiting')?.n).toBe(1)
  expect((await rows(sql`select from outbox o join mailbox m on m.id = o.mailbox_id where not m.sample`)).length).toBe(
    0,
  )
  expect(
    (await rows(sql`select from outbox where settled_at > now() - interval '5 minutes' and state = 'sent'`)).length,
  ).toBe(0)
})

test('whoever looks from outside finds articles and a community, and nothing of what is inside', async () => {
  const { db } = desk.database
  await readToTheEnd(
    desk.database,
    knowledgeReader(() => new Date()),
  )
  await readToTheEnd(
    desk.database,
    communityReader(() => new Date()),
  )
  expect((await publicCategories(db, anybody, 'de')).map(each => each.name)).toEqual([
    ...['Maschinen und Mühlen', 'Wasser', 'Bestellungen und Rechnungen'],
  ])
  const listed = (await newest(db, anybody, 'en')).map(each => each.title)
  expect(listed.length).toBe(6)
  expect(listed.join()).not.toMatch(/loan machine|filter fits/)
  const sieve = await articleAt(db, anybody, 'the-pressure-drops-when-both-groups-run')
  expect(sieve).toMatchObject({ held: 1, failed: 0 })
  const linked = await rows(sql`select from message where body_html like '%/the-pressure-drops-when-both-groups-run"%'`)
  expect(linked.length).toBe(1)
  expect((await articleAt(db, anybody, 'descale-your-machine'))!.editions.map(each => each.language)).toEqual([
    ...['de', 'en'],
  ])
  expect((await rows(sql`select from article_picture`)).length).toBe(1)
  expect(
    await rows(
      sql`select v.reviewer_id from article_version v where state = 'in-review' and reviewer_id = ${administrator.personId}`,
    ),
  ).toHaveLength(1)
  const { topics } = await topicsFor(db, { is: 'anybody' }, 'en')
  expect(topics.map(each => each.kind).sort()).toEqual([
    ...['discussion', 'practice', 'question', 'question', 'question'],
  ])
  expect(topics.filter(each => each.accepted).length).toBe(2)
  expect(topics.find(each => each.kind === 'practice')).toMatchObject({ worked: 2, likes: 3 })
  const burrs = topics.find(each => each.title.includes('burrs'))!
  const found = await topicAt(db, { is: 'anybody' }, 'en', burrs.number)
  const tie = { is: 'article', credits: { name: 'Kaito Mori', from: 'Kissa Mori' } }
  expect(found).toMatchObject({ page: { posts: [{ accepted: true, ties: [tie] }, { ties: [] }] } })
  const posts = await rows<{ state: string; waitsFor: string | null }>(
    sql`select state, waits_for from post where state <> 'standing'`,
  )
  expect(posts).toEqual([{ state: 'waiting', waitsFor: 'links' }])
  expect(await rows(sql`select from community_waiting union all select from topic_follow`)).toEqual([])
})

test('it is told in the past: nothing of it happened just now', async () => {
  const late = await rows(sql`select kind, at from event where scopes && (select array_agg(id) from team where sample)
    and kind <> 'team.changed' and kind <> 'message.sent' and at > now() - interval '5 minutes'`)
  expect(late).toEqual([])
})

test('a second one is refused; nobody else may add or remove it', async () => {
  expect((await call('POST', '/api/v1/sample', {})).body.code).toBe('sample-here')
  const other = await cookieOf(desk, await aMember(desk))
  expect((await ask(desk, 'DELETE', '/api/v1/sample', {}, { cookie: other })).status).toBe(403)
  expect((await ask(desk, 'POST', '/api/v1/sample', {})).status).toBe(401)
})

test('real mail finds no way into it: its mailbox is neither changed nor imported into', async () => {
  const box = (await rows<{ id: string; address: string }>(sql`select id, address from mailbox where sample`))[0]!
  const settings = { address: 'real@acme.example', fromName: 'Acme', teamId: '', aliases: [], receiveBy: 'listener' }
  const { db } = desk.database
  const changed = inTransaction(db, tx =>
    changeMailbox(tx, systemActor('test'), box.id, settings as never, {} as never, new Date()),
  )
  await expect(changed).rejects.toMatchObject({ code: 'sample-stays' })
  const imported = inTransaction(db, tx => mailboxForImport(tx, box.address, new Date()))
  await expect(imported).rejects.toMatchObject({ code: 'sample-stays' })
})

test('one click takes it away, and everything else is as it was', async () => {
  const after = {
    ...before,
    person: before.person! + 1,
    address: before.address! + 1,
    member: before.member! + 1,
    session: before.session! + 1,
    event_reader: before.event_reader! + 2,
  }
  const conversation = (
    await rows<{ id: string; version: number }>(
      sql`select id, version from conversation where sample and state = 'open' limit 1`,
    )
  )[0]!
  await call('POST', `/api/v1/conversations/${conversation.id}/notes`, { body: 'I am looking around.' })
  expect((await call('DELETE', '/api/v1/sample', {})).body).toEqual({ done: true })
  expect(await inventory()).toEqual(after)
  expect((await call('DELETE', '/api/v1/sample', {})).body).toEqual({ done: true })
})

test('a real conversation that somebody of the sample was given stays, and so does a team with a real mailbox', {
  timeout: 60_000,
}, async () => {
  await call('POST', '/api/v1/sample', {})
  const bram = (await rows<{ id: string }>(sql`select id from person where sample and name = 'Bram de Wit'`))[0]!
  const sampleTeam = (await rows<{ id: string }>(sql`select id from team where sample`))[0]!
  await sql`update conversation set owner_id = ${bram.id}::uuid where not sample`.execute(desk.database.db)
  await sql`insert into mailbox (id, team_id, address, normal, from_name, receive_by) values
    (gen_random_uuid(), ${sampleTeam.id}::uuid, 'real@acme.example', 'real@acme.example', 'Acme', 'import')`.execute(
    desk.database.db,
  )
  const customer = (await rows<{ id: string }>(sql`select customer_id as id from conversation where not sample`))[0]!.id
  await writeInto(desk, { customerId: customer, keeperId: bram.id, memberId: administrator.personId })
  expect((await call('DELETE', '/api/v1/sample', {})).status).toBe(200)
  await seeWhatIsReal(desk, administrator.personId)
  const [team] = await rows<{ sample: boolean; fallbackId: string }>(
    sql`select sample, fallback_id from team where id = ${sampleTeam.id}::uuid`,
  )
  expect(team).toEqual({ sample: false, fallbackId: administrator.personId })
  const left = await rows<{ ownerId: string | null }>(sql`select owner_id from conversation`)
  expect(left).toEqual([{ ownerId: null }])
  expect((await rows(sql`select from person where sample`)).length).toBe(0)
  await sql`delete from mailbox`.execute(desk.database.db)
})

test('started with the sample before anybody has an account, the first administrator takes the seat', {
  timeout: 60_000,
}, async () => {
  await sql`update member set administrator = false`.execute(desk.database.db)
  const kept = keepSample(parts, { add: true, clock: () => new Date() })
  await kept.ready
  const owned = () =>
    rows<{ n: number }>(
      sql`select count(*)::int as n from conversation where sample and owner_id = ${administrator.personId}::uuid`,
    )
  expect((await owned())[0]!.n).toBe(0)
  await sql`update member set administrator = true where person_id = ${administrator.personId}::uuid`.execute(
    desk.database.db,
  )
  for (let n = 0; n < 600 && (await owned())[0]!.n === 0; n++) await new Promise(resolve => setTimeout(resolve, 50))
  expect((await owned())[0]!.n).toBeGreaterThan(10)
  await kept.stop()
  expect((await call('DELETE', '/api/v1/sample', {})).status).toBe(200)
})
