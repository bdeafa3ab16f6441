/** Writing to us, over HTTP: forms with conditions and files, a robot, and what may answer it already. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portalDesk, valueIn } from '../../../test/portal-desk.ts'
import { indexArticles } from '../../domain/knowledge/index-rows.ts'
import { inTransaction } from '../../platform/db/index.ts'

let made: Awaited<ReturnType<typeof portalDesk>>
beforeAll(async () => {
  made = await portalDesk()
})
afterAll(() => made.stop())

test('a form asks what its conditions say, keeps everything and the files when something is missing, and is sent once', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const { desk, ana, say, mailboxId } = {
    ...made,
    mailboxId: (await sql<{ id: string }>`select id from mailbox limit 1`.execute(made.desk.database.db)).rows[0]!.id,
  }
  await sql`update member set administrator = true where person_id = ${ana.personId}::uuid`.execute(desk.database.db)
  const [formId, machine, serial] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const fields = [
    { id: machine, kind: 'choice', label: 'Which machine?', choices: ['Faro', 'Grinder'], required: true },
    { id: serial, kind: 'line', label: 'Its number', required: true, when: { fieldId: machine, is: 'Faro' } },
  ]
  const form = { name: 'A machine is down', mailboxId, fields }
  expect((await say('ana', 'PUT', `/forms/${formId}`, { ...form, fields: fields.toReversed() })).status).toBe(400)
  expect((await say('ana', 'PUT', `/forms/${formId}`, form)).status).toBe(200)
  const empty = await made.look('/help/ask')
  expect(empty.html).toContain('Which machine?')
  expect(empty.html).not.toContain('Its number')
  const url = `/help/ask/${formId}`
  const zoe = made.someone('zoe')
  const typed = (html: string): [string, string][] => [
    ['press', valueIn(html, 'press')],
    ['form', valueIn(html, 'form')],
    ['seen', machine],
    ['name', 'Zoe'],
    ['address', zoe],
    ['subject', 'Quetzal hiss'],
    ['text', 'It hisses.'],
    [machine, 'Faro'],
  ]
  const first = await made.pressWith(url, typed(empty.html), { name: 'hiss.txt', content: 'hiss' })
  expect(first.status).toBe(422)
  expect(first.html).toContain('Its number')
  expect(first.html).toContain('It hisses.')
  expect(first.html).toContain('hiss.txt is kept')
  const again = [
    ...typed(first.html),
    ['seen', serial],
    [serial, 'F3-20931'],
    ['kept', valueIn(first.html, 'kept')],
    ['website', ''],
  ] as [string, string][]
  const sent = await made.press(url, group(again))
  expect(sent.status).toBe(303)
  expect(sent.to).toContain('/help/ask/sent/')
  expect((await made.press(url, group(again))).to).toBe(sent.to)
  const receipt = (await made.look(sent.to!)).html
  expect(receipt).toContain('Workshop')
  expect(receipt).not.toContain('Zoe')
  const { rows } = await sql<{ channel: string; subject: string; text: string; file: string; ack: unknown }>`
    select c.channel, c.subject, m.body_text as text, (select name from attachment f where f.message_id = m.id) as file,
      (select content from outbox o where o.conversation_id = c.id and o.purpose = 'acknowledgement') as ack
    from conversation c join message m on m.conversation_id = c.id join address a on a.person_id = c.customer_id where a.normal = ${zoe}`.execute(
    desk.database.db,
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatchObject({ channel: 'portal', subject: 'Quetzal hiss', file: 'hiss.txt' })
  expect(rows[0]!.text).toContain('Its number: F3-20931')
  // Nobody has shown that the address is theirs: nothing of what was typed is mailed there (S14).
  expect(rows[0]!.ack).toMatchObject({ subject: null, said: null, greets: null })
  const robot = await made.press(url, { ...group(again), website: 'https://spam.example', press: randomUUIDv7() })
  expect(robot.to).toContain('/help/ask/sent/')
  expect(
    (
      await sql<{ n: number }>`select count(*)::int as n from conversation where subject = 'Quetzal hiss'`.execute(
        desk.database.db,
      )
    ).rows[0]!.n,
  ).toBe(1)
})

function group(pairs: [string, string][]): Record<string, string[]> {
  const grouped: Record<string, string[]> = {}
  for (const [name, value] of pairs) grouped[name] = [...(grouped[name] ?? []), value]
  return grouped
}

test('what may answer it already stands beside the form, for whoever may read it; that it did counts for the article', async () => {
  const { db } = made.desk.database
  await sql`delete from throttle`.execute(db)
  const categoryId = randomUUIDv7()
  const now = new Date()
  await sql`insert into article_category (id, made_at) values (${categoryId}, ${now})`.execute(db)
  await sql`insert into article_category_name (category_id, language, name) values (${categoryId}, 'en', 'Steam')`.execute(
    db,
  )
  await sql`insert into article_category_slug (slug, category_id, current) values ('steam', ${categoryId}, true)`.execute(
    db,
  )
  const article = async (title: string, words: string, audience = 'public') => {
    const [id, slug] = [randomUUIDv7(), title.toLowerCase().replaceAll(' ', '-')]
    await sql`insert into article (id, category_id, audience, owner_id, made_at, changed_at) values (${id}, ${categoryId}, ${audience}, ${made.ana.personId}, ${now}, ${now})`.execute(
      db,
    )
    await sql`insert into article_version (id, article_id, language, number, state, title, body_html, body_text, published_at, made_at, changed_at)
      values (${randomUUIDv7()}, ${id}, 'en', 1, 'published', ${title}, ${`<p>${words}</p>`}, ${words}, ${now}, ${now}, ${now})`.execute(
      db,
    )
    await sql`insert into article_slug (slug, article_id, language, current) values (${slug}, ${id}, 'en', true)`.execute(
      db,
    )
    await inTransaction(db, tx => indexArticles(tx, [id]))
    return { id, path: `/help/articles/steam/${slug}` }
  }
  const weak = await article('Weak steam in the morning', 'Descale the boiler, then open the lever with a cloth.')
  const inside = await article('Weak steam inside', 'Call the maker about the boiler and its lever.', 'signed-in')
  await article('Grinder burrs', 'Set the burrs and have a coffee with us.')
  const text = 'Hello, we have had weak steam since this morning and I have tried the lever. What can we do?'
  const asked = async (words: string, cookie?: string) => {
    const reply = await made.press('/help/suggest', { subject: '', text: words }, cookie)
    expect(reply.headers['content-type']).toContain('application/json')
    return JSON.parse(reply.html) as {
      peek: string
      each: { label: string; address: string; press: { token: string } }[]
    }
  }
  const found = await asked(text)
  expect(found.each.map(each => each.label)).toEqual(['Weak steam in the morning'])
  expect(found.peek).toContain('One page may answer this')
  // Small words, and words of nothing we know, are no reason to show anything.
  expect((await asked('Hello, what have we had with you and the invoice of last month?')).each).toEqual([])
  expect((await asked('')).each).toEqual([])
  // What is inside has words of its own: nobody outside can tell by what is not found for them.
  await article('Masonry', 'Plinth, quoin, ashlar, voussoir, spandrel and corbel.', 'inside')
  const probe = await asked('Plinth, quoin, ashlar, voussoir, spandrel, corbel: weak steam at the lever')
  expect(probe.each.map(each => each.label)).toEqual(['Weak steam in the morning'])
  const cookie = await made.signIn(await known())
  expect((await asked(text, cookie)).each.map(each => each.address)).toEqual(
    expect.arrayContaining([weak.path, inside.path]),
  )

  // Without a script: to look first keeps everything, and sends nothing.
  const { rows: forms } = await sql<{ id: string }>`select id from form where archived_at is null limit 1`.execute(db)
  const url = `/help/ask/${forms[0]!.id}`
  const empty = await made.look(url)
  const typed = {
    press: valueIn(empty.html, 'press'),
    form: valueIn(empty.html, 'form'),
    text,
    act: 'look',
    website: '',
  }
  const looked = await made.press(url, typed)
  expect(looked.status).toBe(200)
  expect(looked.html).toContain(text)
  expect(looked.html).toContain('Nothing is sent yet')
  expect(looked.html).toContain(`href="${weak.path}"`)
  expect(looked.html.indexOf('type="submit">Send')).toBeLessThan(looked.html.indexOf('id="may"'))
  const said = await made.press(weak.path, { form: found.each[0]!.press.token, answer: 'yes' })
  expect(said.to).toContain('thanks=1')
  const { rows } = await sql`select answer from article_rating where article_id = ${weak.id}`.execute(db)
  expect(rows).toEqual([{ answer: 'yes' }])
  await sql`update throttle set taken = 200 where bucket like 'suggest:%'`.execute(db)
  expect((await made.press('/help/suggest', { text })).status).toBe(429)
})

/** Somebody who wrote to us before. */
async function known(): Promise<string> {
  const address = made.someone('rui')
  const { db } = made.desk.database
  const personId = randomUUIDv7()
  await sql`insert into person (id, name) values (${personId}, 'Rui')`.execute(db)
  await sql`insert into address (id, person_id, kind, written, normal, verified_at) values (${randomUUIDv7()}, ${personId}, 'mail', ${address}, ${address}, now())`.execute(
    db,
  )
  return address
}

