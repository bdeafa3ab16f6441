/** Options on their pages, and the pages for whatever is wrong with a link: altered, foreign, over, withdrawn, of something that moved or went. */
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { outsideDesk } from '../../../test/outside-desk.ts'

const {
  desk,
  ana,
  at,
  say,
  fresh,
  row,
  openKinds,
  messagesOf,
  days,
  linkOf,
  look,
  formIn,
  press,
  aCustomer,
  answer,
  events,
  options,
  offered,
  offerIn,
} = await outsideDesk()
afterAll(() => desk.close())
beforeEach(() => days(0))

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
