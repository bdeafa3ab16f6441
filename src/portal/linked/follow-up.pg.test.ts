/** Follow-ups on their pages: a scanner changes nothing, a person does, once; and whoever answers after a year is heard. */
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { outsideDesk } from '../../../test/outside-desk.ts'
import { closeSilent } from '../../domain/conversations/index.ts'

const {
  desk,
  ana,
  say,
  row,
  openKinds,
  messagesOf,
  days,
  links,
  linkOf,
  look,
  formIn,
  press,
  aCustomer,
  answered,
  asked,
  events,
} = await outsideDesk()
afterAll(() => desk.close())
beforeEach(() => days(0))

test('whatever opens the link changes nothing; the button closes it, verified, once', async () => {
  const it = await asked()
  const token = await linkOf(it.id, 'follow-up')
  const before = await row(it.id)
  for (const choice of ['worked', 'wrong', 'x']) {
    const seen = await look(`/o/${token}/${choice}`)
    expect(seen.status).toBe(200)
    expect(seen.headers['content-security-policy']).toContain("default-src 'none'")
    expect(seen.headers['x-robots-tag']).toContain('noindex')
    expect(seen.headers['set-cookie']).toBeUndefined()
    expect(seen.html).not.toContain('<script')
  }
  expect((await desk.app.inject({ method: 'HEAD', url: `/o/${token}/worked` })).statusCode).toBe(200)
  expect(await row(it.id)).toEqual(before)
  expect((await look(`/o/${token}/worked`)).html).toMatch(/value="worked"[^>]*checked|checked[^>]*value="worked"/)
  const form = formIn((await look(`/o/${token}`)).html)
  const twice = await Promise.all([press(token, { answer: 'worked' }, form), press(token, { answer: 'worked' }, form)])
  // The later one is either as early, or is shown what was answered a moment ago.
  expect(twice.filter(each => each.status === 303).length).toBeGreaterThanOrEqual(1)
  expect(twice.every(each => each.status === 303 || each.status === 200)).toBe(true)
  expect(await row(it.id)).toMatchObject({ state: 'closed' })
  expect(await events(it.id, 'follow-up.judged')).toMatchObject([{ verdict: 'worked', helpers: [ana.personId] }])
  expect((await look(`/o/${token}/done`)).html).toContain('Good to know')
  expect((await look(`/o/${token}/wrong`)).html).toContain('You have answered this')
})

test('an answer that did not hold goes back to the same owner with what was right, and proposes an edit of what was used', async () => {
  const made = await say('ana', 'POST', '/saved-replies', {
    ...{ name: 'Seal', whose: { is: 'mine' }, texts: [{ language: 'en', body: '<p>Press it in.</p>' }] },
  })
  const savedId = made.body.savedReply.id as string
  const it = await asked(aCustomer(), { used: [savedId] })
  const token = await linkOf(it.id, 'follow-up')
  const done = await press(token, { answer: 'incomplete', said: 'It dripped until the machine was warm.' })
  expect(done).toMatchObject({ status: 303, to: `/o/${token}/done` })
  expect(await row(it.id)).toMatchObject({ state: 'open', ownerId: ana.personId })
  expect(await openKinds(it.id)).toEqual(['reply'])
  expect(await messagesOf(it.id)).toHaveLength(4)
  const page = await look(`/o/${token}/done`)
  expect(page.html).toContain('Ana has it')
  const { body } = await say('ana', 'GET', '/saved-replies')
  expect(body.savedReplies.find((each: { id: string }) => each.id === savedId)).toMatchObject({
    verified: 0,
    flags: [{ said: 'It dripped until the machine was warm.', verdict: 'incomplete', conversationId: it.id }],
  })
  expect((await say('bram', 'GET', '/saved-replies')).body.savedReplies).toEqual([])
  expect((await say('ana', 'POST', `/saved-replies/${savedId}/flags/settle`, {})).status).toBe(200)
  const good = await asked(aCustomer(), { used: [savedId] })
  await press(await linkOf(good.id, 'follow-up'), { answer: 'worked' })
  const after = (await say('ana', 'GET', '/saved-replies')).body.savedReplies[0]
  expect(after).toMatchObject({ verified: 1, flags: [] })
})

test('without an answer the page says what is missing and keeps the words; an old form is pressed once more', async () => {
  const it = await asked()
  const token = await linkOf(it.id, 'follow-up')
  const missing = await press(token, { said: 'my words' })
  expect(missing).toMatchObject({ status: 422 })
  expect(missing.html).toContain('my words')
  expect(missing.html).toContain('Not sent yet')
  for (const form of ['', 'x.y', formIn((await look(`/o/${token}`)).html).replace(/.$/, '_')])
    expect((await press(token, { answer: 'wrong', said: 'kept' }, form)).status).toBe(409)
  const old = formIn((await look(`/o/${token}`)).html)
  await days(2)
  expect((await press(token, { answer: 'wrong', said: 'kept' }, old)).html).toContain('kept')
  expect(await row(it.id)).toMatchObject({ state: 'solved' })
})