test('a page of our own is made safe, stands where it should in each language, and leads on when it moves; a draft is not there', async () => {
  const { db } = made.desk.database
  await sql`update member set administrator = true where person_id = ${made.ana.personId}::uuid`.execute(db)
  const pageId = randomUUIDv7()
  const texts = [
    {
      language: 'en',
      title: 'Who we are',
      body: '<h2>Us</h2><p onclick="x()">Four people.<script>alert(1)</script><img src=x onerror=alert(1)></p>',
    },
    { language: 'de', title: 'Wer wir sind', body: '<p>Vier Menschen.</p>' },
  ]
  const save = (more: object) =>
    made.say('ana', 'PUT', `/help-pages/${pageId}`, {
      seenRevision: 0,
      place: 'foot',
      published: false,
      texts,
      ...more,
    })
  expect((await save({ texts: [texts[0], texts[0]] })).status).toBe(400)
  expect((await save({})).body.page).toMatchObject({ slug: 'who-we-are', path: '/help/pages/who-we-are', revision: 1 })
  expect((await made.look('/help/pages/who-we-are')).status).toBe(404)
  expect((await made.look('/help')).html).not.toContain('who-we-are')
  expect((await save({ published: true })).status).toBe(409)
  expect((await save({ seenRevision: 1, published: true })).status).toBe(200)
  const shown = await made.look('/help/pages/who-we-are')
  expect([shown.status, shown.html.includes('Four people.'), /onclick|onerror|alert/.test(shown.html)]).toEqual([
    200,
    true,
    false,
  ])
  expect(shown.html).toMatch(/rel="alternate" hreflang="de"/i)
  const german = (await made.look('/help', undefined, { 'accept-language': 'de' })).html
  expect(german).toMatch(/<footer[\s\S]*href="\/help\/pages\/who-we-are">Wer wir sind</)
  expect((await made.look('/help/pages/who-we-are', undefined, { 'accept-language': 'de' })).html).toContain(
    'Vier Menschen.',
  )
  expect((await made.look('/help/pages/who-we-are', undefined, { 'accept-language': 'fr' })).html).toContain(
    'lang="en"',
  )
  expect((await save({ seenRevision: 2, published: true, place: 'head', slug: 'us' })).status).toBe(200)
  expect(await made.look('/help/pages/who-we-are')).toMatchObject({ status: 301, to: '/help/pages/us' })
  expect((await made.look('/help')).html).toMatch(/<nav class="nav"[\s\S]*?\/help\/pages\/us/)
  expect((await made.look('/sitemap.xml')).html).toContain('/help/pages/us</loc>')
  // Another page does not take an address that leads here.
  const other = await made.say('ana', 'PUT', `/help-pages/${randomUUIDv7()}`, {
    seenRevision: 0,
    place: 'foot',
    published: true,
    slug: 'who-we-are',
    texts,
  })
  expect(other.body.page.slug).toBe('who-we-are-2')
  expect((await made.say('ana', 'DELETE', `/help-pages/${pageId}`)).status).toBe(200)
  expect((await made.look('/help/pages/us')).status).toBe(404)
})
