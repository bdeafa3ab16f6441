/**
 * Keeping in touch and goodwill on a random day: keepers and rhythms, touches, check-ins skipped and moved, contacts claimed,
 * and what is given within an allowance or beyond it. The reader of the log follows each step; then every relationship stands
 * as a fresh look at messages and touches says, nobody is contacted more often than the limit, and nobody gave more than theirs.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { moveCheckIn, skipCheckIn } from '../../src/domain/care/commands/check-in.ts'
import { keepRelationships } from '../../src/domain/care/commands/keep.ts'
import { takeTouchBack, writeTouch } from '../../src/domain/care/commands/touch.ts'
import { claimContact, readCare } from '../../src/domain/care/index.ts'
import { decide, give, withdrawGiven } from '../../src/domain/goodwill/commands.ts'
import type { LogEvent } from '../../src/platform/events/index.ts'
import { act, type Day, desk, hours, type Known, members } from './day.ts'

export const care = ['touch', 'untouch', 'keep', 'check-in', 'contact', 'goodwill', 'decide', 'take-back'] as const
export const isCare = (kind: string): kind is (typeof care)[number] => care.some(each => each === kind)

const limitMs = 14 * 86_400_000
const allowance = { lead: 20_000, teammate: 5000 }
/** Somebody who never writes: contacted unasked, and nothing else. And how far the reader has come. */
type Extra = { friend: string; claimed: number[]; pulses: number[]; read: number; given: Map<string, number> }
const extras = new WeakMap<Day, Extra>()

async function extraOf(day: Day): Promise<Extra> {
  const known = extras.get(day)
  if (known) return known
  const friend = randomUUIDv7()
  await sql`delete from relationship`.execute(desk.db)
  await sql`insert into person (id, name) values (${friend}, 'Rui Carvalho')`.execute(desk.db)
  const made = { friend, claimed: [], pulses: [], read: 0, given: new Map<string, number>() }
  extras.set(day, made)
  return made
}

export async function careStep(day: Day, kind: (typeof care)[number], it: Known, by: Member) {
  const extra = await extraOf(day)
  // Before the step: what it rests on is up to date.
  await follow(extra)
  const steps = { touch, untouch, keep, 'check-in': settle, contact, goodwill, decide: answer, 'take-back': takeBack }
  await steps[kind](day, it, by, extra)
  await follow(extra)
  await standsAsItShould()
}