test('who cannot tell yet is asked again in a week, and that is not unasked', async () => {
  const it = await asked()
  await press(await linkOf(it.id, 'follow-up'), { answer: 'later' })
  expect(await row(it.id)).toMatchObject({ state: 'solved' })
  expect(await openKinds(it.id)).toEqual(['follow-up'])
  await days(7)
  const { version } = await row(it.id)
  const prepared = await say('ana', 'GET', `/conversations/${it.id}/follow-up`)
  expect(prepared.body.refused).toBeNull()
  const again = await say('ana', 'POST', `/conversations/${it.id}/follow-up`, {
    seenVersion: version,
    body: 'And now?',
  })
  expect(again.body.notAsked).toBeNull()
})

test('several answers to one person go in one mail with an answer each; a second mail is refused and closes unverified', async () => {
  const customer = aCustomer()
  const [a, b] = [await answered(customer), await answered(customer)]
  const prepared = await say('ana', 'GET', `/conversations/${a.id}/follow-up`)
  expect(prepared.body.also).toMatchObject([{ id: b.id }])
  const both = { seenVersion: (await row(a.id)).version, body: 'Did they hold?', also: [b.id] }
  expect((await say('ana', 'POST', `/conversations/${a.id}/follow-up`, both)).status).toBe(200)
  const asks = (await links(a.id)).filter(each => each.purpose === 'follow-up')
  expect(asks).toHaveLength(8)
  const [first, second] = [...new Set(asks.map(each => each.token))]
  await press(first!, { answer: 'worked' })
  await press(second!, { answer: 'wrong' })
  expect([await row(a.id), await row(b.id)]).toMatchObject([{ state: 'closed' }, { state: 'open' }])
  const c = await answered(customer)
  expect((await say('ana', 'GET', `/conversations/${c.id}/follow-up`)).body.refused).toMatchObject({ because: 'limit' })
  const body = { seenVersion: (await row(c.id)).version, body: 'And this?' }
  const refused = await say('ana', 'POST', `/conversations/${c.id}/follow-up`, body)
  expect(refused.body).toMatchObject({ state: 'closed', notAsked: 'limit', messageId: null })
  expect(await events(c.id, 'follow-up.not-asked')).toMatchObject([{ because: 'limit' }])
})

test('who answers after a year is heard: verified, or a new conversation with the same owner', async () => {
  const [good, bad] = [await asked(), await asked()]
  const tokens = [await linkOf(good.id, 'follow-up'), await linkOf(bad.id, 'follow-up')] as const
  await days(20)
  await closeSilent(desk.database.db, desk.clock.now)
  expect(await row(bad.id)).toMatchObject({ state: 'closed' })
  await days(365)
  await press(tokens[0], { answer: 'worked' })
  await press(tokens[1], { answer: 'wrong', said: 'It broke again.' })
  expect([await row(good.id), await row(bad.id)]).toMatchObject([{ state: 'closed' }, { state: 'closed' }])
  const { rows } = await sql<{ id: string }>`select id from conversation where previous_id = ${bad.id}::uuid`.execute(
    desk.database.db,
  )
  expect(await row(rows[0]!.id)).toMatchObject({ state: 'open', ownerId: ana.personId })
  expect((await look(`/o/${tokens[1]}/done`)).html).toContain('Ana has it')
  await days(500)
  const late = await asked()
  const token = await linkOf(late.id, 'follow-up')
  await days(1000)
  expect(await look(`/o/${token}`)).toMatchObject({ status: 410 })
})
test('who wants to be asked nothing says so on a page, and is closed unverified instead of asked', async () => {
  const customer = aCustomer()
  const it = await asked(customer)
  const token = await linkOf(it.id, 'preferences')
  expect((await look(`/o/${token}/quiet`)).html).toContain('ask me')
  expect((await press(token, { pick: 'quiet' })).status).toBe(303)
  await days(30)
  const next = await answered(customer)
  const body = { seenVersion: (await row(next.id)).version, body: 'Did it hold?' }
  expect((await say('ana', 'POST', `/conversations/${next.id}/follow-up`, body)).body).toMatchObject({
    notAsked: 'opted-out',
  })
  const other = await answered(customer)
  await days(40)
  await closeSilent(desk.database.db, desk.clock.now)
  expect(await row(other.id)).toMatchObject({ state: 'closed' })
  expect(await events(other.id, 'follow-up.not-asked')).toMatchObject([{ because: 'opted-out' }])
  expect((await press(token, { pick: 'asks' })).status).toBe(303)
})
