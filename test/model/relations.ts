/**
 * Organisations, who belongs to them, and two records of one person on a random day. The model knows which organisations
 * stand and who belongs where. People are merged while mail comes in for the one that is gone, and parted again: meanwhile
 * nothing hangs at the record that went up in another, and afterwards everybody has what was theirs.
 */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { mergePeople, unmergePeople } from '../../src/domain/relations/commands/merge.ts'
import { changeOrganisation, makeOrganisation, setDomains } from '../../src/domain/relations/commands/organisations.ts'
import { join, leave } from '../../src/domain/relations/commands/people.ts'
import { act, type Day, desk, type Known } from './day.ts'
import { invariantsHold } from './invariants.ts'
import { nextMail } from './mails.ts'

export const relating = ['organisation', 'membership', 'merge-people'] as const
export const isRelating = (kind: string): kind is (typeof relating)[number] => relating.some(each => each === kind)

type Extra = {
  organisations: Map<string, { archived: boolean; domains: string[] }>
  /** "person organisation": what they do there */
  belongs: Map<string, string>
}
const extras = new WeakMap<Day, Extra>()

async function extraOf(day: Day): Promise<Extra> {
  const known = extras.get(day)
  if (known) return known
  await sql`delete from organisation`.execute(desk.db)
  const made: Extra = { organisations: new Map(), belongs: new Map() }
  extras.set(day, made)
  return made
}

export async function relationStep(day: Day, kind: (typeof relating)[number], it: Known, by: Member) {
  const extra = await extraOf(day)
  const steps = { organisation, membership, 'merge-people': mergeAndPart }
  await steps[kind](day, it, by, extra)
  await standAsKnown(extra)
}

/** Whoever is erased belongs nowhere. */
export async function forgetBelonging(day: Day, personId: string) {
  const { belongs } = await extraOf(day)
  for (const key of belongs.keys()) if (key.startsWith(personId)) belongs.delete(key)
}

async function organisation(day: Day, _: Known, by: Member, { organisations }: Extra) {
  const now = desk.clock.now
  const all = [...organisations]
  if (all.length < 3 || day.chance.flip(0.2)) {
    const { id } = await act(tx => makeOrganisation(tx, by, { name: 'Café Saudade', about: '' }, now))
    organisations.set(id, { archived: false, domains: [] })
    return
  }
  const [id, it] = day.chance.pick(all)
  if (day.chance.flip()) {
    it.archived = !it.archived
    await act(tx => changeOrganisation(tx, by, { organisationId: id, archived: it.archived }, now))
    return
  }
  const domain = day.chance.pick(['gmail.com', 'one.example', 'two.example', 'three.example'])
  const setting = act(tx => setDomains(tx, by, { organisationId: id, domains: [domain] }, now))
  if (domain === 'gmail.com') return expect(setting).rejects.toMatchObject({ code: 'everybodys-domain-here' })
  if (all.some(([other, { domains }]) => other !== id && domains.includes(domain)))
    return expect(setting).rejects.toMatchObject({ code: 'domain-taken' })
  await setting
  it.domains = [domain]
}

async function membership(day: Day, it: Known, by: Member, { organisations, belongs }: Extra) {
  if (organisations.size === 0) return
  const [organisationId, { archived }] = day.chance.pick([...organisations])
  const personId = await customerOf(it)
  const key = `${personId} ${organisationId}`
  if (day.chance.flip(0.4)) {
    const leaving = act(tx => leave(tx, by, { personId, organisationId }, desk.clock.now))
    if (!belongs.delete(key)) return expect(leaving).rejects.toMatchObject({ code: 'absent' })
    await leaving
    return
  }
  const role = day.chance.pick(['owner', 'bookkeeping'])
  const joining = act(tx => join(tx, by, { personId, organisationId, role }, desk.clock.now))
  if (archived) return expect(joining).rejects.toMatchObject({ code: 'organisation-archived' })
  await joining
  belongs.set(key, role)
}

const customerOf = async (it: Known) =>
  (await sql<{ id: string }>`select customer_id as id from conversation where id = ${it.id}::uuid`.execute(desk.db))
    .rows[0]!.id
const customers = async () =>
  new Map(
    (await sql<{ id: string; customerId: string }>`select id, customer_id from conversation`.execute(desk.db)).rows.map(
      row => [row.id, row.customerId],
    ),
  )

async function mergeAndPart(day: Day, it: Known, by: Member) {
  const others = [...day.known.values()].filter(each => each.customer !== it.customer)
  if (others.length === 0) return
  const [from, to] = [await customerOf(it), await customerOf(day.chance.pick(others))]
  if (from === to) return
  const now = desk.clock.now
  const before = await customers()
  const moved = [...before].filter(([, customer]) => customer === from).map(([id]) => id)
  const { mergeId } = await act(tx => mergePeople(tx, by, { personId: from, intoId: to }, now))
  bump(day, moved)
  expect(await hangingAt(from)).toEqual([])
  expect(await invariantsHold(desk.pool)).toEqual([])
  // Mail for the one that is gone goes on where it belongs.
  if (it.expected.state !== 'merged' && day.chance.flip()) await nextMail(day, it, it)
  expect(await hangingAt(from)).toEqual([])
  await act(tx => unmergePeople(tx, by, mergeId, now))
  const after = await customers()
  const fresh = [...after.keys()].filter(id => !before.has(id))
  for (const [id, customer] of before) expect(after.get(id)).toBe(customer)
  // What began from their address meanwhile is theirs.
  for (const id of fresh) expect(after.get(id)).toBe(from)
  bump(day, [...moved, ...fresh])
}

function bump(day: Day, ids: readonly string[]) {
  for (const id of ids) {
    const it = day.known.get(id)
    if (it) it.expected = { ...it.expected, version: it.expected.version + 1 }
    if (day.held?.id === id) day.held.before = { ...day.held.before, version: day.held.before.version + 1 }
  }
}

/** Nothing may hang at a record that went up in another. */
async function hangingAt(personId: string): Promise<string[]> {
  const { rows } = await sql<{ what: string }>`
    select 'conversation' as what from conversation where customer_id = ${personId}::uuid
    union all select 'participant' from participant where person_id = ${personId}::uuid
    union all select 'message' from message where author_id = ${personId}::uuid
    union all select 'address' from address where person_id = ${personId}::uuid
    union all select 'relationship' from relationship where person_id = ${personId}::uuid
    union all select 'promise' from promise where to_person_id = ${personId}::uuid and ended_at is null`.execute(
    desk.db,
  )
  return rows.map(row => row.what)
}

async function standAsKnown({ organisations, belongs }: Extra) {
  const { rows } = await sql<{ id: string; archived: boolean; domains: string[] }>`
    select o.id, o.archived_at is not null as archived, array(select domain from organisation_domain d where d.organisation_id = o.id) as domains from organisation o`.execute(
    desk.db,
  )
  expect(new Map(rows.map(({ id, ...row }) => [id, row]))).toEqual(organisations)
  const { rows: there } = await sql<{ personId: string; organisationId: string; role: string }>`
    select person_id, organisation_id, role from membership where left_at is null and suggested_at is null`.execute(
    desk.db,
  )
  expect(new Map(there.map(row => [`${row.personId} ${row.organisationId}`, row.role]))).toEqual(belongs)
}