async function customerOf(it: Known): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select customer_id as id from conversation where id = ${it.id}::uuid`.execute(desk.db)
  return rows[0]!.id
}

async function touch(day: Day, it: Known, by: Member) {
  const personId = await customerOf(it)
  const input = { personId, organisationId: null, kind: day.chance.pick(['call', 'visit', 'meeting'] as const) }
  const more = { at: hours(-day.chance.pick([0, 1, 30, 900])), minutes: null, words: 'the new grinder' }
  const promises = day.chance.flip(0.3)
    ? [{ by: day.chance.pick(['us', 'them'] as const), words: 'the manual', dueAt: hours(50) }]
    : []
  const open = await openCheckIns(personId)
  const mine = open.find(each => each.byId === by.personId || by === members[0])
  const checkInId = mine && day.chance.flip() ? mine.id : null
  await act(tx => writeTouch(tx, by, { ...input, ...more, promises, checkInId }, desk.clock.now))
  if (checkInId) expect(await howEnded(checkInId)).toBe('kept')
}

async function untouch(_: Day, __: Known, by: Member) {
  const { rows } = await sql<{
    id: string
  }>`select id from touch where by_id = ${by.personId}::uuid order by made_at desc limit 1`.execute(desk.db)
  if (rows[0]) await act(tx => takeTouchBack(tx, by, rows[0]!.id, desk.clock.now))
}

async function keep(day: Day, it: Known, by: Member) {
  const id = await customerOf(it)
  const keeperId = day.chance.pick([null, members[0].personId, members[1].personId])
  const rhythmDays = keeperId === null ? null : day.chance.pick([null, 5, 30])
  const input = { relationshipIds: [], parties: [{ is: 'person' as const, id }], keeperId, rhythmDays }
  await act(tx => keepRelationships(tx, by, input, desk.clock.now))
}

/** Skipped, or moved: there is one afterwards, and the one there was has its end. */
async function settle(day: Day, _: Known, by: Member) {
  const open = await openCheckIns(null)
  if (open.length === 0) return
  const one = day.chance.pick(open)
  const moves = day.chance.flip()
  // The lead may settle anybody's, and whoever stands in for somebody away may settle theirs.
  const may = one.byId === by.personId || by === members[0] || (await standsIn(by.personId, one.byId))
  const settling = act(tx =>
    moves
      ? moveCheckIn(tx, by, { checkInId: one.id, dueAt: hours(300) }, desk.clock.now)
      : skipCheckIn(tx, by, { checkInId: one.id, reason: 'on holiday' }, desk.clock.now),
  )
  if (!may) return expect(settling).rejects.toMatchObject({ code: 'not-yours' })
  await settling
  expect(await howEnded(one.id)).toBe(moves ? 'replaced' : 'released')
}

/** Two at once, in two transactions: at most one is granted, and the model knows which days are free. */
async function contact(day: Day, _: Known, __: Member, extra: Extra) {
  const now = desk.clock.now.getTime()
  const kind = day.chance.pick(['follow-up', 'check-in', 'pulse'] as const)
  const claim = () => act(tx => claimContact(tx, { personId: extra.friend, kind, at: desk.clock.now }))
  const free =
    extra.claimed.every(at => now - at >= limitMs) &&
    (kind !== 'pulse' || extra.pulses.every(at => now - at >= 180 * 86_400_000))
  const both = await Promise.all([claim(), claim()])
  expect(both.filter(each => each.is === 'granted').length).toBe(free ? 1 : 0)
  if (!free) return
  extra.claimed.push(now)
  if (kind === 'pulse') extra.pulses.push(now)
}

async function goodwill(day: Day, it: Known, by: Member, extra: Extra) {
  const minor = day.chance.pick([0, 700, 2500, 90_000])
  const period = `${by.personId} ${quarterOf(desk.clock.now)}`
  const left = (by === members[0] ? allowance.lead : allowance.teammate) - (extra.given.get(period) ?? 0)
  const within = minor === 0 || minor <= left
  const asks = day.chance.flip()
  const inside = within && day.chance.flip() && !['spam', 'trash', 'merged'].includes(it.expected.state)
  const to = inside ? { conversationId: it.id } : { personId: await customerOf(it) }
  const kind = minor === 0 ? ('exception' as const) : ('credit' as const)
  const input = {
    kind,
    minor,
    what: 'half the bill',
    reason: 'it came broken',
    ...to,
    ask: asks ? { leadId: null } : null,
  }
  const giving = act(tx => give(tx, by, input, desk.clock.now))
  // Ana is the only lead: nobody decides for her.
  if (!within && by === members[0]) return expect(giving).rejects.toMatchObject({ code: 'nobody-to-ask' })
  if (!within && !asks) return expect(giving).rejects.toMatchObject({ code: 'beyond-allowance' })
  await giving
  if (inside) it.expected = { ...it.expected, version: it.expected.version + 1 }
  if (within) extra.given.set(period, (extra.given.get(period) ?? 0) + minor)
}

async function answer(day: Day, _: Known, by: Member) {
  const { rows } = await sql<{
    id: string
  }>`select id from goodwill where state = 'asked' order by asked_at limit 1`.execute(desk.db)
  if (!rows[0]) return
  const input = { goodwillId: rows[0].id, yes: day.chance.flip(), words: 'as it is' }
  const deciding = act(tx => decide(tx, by, input, desk.clock.now))
  if (by !== members[0]) return expect(deciding).rejects.toMatchObject({ code: 'not-yours' })
  await deciding
}

/** By who gave it, or by the lead: what a lead had not decided is free to be given again in its period. */
async function takeBack(day: Day, it: Known, by: Member, extra: Extra) {
  const { rows } = await sql<{
    id: string
    conversationId: string | null
    state: string
    byId: string
    decided: boolean
    minor: string
    grantedAt: Date | null
  }>`select id, conversation_id, state, by_id, decided_by is not null as decided, minor::text as minor, granted_at from goodwill
    where state in ('granted', 'asked') and (conversation_id is null or conversation_id = ${it.id}::uuid) order by asked_at, id limit 1`.execute(
    desk.db,
  )
  const one = rows[0]
  if (!one) return
  const input = { goodwillId: one.id, words: 'it was fine after all', used: day.chance.flip() }
  const taking = act(tx => withdrawGiven(tx, by, input, desk.clock.now))
  if (by.personId !== one.byId && by !== members[0]) return expect(taking).rejects.toMatchObject({ code: 'not-yours' })
  await taking
  if (one.conversationId) it.expected = { ...it.expected, version: it.expected.version + 1 }
  if (one.state !== 'granted' || one.decided || !one.grantedAt) return
  const period = `${one.byId} ${quarterOf(one.grantedAt)}`
  extra.given.set(period, (extra.given.get(period) ?? 0) - Number(one.minor))
}

async function openCheckIns(personId: string | null): Promise<{ id: string; byId: string }[]> {
  const whose = personId ? sql`r.person_id = ${personId}::uuid` : sql`true`
  const { rows } = await sql<{
    id: string
    byId: string
  }>`select p.id, p.by_person_id as by_id from promise p join relationship r on r.id = p.relationship_id
    where p.kind = 'check-in' and p.ended_at is null and ${whose} order by p.id`.execute(desk.db)
  return rows
}

async function standsIn(deputyId: string, awayId: string): Promise<boolean> {
  const { rows } =
    await sql`select from absence a where a.person_id = ${awayId}::uuid and a.deputy_id = ${deputyId}::uuid and a.during @> ${desk.clock.now}::timestamptz
    and not exists (select from absence own where own.person_id = ${deputyId}::uuid and own.during @> ${desk.clock.now}::timestamptz)`.execute(
      desk.db,
    )
  return rows.length > 0
}

async function howEnded(id: string): Promise<string | null> {
  const { rows } = await sql<{
    how: string | null
  }>`select ended_how as how from promise where id = ${id}::uuid`.execute(desk.db)
  return rows[0]!.how
}

/** Reads what the log tells since, as the reader does; here one transaction follows the other. */
async function follow(extra: Extra) {
  const { rows } = await sql<
    LogEvent & { seq: number }
  >`select seq, kind, subject_id, actor_id, scopes, facts, at from event where seq > ${extra.read} order by seq`.execute(
    desk.db,
  )
  await act(tx => readCare(tx, rows, desk.clock.now))
  extra.read = rows.at(-1)?.seq ?? extra.read
}

const quarterOf = (at: Date) => {
  const [year = 0, month = 1] = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Europe/Amsterdam',
    year: 'numeric',
    month: 'numeric',
  })
    .format(at)
    .split('-')
    .map(Number)
  return `${year} ${Math.ceil(month / 3)}`
}

async function standsAsItShould() {
  const { rows } = await sql<{ id: string; at: Date | null; is: Date | null; owed: boolean; open: number }>`
    select r.id, r.last_contact_at as at, greatest(
        (select max(m.at) from message m join conversation c on c.id = m.conversation_id where c.customer_id = r.person_id and c.state not in ('spam', 'trash', 'aside')
          and m.kind in ('message', 'reply', 'call') and m.taken_back_at is null),
        (select max(m.at) from message m join conversation c on c.id = m.conversation_id join participant pa on pa.conversation_id = c.id and pa.person_id = r.person_id
          where m.author_id = r.person_id and c.state not in ('spam', 'trash', 'aside') and m.kind = 'message' and m.taken_back_at is null),
        (select max(at) from touch t where t.person_id = r.person_id)) as is,
      r.rhythm_days is not null and not exists (select from conversation c where c.customer_id = r.person_id and c.state in ('open', 'pending', 'solved')) as owed,
      (select count(*)::int from promise p where p.relationship_id = r.id and p.kind = 'check-in' and p.ended_at is null and p.by_person_id = r.keeper_id) as open
    from relationship r where r.person_id is not null`.execute(desk.db)
  const wrong = rows.filter(row => row.at?.getTime() !== row.is?.getTime() || row.open !== (row.owed ? 1 : 0))
  expect(wrong).toEqual([])
  const near =
    await sql`select from unasked_contact a join unasked_contact b on a.person_id = b.person_id and a.id < b.id
    where abs(extract(epoch from a.at - b.at)) < ${limitMs / 1000}`.execute(desk.db)
  expect(near.rows.length).toBe(0)
}
