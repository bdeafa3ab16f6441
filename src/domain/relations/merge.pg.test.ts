/** Two records of one person become one and two again, with mail coming in meanwhile; nothing is lost, and what was theirs goes back. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDesk, mail } from '../../../test/desk.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { type Member, systemActor } from '../access/index.ts'
import { begin } from '../conversations/index.ts'
import { findOrMakePeople } from '../people/index.ts'
import { mergePeople, unmergePeople } from './commands/merge.ts'
import { notePerson } from './commands/notes.ts'
import { fitted } from './tables/merge.ts'
import { moves, stays } from './tables/moves.ts'

let desk: Awaited<ReturnType<typeof aDesk>>
beforeAll(async () => {
  desk = await aDesk()
})
afterAll(() => desk.close())

const actor = systemActor('test')
const now = () => desk.clock.now
const run = async <T = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  (await desk.pool.query(text, values)).rows as T[]
const merge = (personId: string, intoId: string) =>
  inTransaction(desk.db, tx => mergePeople(tx, actor, { personId, intoId }, now()))
const part = (mergeId: string) => inTransaction(desk.db, tx => unmergePeople(tx, actor, mergeId, now()))
const person = async (address: string, name = 'Inês Carvalho') =>
  (await inTransaction(desk.db, tx => findOrMakePeople(tx, [{ address, name }], now()))).values().next().value!.personId
const later = (hours: number) => {
  desk.clock.now = new Date(desk.clock.now.getTime() + hours * 3_600_000)
}
/** All rows that name one of these people, as text; what happened since the merge is looked at apart. */
const prints = async (...ids: string[]) => {
  const parts = await Promise.all(
    [
      ...moves.map(({ table, column }) => [table, column] as const),
      ['conversation', 'customer_id'] as const,
      ['relationship', 'person_id'] as const,
      ['unasked_contact', 'person_id'] as const,
    ].map(async ([table, column]) => {
      const rows = await run<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from ${table} t where ${column} = any($1) order by t::text`,
        [ids],
      )
      return rows.map(({ row: { version: _, ...row } }) => `${table} ${JSON.stringify(row)}`)
    }),
  )
  const people = await run(
    `select id, about, language, zone, preferred_channel, preferred_words, no_unasked_since, merged_into from person where id = any($1) order by id`,
    [ids],
  )
  return [...parts.flat(), ...people.map(each => JSON.stringify(each))]
}

async function aLife(personId: string, address: string) {
  await desk.take(mail({ from: `Inês <${address}>`, subject: `From ${address}` }))
  const organisationId = randomUUIDv7()
  await run(`insert into organisation (id, name, created_at) values ($1, 'One of several', now())`, [organisationId])
  await run(`insert into membership (person_id, organisation_id, role, since) values ($1, $2, 'owner', now())`, [
    personId,
    organisationId,
  ])
  await run(`insert into touch (id, person_id, by_id, kind, at, made_at) values ($1, $2, $3, 'call', $4, now())`, [
    randomUUIDv7(),
    personId,
    desk.world.ana,
    now(),
  ])
  await run(
    `insert into relationship (id, person_id, keeper_id, rhythm_days, last_contact_at, last_contact_kind, since) values ($1, $2, $3, 30, $4, 'call', $4)
    on conflict (person_id) do update set keeper_id = excluded.keeper_id, rhythm_days = excluded.rhythm_days`,
    [randomUUIDv7(), personId, desk.world.ana, now()],
  )
  const [relationship] = await run<{ id: string }>('select id from relationship where person_id = $1', [personId])
  await run(
    `insert into promise (id, relationship_id, kind, direction, by_person_id, to_person_id, words, made_at, due_at) values ($1, $2, 'check-in', 'ours', $3, $4, '', now(), now() + interval '9 days')`,
    [randomUUIDv7(), relationship!.id, desk.world.ana, personId],
  )
}

describe('merging', () => {
  test('moves everything, and undoing it leaves no trace', async () => {
    const [old, fresh] = [await person('old@saudade.example'), await person('fresh@saudade.example')]
    await aLife(old, 'old@saudade.example')
    later(1)
    await aLife(fresh, 'fresh@saudade.example')
    await run(
      `update person set no_unasked_since = case when id = $1 then now() end, language = case when id = $1 then 'pt' end where id in ($1, $2)`,
      [old, fresh],
    )
    const before = await prints(old, fresh)
    const { mergeId } = await merge(old, fresh)
    expect((await prints(old)).length, 'nothing but the record itself is left').toBe(1)
    const [after] = await run(`select language, no_unasked_since is not null as refuses from person where id = $1`, [
      fresh,
    ])
    expect(after).toEqual({ language: 'pt', refuses: true })
    expect(
      await run(
        `select 1 from promise p join relationship r on r.id = p.relationship_id where r.person_id = $1 and p.ended_at is null`,
        [fresh],
      ),
    ).toHaveLength(1)
    await expect(merge(old, fresh)).rejects.toMatchObject({ code: 'person-merged' })
    await part(mergeId)
    expect(await prints(old, fresh)).toEqual(before)
    await expect(part(mergeId)).rejects.toMatchObject({ code: 'person-merge-undone' })
  })

  test('mail to and from the absorbed address goes on with the survivor; undone, what was theirs is theirs again', async () => {
    const [old, fresh] = [await person('was@mail.example'), await person('is@mail.example')]
    await desk.take(mail({ from: 'Rui <was@mail.example>', subject: 'Before' }))
    const { mergeId } = await merge(old, fresh)
    later(1)
    await desk.take(mail({ from: 'Rui <was@mail.example>', subject: 'Meanwhile, from the old one' }))
    await desk.take(mail({ from: 'Rui <is@mail.example>', subject: 'Meanwhile, from the new one' }))
    const of = async (id: string) =>
      (await run<{ subject: string }>('select subject from conversation where customer_id = $1 order by id', [id])).map(
        row => row.subject,
      )
    expect(await of(fresh)).toEqual(['Before', 'Meanwhile, from the old one', 'Meanwhile, from the new one'])
    expect(await run('select 1 from message where author_id = $1', [old])).toEqual([])
    await part(mergeId)
    expect(await of(old)).toEqual(['Before', 'Meanwhile, from the old one'])
    expect(await of(fresh)).toEqual(['Meanwhile, from the new one'])
    expect(await run('select 1 from message where author_id = $1', [old])).toHaveLength(2)
    expect(
      await run(`select 1 from promise where to_person_id = $1 and ended_at is null and kind = 'reply'`, [old]),
    ).toHaveLength(2)
  })

  test('while they write: whoever was read before the merge begins with the survivor all the same', async () => {
    for (let n = 0; n < 6; n++) {
      const [old, fresh] = [await person(`busy${n}@race.example`), await person(`calm${n}@race.example`)]
      await Promise.all([
        ...[1, 2, 3].map(() => desk.take(mail({ from: `Busy <busy${n}@race.example>`, subject: `Race ${n}` }))),
        merge(old, fresh),
      ])
      expect(await run('select 1 from conversation where customer_id = $1', [old])).toEqual([])
      expect(await run('select 1 from participant where person_id = $1', [old])).toEqual([])
      expect(await run('select 1 from conversation where customer_id = $1', [fresh])).toHaveLength(3)
    }
  })

  test('while somebody writes to them: what was meant for the one goes to the other', async () => {
    const [old, fresh] = [await person('meant@for.example'), await person('goes@to.example')]
    await merge(old, fresh)
    const bram: Member = {
      ...{ is: 'member', personId: desk.world.bram, name: 'Bram', sessionId: desk.world.bram, administrator: false },
      roles: new Map([[desk.world.team, 'teammate']]),
    }
    const due = new Date(now().getTime() + 3_600_000).toISOString()
    const begun = await inTransaction(desk.db, tx =>
      begin(
        tx,
        bram,
        {
          ...{
            is: 'phone',
            teamId: desk.world.team,
            mailboxId: null,
            customer: { personId: old },
            cc: [],
            attachments: [],
          },
          ...{ subject: 'On the phone', body: '<p>They called.</p>' },
          nextStep: { is: 'we-get-back', words: 'we call again', dueAt: due, kind: 'action' },
        },
        now(),
      ),
    )
    await inTransaction(desk.db, tx => notePerson(tx, bram, { personId: old, words: 'Likes it short.' }, now()))
    expect(
      await run('select 1 from conversation where id = $1 and customer_id = $2', [begun.conversationId, fresh]),
    ).toHaveLength(1)
    expect(await run('select 1 from relationship_note where person_id = $1', [fresh])).toHaveLength(1)
    expect(await run('select 1 from promise where to_person_id = $1', [old])).toEqual([])
  })

  test('in a row is undone from the last to the first', async () => {
    const [a, b, c] = [await person('a@row.example'), await person('b@row.example'), await person('c@row.example')]
    const first = await merge(a, b)
    const second = await merge(b, c)
    await expect(part(first.mergeId)).rejects.toMatchObject({ code: 'person-undo-later-first' })
    await part(second.mergeId)
    await part(first.mergeId)
    expect(await run('select 1 from person where id = any($1) and merged_into is not null', [[a, b, c]])).toEqual([])
  })

  test('never takes a member away, nor anybody into themselves', async () => {
    const someone = await person('someone@saudade.example')
    await expect(merge(desk.world.bram, someone)).rejects.toMatchObject({ code: 'member-stays' })
    await expect(merge(someone, someone)).rejects.toMatchObject({ code: 'same-person' })
    await merge(someone, desk.world.bram)
  })

  test('keeps the limit on what is sent unasked: what both were sent counts for the one there is', async () => {
    const [old, fresh] = [await person('a@limit.example'), await person('b@limit.example')]
    const sent = (personId: string, from: number) =>
      run(`insert into unasked_contact (id, person_id, kind, at, until) values ($1, $2, 'follow-up', $3, $4)`, [
        randomUUIDv7(),
        personId,
        day(from),
        day(from + 14),
      ])
    await sent(fresh, 1)
    await sent(old, 10)
    await sent(old, 40)
    const { mergeId } = await merge(old, fresh)
    const spans = async (id: string) =>
      (
        await run<{ at: Date; until: Date }>('select at, until from unasked_contact where person_id = $1 order by at', [
          id,
        ])
      ).map(row => [row.at, row.until])
    expect(await spans(fresh)).toEqual([
      [day(1), day(15)],
      [day(15), day(24)],
      [day(40), day(54)],
    ])
    await part(mergeId)
    expect(await spans(old)).toEqual([
      [day(10), day(24)],
      [day(40), day(54)],
    ])
  })

  test('knows every column that names a person: it moves, or it is said why it stays', async () => {
    const columns = await run<{
      name: string
    }>(`select c.conrelid::regclass::text || '.' || a.attname as name from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.confrelid = 'person'::regclass order by 1`)
    const known = new Set([...moves.map(each => `${each.table}.${each.column}`), ...Object.keys(stays)])
    expect(columns.map(each => each.name).filter(name => !known.has(name))).toEqual([])
  })
})

const day = (n: number) => new Date(Date.UTC(2026, 5, n))

test('of two times that overlap the later end is kept', () => {
  const at = (from: number, to: number, pulse?: number) => ({
    kind: 'x',
    at: day(from),
    until: day(to),
    pulseUntil: pulse ? day(pulse) : null,
  })
  expect(fitted(at(1, 15), [])).toEqual({ at: day(1), until: day(15) })
  expect(fitted(at(1, 15), [at(3, 20)])).toBeNull()
  expect(fitted(at(10, 24), [at(1, 15), at(15, 20)])).toEqual({ at: day(20), until: day(24) })
  expect(fitted(at(10, 24, 190), [at(1, 15, 180)])).toEqual({
    at: day(180),
    until: new Date(day(180).getTime() + 1000),
  })
})
