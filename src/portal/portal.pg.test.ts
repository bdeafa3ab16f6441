/** The pages that mails lead to: a scanner changes nothing, a person does, once; and whatever is wrong with a link has a page of its own. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { silence, structureDesk } from '../../test/structure-desk.ts'
import { type LinkPurpose, linkToken } from '../domain/channels/index.ts'
import { closeSilent } from '../domain/conversations/index.ts'
import { savedReplyRoutes } from '../domain/saved-replies/index.ts'
import { render } from './pages/render.tsx'
import { portalRoutes } from './routes.ts'

const keys = [randomBytes(32)]
const { desk, ana, at, say, fresh, row, openKinds, messagesOf } = await structureDesk({
  more: ({ app, database, access }) => {
    portalRoutes(app, { db: database.db, rights: access.rights, nudges: silence, keys, pages: { render, css: '' } })
    savedReplyRoutes(app, { db: database.db, rights: access.rights, nudges: silence })
  },
})
afterAll(() => desk.close())
const begun = desk.clock.now
beforeEach(() => days(0))
/** Everybody is still signed in then. */
async function days(n: number) {
  const now = new Date(begun.getTime() + n * 86_400_000)
  desk.clock.now = now
  await sql`update session set last_seen_at = ${now}, expires_at = ${now}::timestamptz + interval '1 day'`.execute(
    desk.database.db,
  )
}

type Wanted = { purpose: LinkPurpose; subjectId: string; until: string; choice: string | null }
/** Every link of the newest mail of a conversation, made as composing makes them. */
async function links(conversationId: string) {
  const { rows } = await sql<{ links: Wanted[]; number: number; normal: string }>`
    select o.content->'links' as links, a.number, a.normal from outbox o join address a on a.id = o.address_id
    where o.conversation_id = ${conversationId}::uuid order by o.created_at desc, o.id desc limit 1`.execute(
    desk.database.db,
  )
  const { links: wanted, number, normal } = rows[0]!
  return wanted.map(({ purpose, subjectId, until, choice }) => ({
    ...{ purpose, subjectId, choice: choice ?? '' },
    token: linkToken({ purpose, subjectId, until: new Date(until), addressNumber: number, recipient: normal }, keys),
  }))
}
const linkOf = async (id: string, purpose: LinkPurpose) =>
  (await links(id)).find(each => each.purpose === purpose)!.token

