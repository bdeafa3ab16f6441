/** Saved replies over HTTP: whose they are, who changes them, what is refused, and that nobody is counted. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, aMember, ask, aTeam, cookieOf, type TestDesk } from '../../../test/people.ts'
import { savedReplyRoutes } from './index.ts'

const silence = { send: () => {} }
let desk: TestDesk
const cookies: Record<string, string> = {}
let teamId = ''
let elsewhereId = ''
beforeAll(async () => {
  desk = await aDesk({
    more: ({ app, database, access }) =>
      savedReplyRoutes(app, { db: database.db, rights: access.rights, nudges: silence }),
  })
  teamId = (await aTeam(desk)).id
  elsewhereId = (await aTeam(desk)).id
  const people = {
    lead: { teams: { [teamId]: 'lead' } },
    teammate: { teams: { [teamId]: 'teammate' } },
    colleague: { teams: { [teamId]: 'colleague' } },
    partner: { teams: { [teamId]: 'partner' } },
    outsider: { teams: { [elsewhereId]: 'lead' } },
    administrator: { administrator: true },
  } as const
  for (const [kind, wishes] of Object.entries(people)) cookies[kind] = await cookieOf(desk, await aMember(desk, wishes))
})
afterAll(() => desk.close())

const base = '/api/v1/saved-replies'
const as = (kind: string) => ({ cookie: cookies[kind]! })
const words = (body = '<p>Thank you, {{customer.firstName|and hello}}.</p>') => [{ language: 'en', body }]
let made = 0
const reply = (whose: object, more: object = {}) => ({ name: `Thanks ${++made}`, whose, texts: words(), ...more })
const seen = async (kind: string): Promise<string[]> =>
  (await ask(desk, 'GET', base, undefined, as(kind))).body.savedReplies.map((one: { id: string }) => one.id)

test('one’s own is nobody else’s, not even an administrator’s', async () => {
  const { body, status } = await ask(desk, 'POST', base, reply({ is: 'mine' }), as('teammate'))
  expect(status).toBe(200)
  const { id } = body.savedReply
  expect(await seen('teammate')).toContain(id)
  for (const kind of ['lead', 'administrator', 'outsider']) {
    expect(await seen(kind), kind).not.toContain(id)
    expect((await ask(desk, 'PUT', `${base}/${id}`, reply({ is: 'mine' }), as(kind))).status, kind).toBe(404)
    expect((await ask(desk, 'POST', `${base}/${id}/used`, {}, as(kind))).status, kind).toBe(404)
  }
})

test('a team’s is its lead’s and the administrator’s to change, and everybody’s of the team who writes to use', async () => {
  const whose = { is: 'team', teamId }
  expect((await ask(desk, 'POST', base, reply(whose), as('teammate'))).status).toBe(403)
  expect((await ask(desk, 'POST', base, reply(whose), as('outsider'))).status).toBe(404)
  const { id } = (await ask(desk, 'POST', base, reply(whose), as('lead'))).body.savedReply
  for (const kind of ['lead', 'teammate', 'colleague', 'administrator']) expect(await seen(kind), kind).toContain(id)
  for (const kind of ['partner', 'outsider']) expect(await seen(kind), kind).not.toContain(id)
  expect((await ask(desk, 'PUT', `${base}/${id}`, reply(whose), as('teammate'))).status).toBe(403)
  expect((await ask(desk, 'PUT', `${base}/${id}`, reply(whose), as('outsider'))).status).toBe(404)
  expect((await ask(desk, 'PUT', `${base}/${id}`, reply(whose), as('administrator'))).status).toBe(200)
  // Into a team one does not lead, or to everybody, nothing can be moved.
  expect((await ask(desk, 'PUT', `${base}/${id}`, reply({ is: 'everybody' }), as('lead'))).status).toBe(403)
  expect((await ask(desk, 'PUT', `${base}/${id}`, reply({ is: 'team', teamId: elsewhereId }), as('lead'))).status).toBe(
    404,
  )
})

test('everybody’s is the administrator’s to change', async () => {
  expect((await ask(desk, 'POST', base, reply({ is: 'everybody' }), as('lead'))).status).toBe(403)
  const { id } = (await ask(desk, 'POST', base, reply({ is: 'everybody' }), as('administrator'))).body.savedReply
  for (const kind of Object.keys(cookies)) expect(await seen(kind), kind).toContain(id)
})

test('what nobody can fill is refused by name, and nothing is kept', async () => {
  const before = await seen('teammate')
  const bad = { ...reply({ is: 'mine' }), texts: words('<p>{{customer.shoe}} and {{me.name</p>') }
  const { status, body } = await ask(desk, 'POST', base, bad, as('teammate'))
  expect(status).toBe(422)
  expect(body.code).toBe('unknown-variable')
  expect(body.facts.unknown).toEqual(['customer.shoe', '{{me.name'])
  expect(await seen('teammate')).toEqual(before)
})

test('words are made safe, and a variable can’t smuggle a link that runs', async () => {
  const html = `<p onclick="x()">Hello <script>alert(1)</script><a href="javascript:alert(1)">x</a> <a href="{{customer.name}}">y</a></p>`
  const { body } = await ask(desk, 'POST', base, { ...reply({ is: 'mine' }), texts: words(html) }, as('teammate'))
  expect(body.savedReply.texts[0].body).not.toMatch(/onclick|script|href/)
})

test('one shortcut means one thing to whoever types it, until it is archived', async () => {
  const short = { shortcut: 'Photo' }
  const first = (await ask(desk, 'POST', base, reply({ is: 'mine' }, short), as('teammate'))).body.savedReply
  expect(first.shortcut).toBe('photo')
  const second = await ask(desk, 'POST', base, reply({ is: 'mine' }, short), as('teammate'))
  expect([second.status, second.body.code]).toEqual([409, 'shortcut-taken'])
  expect((await ask(desk, 'POST', base, reply({ is: 'mine' }, short), as('lead'))).status).toBe(200)
  expect((await ask(desk, 'PUT', `${base}/${first.id}/archived`, { archived: true }, as('teammate'))).status).toBe(200)
  expect((await ask(desk, 'POST', base, reply({ is: 'mine' }, short), as('teammate'))).status).toBe(200)
  expect((await ask(desk, 'PUT', `${base}/${first.id}/archived`, { archived: false }, as('teammate'))).status).toBe(409)
})

test('uses are counted for the words, and nowhere for a person', async () => {
  const { id } = (await ask(desk, 'POST', base, reply({ is: 'team', teamId }), as('lead'))).body.savedReply
  for (const kind of ['teammate', 'teammate', 'colleague'])
    expect((await ask(desk, 'POST', `${base}/${id}/used`, {}, as(kind))).status).toBe(200)
  const list = (await ask(desk, 'GET', base, undefined, as('lead'))).body.savedReplies
  expect(list.find((one: { id: string }) => one.id === id).used).toBe(3)
  const { rows } = await desk.database.pool.query(`select count(*)::int as n from event where subject_id = $1`, [id])
  expect(rows[0].n).toBe(1)
})

test('languages are kept in their order, each once', async () => {
  const texts = [
    { language: 'de', body: '<p>Danke</p>' },
    { language: 'en', body: '<p>Thanks</p>' },
  ]
  const { body } = await ask(desk, 'POST', base, { ...reply({ is: 'mine' }), texts }, as('teammate'))
  expect(body.savedReply.texts).toEqual(texts)
  const twice = { ...reply({ is: 'mine' }), texts: [texts[0], texts[0]] }
  expect((await ask(desk, 'POST', base, twice, as('teammate'))).body.code).toBe('language-twice')
  const empty = { ...reply({ is: 'mine' }), texts: words('<p> </p>') }
  expect((await ask(desk, 'POST', base, empty, as('teammate'))).body.code).toBe('nothing-written')
})
