/** The pages under /help over HTTP: signing in by a mailed link, what customer A, customer B and a colleague see, and answering and ending. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portalDesk, tokensIn } from '../../../test/portal-desk.ts'

let made: Awaited<ReturnType<typeof portalDesk>>
beforeAll(async () => {
  made = await portalDesk()
})
afterAll(() => made.stop())

test('a link signs in once, by a button alone, and an address we do not know gets the same answer and no mail', async () => {
  const ines = made.someone('ines')
  await made.fresh({ customer: ines })
  const known = await made.press('/help/sign-in', { address: ines, next: '/help/me' })
  const unknown = await made.press('/help/sign-in', { address: 'nobody@nowhere.example' })
  expect([known.status, known.to?.split('?')[0]]).toEqual([unknown.status, unknown.to?.split('?')[0]])
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from outbox where recipient_normal = 'nobody@nowhere.example'`.execute(
    made.desk.database.db,
  )
  expect(rows[0]!.n).toBe(0)
  const path = await made.mailedLink(ines)
  // A program that looks at mails opens it, twice: it still holds.
  for (const _ of [1, 2]) expect((await made.look(path)).html).toContain('Sign me in')
  const inside = await made.press(path, {})
  expect(inside).toMatchObject({ status: 303, to: '/help/me' })
  expect((await made.press(path, {})).status).toBe(410)
  expect((await made.look('/help/me', inside.cookie)).html).toContain(ines)
  // Half an hour later a new one has ended.
  await made.press('/help/sign-in', { address: ines })
  const late = await made.mailedLink(ines)
  const { now } = made.desk.clock
  made.desk.clock.now = new Date(now.getTime() + 31 * 60_000)
  expect((await made.look(late)).status).toBe(410)
  made.desk.clock.now = now
  expect((await made.press('/help/sign-out', {}, inside.cookie)).to).toBe('/help')
  expect((await made.look('/help/me', inside.cookie)).status).toBe(401)
})

test('only paths of these pages are gone to after signing in (S13)', async () => {
  const rui = made.someone('rui')
  await made.fresh({ customer: rui })
  for (const next of ['https://evil.example/', '//evil.example', '/help/../settings', '/settings']) {
    await sql`delete from throttle`.execute(made.desk.database.db)
    await made.press('/help/sign-in', { address: rui, next })
    expect((await made.press(await made.mailedLink(rui), {})).to).toBe('/help/mine')
  }
})

test('a customer sees their own, a colleague what the membership opens, and nobody else anything (I9)', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const [a, b, mate, plain] = ['a', 'b', 'mate', 'plain'].map(made.someone) as [string, string, string, string]
  const it = await made.fresh({ customer: a, owner: made.ana, words: 'Zinc lever snapped' })
  for (const other of [b, mate, plain]) await made.fresh({ customer: other })
  const { db } = made.desk.database
  const [noteId, fileId, organisationId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const sha256 = (await made.desk.files.put([Buffer.from('plate')]))[0]!
  await sql`insert into file (sha256, bytes) values (${sha256}, 5) on conflict do nothing`.execute(db)
  await sql`insert into attachment (id, message_id, sha256, name, media_type, bytes, position) values (${fileId}, ${it.messageId}, ${sha256}, 'plate.txt', 'text/plain', 5, 0)`.execute(
    db,
  )
  await sql`insert into message (id, conversation_id, kind, at, body_text, author_id) values (${noteId}, ${it.id}, 'note', ${made.desk.clock.now}, 'inside only', ${made.ana.personId})`.execute(
    db,
  )
  await sql`insert into organisation (id, name, created_at) values (${organisationId}, 'Saudade', now())`.execute(db)
  await sql`insert into membership (person_id, organisation_id, sees_all, since)
    select person_id, ${organisationId}::uuid, normal = ${mate}, now() from address where normal in (${a}, ${mate}, ${plain})`.execute(
    db,
  )
  const cookies = {
    a: await made.signIn(a),
    b: await made.signIn(b),
    mate: await made.signIn(mate),
    plain: await made.signIn(plain),
  }
  const page = `/help/mine/${it.id}`
  const file = `${page}/files/${fileId}`
  const seen = async (who: keyof typeof cookies) => ({
    listed: (await made.look('/help/mine', cookies[who])).html.includes('Zinc lever'),
    page: (await made.look(page, cookies[who])).status,
    file: (await made.look(file, cookies[who])).status,
  })
  expect(await seen('a')).toEqual({ listed: true, page: 200, file: 200 })
  expect(await seen('mate')).toEqual({ listed: true, page: 200, file: 200 })
  expect(await seen('b')).toEqual({ listed: false, page: 404, file: 404 })
  expect(await seen('plain')).toEqual({ listed: false, page: 404, file: 404 })
  expect((await made.look(file, cookies.a)).headers['cache-control']).toBe('no-store')
  expect((await made.look(page)).status).toBe(401)
  const whole = (await made.look(page, cookies.a)).html
  expect(whole).toContain('Hello.')
  expect(whole).not.toContain('inside only')
  // Somebody else's page is the page for what does not exist, byte by byte but for what is asked.
  const other = await made.look(page, cookies.b)
  expect(other.html).toBe((await made.look(`/help/mine/${randomUUIDv7()}`, cookies.b)).html)
  // With another's tokens and another's name nothing is done, either.
  const mine = tokensIn(whole, 'id="reply"')
  for (const act of ['answer', 'verdict', 'choice'])
    expect((await made.press(`${page}/${act}`, { ...mine, text: 'I am B', verdict: 'worked' }, cookies.b)).status).toBe(
      404,
    )
  // Who looks on may not end it.
  const theirs = tokensIn((await made.look(page, cookies.mate)).html, 'id="reply"')
  expect((await made.press(`${page}/answer`, { ...theirs, text: '', act: 'withdraw' }, cookies.mate)).status).toBe(404)
  expect((await made.row(it.id)).state).toBe('open')
  // Shared with somebody it is theirs to see; left, it is not.
  await sql`insert into conversation_share (id, conversation_id, person_id, by_id, since) select ${randomUUIDv7()}::uuid, ${it.id}::uuid, person_id, ${made.ana.personId}::uuid, now() from address where normal = ${b}`.execute(
    db,
  )
  expect((await seen('b')).page).toBe(200)
  await sql`update membership set left_at = now() where organisation_id = ${organisationId}::uuid`.execute(db)
  expect((await seen('mate')).page).toBe(404)
  await sql`update conversation set state = 'trash' where id = ${it.id}::uuid`.execute(db)
  expect((await seen('a')).page).toBe(404)
})

test('an answer is a message like one by mail, once however often it is pressed, with its files', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const eva = made.someone('eva')
  const it = await made.fresh({ customer: eva, owner: made.ana })
  const cookie = await made.signIn(eva)
  const page = `/help/mine/${it.id}`
  const before = tokensIn((await made.look(page, cookie)).html, 'id="reply"')
  const fields: [string, string][] = [
    ['press', before.press],
    ['form', before.form],
    ['text', 'The plate says 3.'],
  ]
  const file = { name: 'plate.txt', content: 'Faro 3' }
  const sent = await Promise.all([1, 2].map(() => made.pressWith(`${page}/answer`, fields, file, cookie)))
  for (const one of sent) expect(one).toMatchObject({ status: 303, to: `${page}?done=sent` })
  const { rows } = await sql<{ n: number; files: number; channel: string }>`
    select count(*)::int as n, (select count(*)::int from attachment f join message m on m.id = f.message_id where m.conversation_id = ${it.id}::uuid) as files
    from message where conversation_id = ${it.id}::uuid and kind = 'message' and body_text like 'The plate%'`.execute(
    made.desk.database.db,
  )
  expect(rows[0]).toMatchObject({ n: 1, files: 1 })
  expect((await made.look(page, cookie)).html).toContain('plate.txt')
  const empty = await made.press(
    `${page}/answer`,
    { ...tokensIn((await made.look(page, cookie)).html, 'id="reply"'), text: ' ' },
    cookie,
  )
  expect(empty.status).toBe(422)
  expect(empty.html).toContain('aria-invalid="true"')
  const old = await made.press(`${page}/answer`, { press: before.press, form: 'x.y', text: 'kept words' }, cookie)
  expect([old.status, old.html.includes('kept words')]).toEqual([409, true])
})

test('who needs nothing any more says so: it is closed, and what was owed is released', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const kim = made.someone('kim')
  const it = await made.fresh({ customer: kim, owner: made.ana })
  const cookie = await made.signIn(kim)
  const tokens = tokensIn((await made.look(`/help/mine/${it.id}`, cookie)).html, 'id="reply"')
  const done = await made.press(
    `/help/mine/${it.id}/answer`,
    { ...tokens, text: 'Found it myself.', act: 'withdraw' },
    cookie,
  )
  expect(done.to).toBe(`/help/mine/${it.id}?done=withdrawn`)
  expect(await made.row(it.id)).toMatchObject({ state: 'closed', dueAt: null })
  expect(await made.openKinds(it.id)).toEqual([])
  const list = (await made.look('/help/mine', cookie)).html
  expect(list).toContain('Finished')
})

test('whoever is copied sees what went to them since, and nothing before it or beside it', async () => {
  const { db } = made.desk.database
  await sql`delete from throttle`.execute(db)
  const [a, copied] = ['a', 'copied'].map(made.someone) as [string, string]
  const it = await made.fresh({ customer: a, owner: made.ana, words: 'Pewter jug' })
  await made.fresh({ customer: copied })
  const { now } = made.desk.clock
  const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  await sql`insert into participant (conversation_id, address_id, person_id, role, since) select ${it.id}::uuid, id, person_id, 'copied', ${at(-30)}::timestamptz from address where normal = ${copied}`.execute(
    db,
  )
  const said = (words: string, kind: string, to: string[], minutes: number) =>
    sql`insert into message (id, conversation_id, kind, at, body_text, author_id, recipients) values (${randomUUIDv7()}, ${it.id}, ${kind}, ${at(minutes)}, ${words}, ${made.ana.personId}, ${JSON.stringify(to.map(address => ({ role: 'cc', address, name: '' })))}::jsonb)`.execute(
      db,
    )
  await said('Before them', 'reply', [a, copied], -40)
  await said('To both', 'reply', [a, copied], -20)
  await said('To the customer alone', 'reply', [a], -10)
  await said('For us alone', 'note', [copied], -5)
  await sql`insert into promise (id, conversation_id, kind, direction, by_person_id, by_team_id, to_person_id, words, made_at, due_at, told_at)
    select ${randomUUIDv7()}, ${it.id}, 'action', 'ours', ${made.ana.personId}, c.team_id, c.customer_id, 'sends the bill', ${now}, ${at(600)}, ${now} from conversation c where c.id = ${it.id}::uuid`.execute(
    db,
  )
  const cookie = await made.signIn(copied)
  const list = (await made.look('/help/mine', cookie)).html
  expect([list.includes('Pewter jug'), list.includes('sends the bill')]).toEqual([true, false])
  const { html } = await made.look(`/help/mine/${it.id}`, cookie)
  expect(
    ['To both', 'Before them', 'To the customer alone', 'For us alone', 'sends the bill', 'Hello.'].map(words =>
      html.includes(words),
    ),
  ).toEqual([true, false, false, false, false, false])
  const whole = (await made.look(`/help/mine/${it.id}`, await made.signIn(a))).html
  expect(
    ['To both', 'Before them', 'To the customer alone', 'sends the bill'].every(words => whole.includes(words)),
  ).toBe(true)
  await sql`update participant set role = 'left' where conversation_id = ${it.id}::uuid and role = 'copied'`.execute(db)
  expect((await made.look(`/help/mine/${it.id}`, cookie)).status).toBe(404)
})

test('a promise in an answer is offered with its day, and is theirs with a yes alone', async () => {
  const { db } = made.desk.database
  await sql`delete from throttle`.execute(db)
  const [lia, other] = ['lia', 'other'].map(made.someone) as [string, string]
  const it = await made.fresh({ customer: lia, owner: made.ana })
  await made.fresh({ customer: other })
  const cookie = await made.signIn(lia)
  const page = `/help/mine/${it.id}`
  const tokens = tokensIn((await made.look(page, cookie)).html, 'id="reply"')
  const sent = await made.press(
    `${page}/answer`,
    { ...tokens, text: 'Thank you. I will send you the log tomorrow.' },
    cookie,
  )
  const offered = (await made.look(sent.to!, cookie)).html
  const from = offered.indexOf('id="pledge"')
  expect(from).toBeGreaterThan(0)
  // It is offered once: who comes back is left in peace.
  expect((await made.look(page, cookie)).html).not.toContain('id="pledge"')
  const theirs = async () =>
    (
      await sql<{
        words: string
        dueAt: Date
        told: boolean
      }>`select words, due_at, told_by is not null as told from promise where conversation_id = ${it.id}::uuid and direction = 'theirs'`.execute(
        db,
      )
    ).rows
  expect(await theirs()).toEqual([])
  const value = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(offered.slice(from))?.[1] ?? ''
  const fields = {
    ...tokensIn(offered, 'id="pledge"'),
    message: value('message'),
    day: value('day'),
    at: value('at'),
    words: value('words'),
    by: value('by'),
  }
  expect(fields.words).toContain('the log')
  const past = await made.press(`${page}/promise`, { ...fields, by: '2020-01-01', act: 'yes' }, cookie)
  expect([past.status, past.html.includes('id="by-err"')]).toEqual([422, true])
  expect((await made.press(`${page}/promise`, { ...fields, act: 'no' }, cookie)).to).toBe(page)
  expect(await theirs()).toEqual([])
  for (const _ of [1, 2])
    expect((await made.press(`${page}/promise`, { ...fields, act: 'yes' }, cookie)).to).toBe(`${page}?done=promised`)
  expect(await theirs()).toEqual([{ words: fields.words, dueAt: new Date(fields.at), told: true }])
  expect((await made.look(page, cookie)).html).toContain('data-of="theirs"')
  // Not in somebody else's words, and not in a conversation that is not theirs.
  const ours = await sql<{
    id: string
  }>`select id from message where conversation_id = ${it.id}::uuid order by at, id limit 1`.execute(db)
  expect((await made.press(`${page}/promise`, { ...fields, act: 'yes' }, await made.signIn(other))).status).toBe(404)
  await sql`update message set author_id = ${made.ana.personId}::uuid where id = ${ours.rows[0]!.id}::uuid`.execute(db)
  expect(
    (await made.press(`${page}/promise`, { ...fields, message: ours.rows[0]!.id, act: 'yes' }, cookie)).status,
  ).toBe(404)
})

test('the pages may be kept and found: canonical, in five languages, unchanged is 304; off they are not there', async () => {
  const home = await made.look('/help', undefined, { 'accept-language': 'de' })
  expect(home.html).toContain('<html lang="de"')
  expect(home.html).toContain('rel="canonical" href="http://localhost:4747/help"')
  expect(home.headers['content-security-policy']).toContain("default-src 'none'")
  expect(home.headers['set-cookie']).toBeUndefined()
  expect(
    (await made.look('/help', undefined, { 'accept-language': 'de', 'if-none-match': String(home.headers.etag) }))
      .status,
  ).toBe(304)
  expect((await made.look('/help?language=ar')).html).toContain('dir="rtl"')
  expect((await made.look('/sitemap.xml')).html).toContain('<loc>http://localhost:4747/help</loc>')
  expect((await made.look('/help/nothing-here')).status).toBe(404)
  await sql`update member set administrator = true where person_id = ${made.ana.personId}::uuid`.execute(
    made.desk.database.db,
  )
  const off = await made.say('ana', 'PUT', '/portal', { on: false, host: null, intro: '', note: null, foot: '' })
  expect(off.status).toBe(200)
  expect((await made.look('/help')).status).toBe(404)
  expect((await made.look('/robots.txt')).html).toContain('Disallow: /\n')
})