async function look(path: string) {
  const reply = await desk.app.inject({ url: path, headers: { accept: 'text/html' } })
  return { status: reply.statusCode, html: reply.body, headers: reply.headers }
}
const formIn = (html: string) => /name="form" value="([^"]+)"/.exec(html)?.[1] ?? ''
async function press(token: string, fields: Record<string, string>, form?: string) {
  const reply = await desk.app.inject({
    method: 'POST',
    url: `/o/${token}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: desk.baseUrl.origin },
    payload: new URLSearchParams({ form: form ?? formIn((await look(`/o/${token}`)).html), ...fields }).toString(),
  })
  return { status: reply.statusCode, html: reply.body, to: reply.headers.location }
}
let customers = 0
const aCustomer = () => `c${++customers}@saudade.example`
const answer = (customer: string, version: number, more: object = {}) => ({
  ...{ seenVersion: version, body: '<p>Press the seal in, flat side towards you.</p>' },
  ...{ recipients: { to: [customer], cc: [] }, nextStep: { is: 'answered', followUpAt: at(1) }, ...more },
})
async function answered(customer = aCustomer(), more: object = {}) {
  const it = await fresh({ customer, owner: ana })
  const done = await say('ana', 'POST', `/conversations/${it.id}/replies`, answer(customer, 1, more))
  expect(done.status).toBe(200)
  return { ...it, customer }
}
async function asked(customer = aCustomer(), more: object = {}) {
  const it = await answered(customer, more)
  const { version } = await row(it.id)
  const sent = await say('ana', 'POST', `/conversations/${it.id}/follow-up`, {
    seenVersion: version,
    body: 'Did it hold?',
  })
  expect(sent.body).toMatchObject({ state: 'solved', notAsked: null })
  return it
}
const events = async (id: string, kind: string) =>
  (
    await sql<{
      facts: Record<string, unknown>
    }>`select facts from event where subject_id = ${id}::uuid and kind = ${kind} order by seq`.execute(desk.database.db)
  ).rows.map(each => each.facts)

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
  expect(twice.map(each => each.status)).toEqual([303, 303])
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

const options = (more: object = {}) => ({
  until: at(48),
  options: [
    {
      words: 'Thursday at eight',
      consequence: '45 minutes without coffee.',
      promise: { words: 'Tomasz fits it', dueAt: at(72) },
    },
    { words: 'A Faro 2 to borrow', consequence: 'Here on Friday.', cost: '€60 both ways' },
  ],
  ...more,
})
async function offered(more: object = {}) {
  const customer = aCustomer()
  const it = await fresh({ customer, owner: ana })
  const nextStep = { is: 'your-turn', askAgainAt: at(60) }
  const sent = await say(
    'ana',
    'POST',
    `/conversations/${it.id}/replies`,
    answer(customer, 1, { nextStep, options: options(), ...more }),
  )
  expect(sent.status).toBe(200)
  return { ...it, customer, messageId: sent.body.messageId as string }
}
const offerIn = async (id: string) =>
  (await say('ana', 'GET', `/conversations/${id}`)).body.messages.find((each: { offer: unknown }) => each.offer).offer

test('a picked option is our turn with what it promised; a changed mind takes the promise back; withdrawn ones say so', async () => {
  const it = await offered()
  const token = await linkOf(it.id, 'options')
  expect((await look(`/o/${token}/2`)).html).toContain('€60 both ways')
  expect(await row(it.id)).toMatchObject({ state: 'pending' })
  expect((await press(token, { pick: '1' })).status).toBe(303)
  expect(await row(it.id)).toMatchObject({ state: 'open' })
  expect(await openKinds(it.id)).toEqual(['action'])
  expect((await look(`/o/${token}/done`)).html).toContain('Tomasz fits it')
  expect((await offerIn(it.id)).settled).toMatchObject({ how: 'picked' })
  const change = await look(`/o/${token}/change`)
  expect((await press(token, { pick: '2' }, formIn(change.html))).status).toBe(303)
  expect(await openKinds(it.id)).toEqual(['reply'])
  // The page that was open before is out of date.
  expect((await press(token, { pick: '1' }, formIn(change.html))).status).toBe(409)
  expect((await look(`/o/${token}`)).html).toContain('A Faro 2 to borrow')
  expect(await events(it.id, 'options.picked')).toHaveLength(2)
})

test('none of these needs words, which come as a message; over, withdrawn, replaced and taken back have a page each', async () => {
  const it = await offered()
  const token = await linkOf(it.id, 'options')
  expect(await press(token, { pick: 'none' })).toMatchObject({ status: 422 })
  expect((await press(token, { pick: 'none', said: 'Sunday would be fine.' })).status).toBe(303)
  expect((await look(`/o/${token}/done`)).html).toContain('Sunday would be fine.')
  expect(await messagesOf(it.id)).toHaveLength(3)
  expect(await openKinds(it.id)).toEqual(['reply'])
  const gone = await offered()
  const withdrawn = await linkOf(gone.id, 'options')
  const { id } = await offerIn(gone.id)
  expect((await say('outsider', 'POST', `/offers/${id}/withdraw`, {})).status).toBe(404)
  expect((await say('bram', 'POST', `/offers/${id}/withdraw`, {})).status).toBe(200)
  expect((await look(`/o/${withdrawn}`)).html).toContain('taken back')
  expect((await say('ana', 'POST', `/offers/${id}/choice`, { optionId: null })).body.code).toBe('options-over')
  const late = await offered()
  const ended = await linkOf(late.id, 'options')
  const form = formIn((await look(`/o/${ended}`)).html)
  await days(5)
  expect((await look(`/o/${ended}`)).html).toContain('have ended')
  expect((await press(ended, { pick: '1' }, form)).status).toBe(410)
  await days(0)
  const spoken = await offered()
  const chosen = (await offerIn(spoken.id)).options[1].id
  expect(
    (
      await say('ana', 'POST', `/offers/${(await offerIn(spoken.id)).id}/choice`, {
        optionId: chosen,
        said: 'on the phone',
      })
    ).status,
  ).toBe(200)
  expect((await look(`/o/${await linkOf(spoken.id, 'options')}`)).html).toContain('A Faro 2 to borrow')
  await say('ana', 'POST', `/conversations/${spoken.id}/put-away`, { as: 'trash' })
  expect(await look(`/o/${await linkOf(spoken.id, 'options')}`)).toMatchObject({ status: 410 })
})

test('options that cannot be kept are not offered, and a no may be answered by options', async () => {
  const customer = aCustomer()
  const it = await fresh({ customer, owner: ana })
  const say1 = (more: object) => say('ana', 'POST', `/conversations/${it.id}/replies`, answer(customer, 1, more))
  const turn = { nextStep: { is: 'your-turn', askAgainAt: at(60) } }
  expect((await say1({ options: options() })).body.code).toBe('options-need-turn')
  expect((await say1({ ...turn, options: options({ until: at(-1) }) })).body.code).toBe('options-past')
  expect((await say1({ ...turn, options: options({ until: at(80) }) })).body.code).toBe('options-promise-early')
  const no = { is: 'we-cannot', personalWord: 'I am sorry.', alternative: { is: 'options' }, followUpAt: at(100) }
  expect((await say1({ nextStep: no })).body.code).toBe('no-without-options')
  expect((await say1({ nextStep: no, options: options() })).body).toMatchObject({ state: 'solved' })
  await press(await linkOf(it.id, 'options'), { pick: '2' })
  expect(await row(it.id)).toMatchObject({ state: 'open' })
})

test('a conversation that went up in another keeps its links; its page shows who has it and nothing that was said', async () => {
  const it = await offered()
  const other = await fresh({ customer: it.customer, owner: ana })
  const [pick, page] = [await linkOf(it.id, 'options'), await linkOf(it.id, 'conversation')]
  await say('ana', 'POST', `/conversations/${it.id}/merge`, { intoId: other.id })
  const seen = await look(`/o/${page}`)
  expect(seen.status).toBe(200)
  expect(seen.html).toContain('Ana')
  expect(seen.html).not.toContain('flat side')
  const toOptions = /href="(\/o\/o[^"]+)"/.exec(seen.html)?.[1]
  expect((await look(toOptions!)).html).toContain('Thursday at eight')
  expect((await press(pick, { pick: '1' })).status).toBe(303)
  expect(await row(other.id)).toMatchObject({ state: 'open' })
})

test('altered, foreign and unknown links lead nowhere, and tell nothing', async () => {
  const it = await offered()
  const token = await linkOf(it.id, 'options')
  const page = await linkOf(it.id, 'conversation')
  for (const wrong of [
    `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
    `c${token.slice(1)}`,
    'x',
    `${'a'.repeat(300)}`,
  ]) {
    const seen = await look(`/o/${wrong}`)
    expect(seen.status, wrong).toBe(404)
    expect(seen.html).not.toContain('Faro')
  }
  expect(
    (await desk.app.inject({ method: 'POST', url: `/o/${token}`, headers: { origin: 'https://evil.example' } }))
      .statusCode,
  ).toBe(403)
  await sql`update participant set role = 'left' where conversation_id = ${it.id}::uuid`.execute(desk.database.db)
  expect(await look(`/o/${page}`)).toMatchObject({ status: 410 })
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
  expect((await press(token, { pick: 'asks' })).status).toBe(303)
})
