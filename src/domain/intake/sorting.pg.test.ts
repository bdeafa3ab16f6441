/** What comes in is sorted on a real database: rules, blocked senders, taught spam, and who gets what is new. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aDesk, keys, mail, noNudges } from '../../../test/desk.ts'
import { RuleActions, RuleConditions } from '../../contract/rules.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { silentLog } from '../../platform/log/log.ts'
import { startParser } from '../../platform/mail/reading/parser.ts'
import type { Member } from '../access/index.ts'
import { changeRule, makeRule, removeRule } from '../automation/commands.ts'
import { putAway, takeBack } from '../conversations/commands/put-away.ts'
import { blockSender, settleSpam } from '../spam/commands.ts'
import { teach } from '../spam/index.ts'
import { startIntake } from './index.ts'

let desk: Awaited<ReturnType<typeof aDesk>>
const billing = { id: randomUUIDv7(), cleo: randomUUIDv7(), tag: randomUUIDv7() }
let ana: Member
const act = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(desk.db, run)
const rows = async <T = Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  (await query.execute(desk.db)).rows as T[]
const one = async (id: string | null) => (await rows(sql`select * from conversation where id = ${id}::uuid`))[0]!
const aRule = (
  conditions: Partial<RuleConditions>,
  actions: Partial<RuleActions>,
  more: { teamId?: string; name?: string } = {},
) =>
  act(tx =>
    makeRule(
      tx,
      ana,
      {
        teamId: more.teamId ?? null,
        name: more.name ?? 'Rule',
        enabled: true,
        stops: false,
        conditions: RuleConditions.parse(conditions),
        actions: RuleActions.parse(actions),
      },
      desk.clock.now,
    ),
  )
const takeOne = async (...given: Parameters<typeof mail>) => (await desk.take(mail(...given)))[0]!.conversationId!

beforeAll(async () => {
  desk = await aDesk()
  const { world } = desk
  await sql`insert into person (id, name) values (${billing.cleo}, 'Cleo Adams')`.execute(desk.db)
  await sql`insert into member (person_id) values (${billing.cleo})`.execute(desk.db)
  await sql`insert into calendar (id, name, zone) select ${billing.id}, 'Billing', zone from calendar limit 1`.execute(
    desk.db,
  )
  await sql`insert into calendar_hours select ${billing.id}, d, 600, 1020 from generate_series(1, 5) d`.execute(desk.db)
  await sql`insert into team (id, name, fallback_id, calendar_id, reply_within) values (${billing.id}, 'Billing', ${billing.cleo}, ${billing.id}, 60)`.execute(
    desk.db,
  )
  await sql`insert into team_member (team_id, person_id, role) values (${billing.id}, ${billing.cleo}, 'teammate')`.execute(
    desk.db,
  )
  await sql`insert into tag (id, name, normal) values (${billing.tag}, 'invoice', 'invoice')`.execute(desk.db)
  ana = {
    is: 'member',
    personId: world.ana,
    name: 'Ana',
    administrator: true,
    sessionId: world.ana,
    roles: new Map([[world.team, 'lead']]),
  }
})
afterAll(() => desk.close())
beforeEach(async () => {
  await sql`truncate conversation, delivery, outbox, promise, message, event, rule, blocked_sender, spam_token, absence cascade`.execute(
    desk.db,
  )
  await sql`delete from address where normal not like '%lindqvist%'`.execute(desk.db)
  await sql`update team set assigns = 'off'`.execute(desk.db)
  await sql`update team_member set load_limit = null`.execute(desk.db)
  await sql`update sorting set version = version + 1, spam_above = 'usual', spam_upstream = false, spam_filter = true`.execute(
    desk.db,
  )
})

test('a rule gives a new mail its team, owner, tag and priority; promise and acknowledgement are theirs', async () => {
  const ruleId = await aRule(
    { words: ['invoice'] },
    { teamId: billing.id, ownerId: billing.cleo, tagIds: [billing.tag], priority: 1 },
  )
  const id = await takeOne({ subject: 'Your invoices' })
  expect(await one(id)).toMatchObject({ state: 'open', teamId: billing.id, ownerId: billing.cleo, priority: 1 })
  expect(await rows(sql`select by_person_id, by_team_id, due_at from promise`)).toEqual([
    { byPersonId: billing.cleo, byTeamId: billing.id, dueAt: new Date('2026-11-24T10:00:00Z') },
  ])
  const [outbox] = await rows<{ content: Record<string, unknown> }>(sql`select content from outbox`)
  expect(outbox!.content).toMatchObject({ team: 'Billing', owner: 'Cleo Adams', dueAt: '2026-11-24T10:00:00.000Z' })
  expect(await rows(sql`select tag_id from conversation_tag`)).toEqual([{ tagId: billing.tag }])
  expect(await rows(sql`select rule_id, conversation_id from rule_match`)).toEqual([{ ruleId, conversationId: id }])
  const events = await rows<{ kind: string; facts: Record<string, unknown>; scopes: string[] }>(
    sql`select kind, facts, scopes from event where subject_id = ${id}::uuid order by seq`,
  )
  expect(events.map(each => each.kind)).toEqual(['message.received', 'rule.applied', 'conversation.owned'])
  expect(events[1]!.facts).toMatchObject({ ruleId, teamId: billing.id, tagIds: [billing.tag], priority: 1 })
  expect(events.every(each => each.scopes.includes(billing.id))).toBe(true)
  // The next mail of that exchange is no new one: rules have nothing to say.
  await act(tx => sql`update conversation set priority = 0, owner_id = null where id = ${id}::uuid`.execute(tx))
  expect(await takeOne({ subject: 'Your invoices', more: [`References: ${await rfcOf(id)}`] })).toBe(id)
  expect(await one(id)).toMatchObject({ priority: 0, ownerId: null })
})

const rfcOf = async (id: string) =>
  `<${(await rows<{ rfcId: string }>(sql`select rfc_id from message where conversation_id = ${id}::uuid`))[0]!.rfcId}>`

test('aside: nobody is promised anything and nobody is told; when they write again it opens', async () => {
  await aRule({ from: ['saudade.example'] }, { aside: true })
  const id = await takeOne({ id: 'quiet' })
  expect(await one(id)).toMatchObject({ state: 'aside', dueAt: null })
  expect(await rows(sql`select from promise union all select from outbox`)).toEqual([])
  expect(await takeOne({ more: ['In-Reply-To: <quiet@saudade.example>'] })).toBe(id)
  expect(await one(id)).toMatchObject({ state: 'open' })
})

test('a rule is met by the next batch as soon as it was made, changed or removed; what it names may be gone', async () => {
  expect(await one(await takeOne())).toMatchObject({ teamId: desk.world.team })
  const ruleId = await aRule({ language: 'en' }, { teamId: billing.id, ownerId: billing.cleo })
  expect(await one(await takeOne())).toMatchObject({ teamId: billing.id, ownerId: billing.cleo })
  await sql`update member set disabled_at = now() where person_id = ${desk.world.bram}`.execute(desk.db)
  await act(tx => changeRule(tx, ana, { ruleId, enabled: false }, desk.clock.now))
  expect(await one(await takeOne())).toMatchObject({ teamId: desk.world.team })
  await act(tx => changeRule(tx, ana, { ruleId, enabled: true }, desk.clock.now))
  await sql`delete from team_member where person_id = ${billing.cleo}`.execute(desk.db)
  expect(await one(await takeOne())).toMatchObject({ teamId: billing.id, ownerId: null })
  await sql`update team set archived_at = now() where id = ${billing.id}`.execute(desk.db)
  expect(await one(await takeOne())).toMatchObject({ teamId: desk.world.team })
  await sql`update team set archived_at = null`.execute(desk.db)
  await sql`insert into team_member (team_id, person_id, role) values (${billing.id}, ${billing.cleo}, 'teammate')`.execute(
    desk.db,
  )
  await sql`update member set disabled_at = null`.execute(desk.db)
  await act(tx => removeRule(tx, ana, ruleId, desk.clock.now))
  expect(await one(await takeOne())).toMatchObject({ teamId: desk.world.team })
})

test("a lead's rule works in their own team, and moves nothing to one they do not lead", async () => {
  const lead = { ...ana, administrator: false }
  const about = { name: 'Mine', enabled: true, stops: false, conditions: RuleConditions.parse({ language: 'en' }) }
  const make = (teamId: string | null, actions: Partial<RuleActions>) =>
    act(tx => makeRule(tx, lead, { ...about, teamId, actions: RuleActions.parse(actions) }, desk.clock.now))
  await expect(make(null, { aside: true })).rejects.toMatchObject({ code: 'not-yours' })
  await expect(make(billing.id, { aside: true })).rejects.toMatchObject({ code: 'absent' })
  await expect(make(desk.world.team, { teamId: billing.id })).rejects.toMatchObject({ code: 'rule-moves-away' })
  await expect(make(desk.world.team, { ownerId: billing.cleo })).rejects.toMatchObject({ code: 'not-in-team' })
  await expect(make(desk.world.team, {})).rejects.toMatchObject({ code: 'rule-does-nothing' })
  await make(desk.world.team, { priority: 2 })
  expect(await one(await takeOne())).toMatchObject({ priority: 2 })
})

test('a blocked sender goes to spam, told nothing, with the reason; an exchange that runs stays as it is', async () => {
  const before = await takeOne({ id: 'before' })
  await act(tx => blockSender(tx, ana, { sender: 'saudade.example', teamId: desk.world.team }, desk.clock.now))
  const sent = (await rows(sql`select from outbox`)).length
  const after = await takeOne({ from: 'Rui <rui@mail.saudade.example>' })
  expect(await one(after)).toMatchObject({ state: 'spam', dueAt: null })
  const again = await takeOne({ more: ['In-Reply-To: <before@saudade.example>'] })
  expect(await one(again)).toMatchObject({ state: 'spam', previousId: before })
  expect(await one(before)).toMatchObject({ state: 'open', version: 1 })
  expect((await rows(sql`select from outbox`)).length).toBe(sent)
  expect((await rows(sql`select why from spam_verdict`)).map(each => each.why)).toEqual(['blocked', 'blocked'])
  expect((await rows(sql`select from delivery where became = 'message'`)).length).toBe(3)
  expect(await one(await takeOne({ from: 'x@notsaudade.example' }))).toMatchObject({ state: 'open' })
  await act(tx => takeBack(tx, ana, after, desk.clock.now))
  expect(await one(after)).toMatchObject({ state: 'open' })
  for (const sender of ['gmail.com', 'ana@lindqvist.example', 'lindqvist.example', 'nonsense'])
    await expect(
      act(tx => blockSender(tx, ana, { sender, teamId: null }, desk.clock.now)),
      sender,
    ).rejects.toMatchObject({ code: expect.stringMatching(/everybodys-domain|blocks-ourselves|sender-unreadable/) })
})

const pills = (n: number) => ({
  from: `Shop ${n} <s${n}@pills${n}.example>`,
  subject: `Cheap pills ${n}`,
  text: `Buy cheap pills without prescription, discount ${n}. Order now at https://pills.example/order`,
})
const real = (n: number) => ({
  from: `Guest ${n} <g${n}@home${n}.example>`,
  subject: `Machine ${n} leaks`,
  text: `Good morning, our espresso machine number ${n} leaks water since yesterday. Could somebody come and repair it?`,
})

test('spam is learned by the act, arrives in spam with the words that told it, and what was taught is forgotten exactly', async () => {
  const spam: string[] = []
  for (let n = 0; n < 20; n++) spam.push(await takeOne(pills(n)))
  for (let n = 0; n < 20; n++) {
    const id = await takeOne(real(n))
    await act(tx => teach(tx, { conversationId: id, act: 'out of spam', byId: desk.world.ana }, desk.clock.now))
  }
  for (const id of spam.slice(0, 19))
    await act(tx => putAway(tx, ana, { conversationId: id, as: 'spam' }, desk.clock.now))
  // One short of twenty: nothing is judged yet.
  expect(await one(await takeOne(pills(90)))).toMatchObject({ state: 'open' })
  const print = () => rows(sql`select token, spam, ham from spam_token order by token`)
  const before = await print()
  await act(tx => putAway(tx, ana, { conversationId: spam[19]!, as: 'spam' }, desk.clock.now))
  await act(tx => takeBack(tx, ana, spam[19]!, desk.clock.now))
  expect(await print()).toEqual(before)
  await act(tx => putAway(tx, ana, { conversationId: spam[19]!, as: 'spam' }, desk.clock.now))
  const sent = (await rows(sql`select from outbox`)).length
  const caught = await takeOne(pills(91))
  expect(await one(caught)).toMatchObject({ state: 'spam' })
  expect((await rows(sql`select from outbox`)).length).toBe(sent)
  const [verdict] = await rows<{ why: string; words: string[] }>(sql`select * from spam_verdict`)
  expect(verdict!.why).toBe('taught')
  expect(verdict!.words.join(' ')).toMatch(/pills|cheap|prescription/)
  expect(await one(await takeOne(real(91)))).toMatchObject({ state: 'open' })
  // Whom we have answered is never taken for spam, whatever they write.
  const { personId } = (
    await rows<{ personId: string }>(sql`select person_id from address where normal = 'g91@home91.example'`)
  )[0]!
  await sql`insert into message (id, conversation_id, kind, author_id, at, body_text) select ${randomUUIDv7()}, id, 'reply', ${desk.world.ana}, now(), 'Gladly'
    from conversation where customer_id = ${personId}`.execute(desk.db)
  expect(await one(await takeOne({ ...pills(92), from: 'g91@home91.example' }))).toMatchObject({ state: 'open' })
  // Taken back, it teaches the other way.
  await act(tx => takeBack(tx, ana, caught, desk.clock.now))
  expect(await one(caught)).toMatchObject({ state: 'open' })
  expect(await rows(sql`select spam, ham from spam_token where token = ''`)).toEqual([{ spam: 20, ham: 21 }])
  await act(tx => settleSpam(tx, ana, { filter: false }, desk.clock.now))
  expect(await one(await takeOne(pills(93)))).toMatchObject({ state: 'open' })
})

test('what the server before us calls spam is believed only when asked to, and only above its own hand-over', async () => {
  const flag = 'X-Spam-Flag: YES'
  const hop = 'Received: from far by mx.lindqvist.example; Tue, 24 Nov 2026 08:59:00 +0000'
  const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n${mail()}`
  const state = async (raw: string) => (await one((await desk.take(raw))[0]!.conversationId)).state
  expect(await state(head(flag, hop))).toBe('open')
  await act(tx => settleSpam(tx, ana, { upstream: true }, desk.clock.now))
  expect(await state(head(flag, hop))).toBe('spam')
  expect(await state(head(hop, flag))).toBe('open')
  expect(await state(head(flag))).toBe('open')
  expect(await state(head('X-Spam-Flag: NO', hop))).toBe('open')
})

test('what is new goes to the least loaded who is here, never beyond a limit, also when two processes take mail in at once', async () => {
  await sql`update team set assigns = 'least-loaded' where id = ${desk.world.team}`.execute(desk.db)
  await sql`update team_member set load_limit = 4 where person_id = ${desk.world.ana}`.execute(desk.db)
  await sql`update team_member set load_limit = 5 where person_id = ${desk.world.bram}`.execute(desk.db)
  const parser = startParser({ children: 1 })
  const other = startIntake({
    ...{ db: desk.db, files: desk.files, parser, log: silentLog(), nudges: noNudges, keys },
    clock: () => desk.clock.now,
  })
  const arrived = () => ({
    ...{ mailboxId: desk.world.mailbox, source: 'listener' as const, arrivedAt: desk.clock.now, backlog: false },
    raw: Buffer.from(mail()),
  })
  try {
    await Promise.all(
      [desk.intake, other].flatMap(intake => [1, 2, 3].map(() => intake.takeIn([arrived(), arrived()]))),
    )
  } finally {
    await parser.stop()
  }
  const owned = async () =>
    Object.fromEntries(
      (
        await rows<{ name: string; n: number }>(
          sql`select coalesce(p.name, '–') as name, count(*)::int as n from conversation c left join person p on p.id = c.owner_id group by 1`,
        )
      ).map(each => [each.name, each.n]),
    )
  expect(await owned()).toEqual({ 'Ana Kovačević': 4, 'Bram de Wit': 5, '–': 3 })
  await sql`insert into absence (id, person_id, during, created_at) values (${randomUUIDv7()}, ${desk.world.bram}, tstzrange('2026-11-20', '2026-11-30'), now())`.execute(
    desk.db,
  )
  await sql`update team_member set load_limit = null`.execute(desk.db)
  expect(await one(await takeOne())).toMatchObject({ ownerId: desk.world.ana })
})

test('while an owner is away the acknowledgement names who answers, and the matter stays theirs', async () => {
  await aRule({ words: ['grinder'] }, { ownerId: desk.world.bram })
  await sql`insert into absence (id, person_id, deputy_id, during, created_at)
    values (${randomUUIDv7()}, ${desk.world.bram}, ${desk.world.ana}, tstzrange('2026-11-20', '2026-11-30'), now())`.execute(
    desk.db,
  )
  expect(await one(await takeOne({ subject: 'The grinder hums' }))).toMatchObject({ ownerId: desk.world.bram })
  const [outbox] = await rows<{ content: Record<string, unknown> }>(sql`select content from outbox`)
  expect(outbox!.content).toMatchObject({ owner: 'Ana Kovačević' })
})
