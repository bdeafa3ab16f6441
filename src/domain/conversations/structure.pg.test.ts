/** Merging, splitting, links, moves, "later" and replies that wait: over HTTP on a real database. */
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { noNudges } from '../../../test/desk.ts'
import { structureDesk } from '../../../test/structure-desk.ts'
import { sendDue } from './commands/later.ts'

const { desk, other, bram, at, say, fresh, row, openKinds, messagesOf, reply } = await structureDesk()
afterAll(() => desk.close())

test('two of one customer become one and two again, with messages, promises and states', async () => {
  const customer = 'ines@saudade.example'
  const [a, b] = [await fresh({ customer }), await fresh({ customer })]
  const solved = await say('ana', 'POST', `/conversations/${b.id}/replies`, reply(customer, 1))
  expect(solved.status).toBe(200)
  const merged = await say('ana', 'POST', `/conversations/${a.id}/merge`, { intoId: b.id })
  expect(merged.body).toMatchObject({ into: { id: b.id } })
  expect(await row(a.id)).toMatchObject({ state: 'merged', mergedInto: b.id })
  expect(await row(b.id)).toMatchObject({ state: 'open' })
  expect(await openKinds(b.id)).toEqual(['reply'])
  expect(await messagesOf(b.id)).toHaveLength(3)
  const seen = await say('bram', 'GET', `/conversations/${b.id}/structure`)
  expect(seen.body.merges).toMatchObject([{ mergeId: merged.body.mergeId, messages: 1 }])
  expect((await say('bram', 'GET', `/conversations/${a.id}/structure`)).body.mergedInto).toMatchObject({ id: b.id })
  const undone = await say('bram', 'POST', `/merges/${merged.body.mergeId}/undo`)
  expect(undone.body).toMatchObject({ id: a.id })
  expect(await row(a.id)).toMatchObject({ state: 'open', mergedInto: null })
  expect(await row(b.id)).toMatchObject({ state: 'solved' })
  expect([await openKinds(a.id), await openKinds(b.id)]).toEqual([['reply'], ['follow-up']])
  expect([(await messagesOf(a.id)).length, (await messagesOf(b.id)).length]).toEqual([1, 2])
  expect((await say('bram', 'POST', `/merges/${merged.body.mergeId}/undo`)).body.code).toBe('merge-undone')
})

test('what was said after the merge stays where it was said, and both owe what they owe', async () => {
  const customer = 'rui@saudade.example'
  const [a, b] = [await fresh({ customer }), await fresh({ customer })]
  const { body } = await say('ana', 'POST', `/conversations/${a.id}/merge`, { intoId: b.id })
  const sent = await say('ana', 'POST', `/conversations/${b.id}/replies`, reply(customer, (await row(b.id)).version))
  expect(sent.status).toBe(200)
  expect((await say('ana', 'POST', `/merges/${body.mergeId}/undo`)).status).toBe(200)
  expect(await messagesOf(b.id)).toContain(sent.body.messageId)
  expect([await row(a.id), await row(b.id)]).toMatchObject([{ state: 'open' }, { state: 'solved' }])
  expect([await openKinds(a.id), await openKinds(b.id)]).toEqual([['reply'], ['follow-up']])
})

test('different customers are not merged but linked; circles and second parents are refused', async () => {
  const [a, b, c] = [await fresh(), await fresh(), await fresh()]
  expect((await say('ana', 'POST', `/conversations/${a.id}/merge`, { intoId: b.id })).body.code).toBe('other-customer')
  const linked = await say('ana', 'POST', `/conversations/${a.id}/links`, { toId: b.id, as: 'child' })
  expect(linked.status).toBe(200)
  expect((await say('ana', 'POST', `/conversations/${b.id}/links`, { toId: c.id, as: 'child' })).status).toBe(200)
  expect((await say('ana', 'POST', `/conversations/${c.id}/links`, { toId: a.id, as: 'child' })).body.code).toBe(
    'links-in-circle',
  )
  expect((await say('ana', 'POST', `/conversations/${a.id}/links`, { toId: c.id, as: 'child' })).body.code).toBe(
    'has-parent',
  )
  expect(
    (await say('ana', 'GET', `/conversations/${b.id}/structure`)).body.links
      .map((each: { as: string }) => each.as)
      .sort(),
  ).toEqual(['child', 'parent'])
  expect((await say('ana', 'DELETE', `/conversations/${b.id}/links/${linked.body.linkId}`)).status).toBe(200)
})

test('what one may not see is absent in merges, links and lists of others', async () => {
  const customer = 'hidden@saudade.example'
  const [here, there] = [await fresh({ customer }), await fresh({ customer, team: other })]
  for (const [path, body] of [
    ['merge', { intoId: there.id }],
    ['links', { toId: there.id }],
  ] as const)
    expect((await say('ana', 'POST', `/conversations/${here.id}/${path}`, body)).status).toBe(404)
  expect((await say('ana', 'GET', `/conversations/${here.id}/others`)).body.conversations).toEqual([])
  expect((await say('bram', 'POST', `/conversations/${here.id}/links`, { toId: there.id })).status).toBe(200)
  expect((await say('bram', 'GET', `/conversations/${here.id}/structure`)).body.links).toHaveLength(1)
  expect((await say('ana', 'GET', `/conversations/${here.id}/structure`)).body.links).toEqual([])
  const found = await say('bram', 'GET', `/conversations/${here.id}/others`)
  expect(found.body.conversations).toMatchObject([{ id: there.id, sameCustomer: true }])
})

test('messages split off are a conversation with a promise of its own, and go back', async () => {
  const it = await fresh()
  await say('ana', 'POST', `/conversations/${it.id}/notes`, { body: 'a note' })
  const [first, noteId] = await messagesOf(it.id)
  expect((await say('ana', 'POST', `/conversations/${it.id}/split`, { messageIds: [first] })).body.code).toBe(
    'nothing-left',
  )
  const part = await say('ana', 'POST', `/conversations/${it.id}/split`, {
    messageIds: [noteId],
    subject: 'The other matter',
  })
  expect(part.status).toBe(200)
  expect(await openKinds(part.body.id)).toEqual(['reply'])
  expect(await messagesOf(part.body.id)).toEqual([noteId])
  expect((await say('ana', 'GET', `/conversations/${it.id}/structure`)).body.links).toMatchObject([
    { as: 'part', other: { number: part.body.number } },
  ])
  expect((await say('ana', 'POST', `/conversations/${part.body.id}/undo-split`)).body).toMatchObject({ id: it.id })
  expect(await row(part.body.id)).toMatchObject({ state: 'merged', mergedInto: it.id })
  expect(await openKinds(it.id)).toEqual(['reply'])
  expect(await messagesOf(it.id)).toEqual([first, noteId])
})

test('moving asks for an introduction where the customer was told who has it, and for a reason everywhere', async () => {
  const [told, owned, untold, closed] = [await fresh(), await fresh({ owner: bram }), await fresh(), await fresh()]
  await sql`update promise set told_at = now() where conversation_id = ${told.id}::uuid`.execute(desk.database.db)
  await say('ana', 'POST', `/conversations/${closed.id}/close`, { seenVersion: 1, because: 'thanks' })
  const move = async (id: string, more: object = {}) =>
    say('ana', 'POST', `/conversations/${id}/move`, {
      seenVersion: (await row(id)).version,
      toTeamId: other.id,
      reason: 'theirs',
      ...more,
    })
  expect((await move(told.id)).body.code).toBe('needs-introduction')
  expect((await move(told.id, { introduction: 'Sales knows this best.' })).body).toMatchObject({
    done: true,
    undo: null,
  })
  for (const { id } of [owned, untold, closed]) expect((await move(id)).body.undo).toBeTruthy()
  expect(await row(owned.id)).toMatchObject({ teamId: other.id, ownerId: bram.personId })
  expect(await row(untold.id)).toMatchObject({ teamId: other.id, ownerId: null })
})

test('"later" is a reminder of one’s own, which a word of the customer or one’s own answer ends', async () => {
  const it = await fresh()
  const put = await say('ana', 'PUT', `/conversations/${it.id}/snooze`, { until: at(24) })
  expect(put.body.undo).toBeTruthy()
  expect(await openKinds(it.id)).toEqual(['reminder', 'reply'])
  expect((await row(it.id)).version).toBe(1)
  expect((await say('ana', 'GET', `/conversations/${it.id}/structure`)).body.snoozedUntil).toBe(at(24))
  expect((await say('bram', 'GET', `/conversations/${it.id}/structure`)).body.snoozedUntil).toBeNull()
  expect((await say('ana', 'POST', `/acts/${put.body.undo}/undo`)).body.done).toBe(1)
  expect(await openKinds(it.id)).toEqual(['reply'])
  await say('ana', 'PUT', `/conversations/${it.id}/snooze`, { until: at(24) })
  await say('ana', 'POST', `/conversations/${it.id}/replies`, reply('x@saudade.example', 1))
  expect(await openKinds(it.id)).toEqual(['follow-up'])
})

test('a reply for later promises and sends nothing before its time, and once then', async () => {
  const it = await fresh()
  const sent = async () =>
    (
      await sql<{ n: number }>`select count(*)::int as n from outbox where conversation_id = ${it.id}::uuid`.execute(
        desk.database.db,
      )
    ).rows[0]!.n
  const past = await say(
    'ana',
    'POST',
    `/conversations/${it.id}/later-replies`,
    reply('x@saudade.example', 1, { sendAt: at(200) }),
  )
  expect(past.body.code).toBe('time-passed')
  const kept = await say(
    'ana',
    'POST',
    `/conversations/${it.id}/later-replies`,
    reply('x@saudade.example', 1, { sendAt: at(16) }),
  )
  expect(kept.status).toBe(200)
  expect([await sent(), await openKinds(it.id)]).toEqual([0, ['reply']])
  expect((await say('bram', 'GET', `/conversations/${it.id}/structure`)).body.later).toMatchObject([
    { sendAt: at(16), author: { name: 'Ana' } },
  ])
  expect((await say('bram', 'POST', `/later-replies/${kept.body.laterId}/take-back`)).status).toBe(403)
  expect((await say('outsider', 'POST', `/later-replies/${kept.body.laterId}/take-back`)).status).toBe(404)
  const soon = new Date(Date.parse(at(17)))
  await Promise.all([1, 2].map(() => sendDue({ db: desk.database.db, nudges: noNudges }, soon)))
  expect([await sent(), await openKinds(it.id), (await row(it.id)).state]).toEqual([1, ['follow-up'], 'solved'])
  const { rows } = await sql<{
    madeAt: Date
  }>`select made_at from promise where conversation_id = ${it.id}::uuid and kind = 'follow-up'`.execute(
    desk.database.db,
  )
  expect(rows[0]!.madeAt).toEqual(soon)
})

test('a waiting reply stops when a colleague answers; its writer takes it back into a draft', async () => {
  const it = await fresh()
  const kept = await say(
    'ana',
    'POST',
    `/conversations/${it.id}/later-replies`,
    reply('x@saudade.example', 1, { sendAt: at(16), choices: { step: { is: 'answered' } } }),
  )
  await say('bram', 'POST', `/conversations/${it.id}/replies`, reply('x@saudade.example', 1))
  const seen = await say('ana', 'GET', `/conversations/${it.id}/structure`)
  expect(seen.body.later).toMatchObject([{ id: kept.body.laterId, stopped: { because: 'answered' } }])
  const back = await say('ana', 'POST', `/later-replies/${kept.body.laterId}/take-back`)
  expect(back.body.choices).toEqual({ step: { is: 'answered' } })
  expect((await say('ana', 'GET', `/conversations/${it.id}`)).body.drafts).toMatchObject([
    { kind: 'reply', body: back.body.body },
  ])
})

test('a note of a colleague makes a reply stale, one’s own does not', async () => {
  const it = await fresh()
  await say('ana', 'POST', `/conversations/${it.id}/notes`, { body: 'mine' })
  await say('bram', 'POST', `/conversations/${it.id}/notes`, { body: 'do not promise the pump' })
  const stale = await say('ana', 'POST', `/conversations/${it.id}/replies`, reply('x@saudade.example', 2))
  expect(stale.body).toMatchObject({ code: 'stale', facts: { messages: [{ kind: 'note', author: 'Bram' }] } })
  expect((await say('bram', 'POST', `/conversations/${it.id}/replies`, reply('x@saudade.example', 2))).status).toBe(200)
})
