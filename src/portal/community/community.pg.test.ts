/** The community's pages over HTTP: what one may not read is not there, what is written before signing in is kept and posted once, and old addresses lead on. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portalDesk, tokensIn, valueIn } from '../../../test/portal-desk.ts'
import type { Audience } from '../../contract/knowledge.ts'
import { beginTopic, type CommunityAs, readyPost } from '../../domain/community/index.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'

let made: Awaited<ReturnType<typeof portalDesk>>
beforeAll(async () => {
  made = await portalDesk()
})
afterAll(() => made.stop())

const dbOf = () => made.desk.database.db
async function aCategory(slug: string, audience: Audience, organisationId?: string): Promise<string> {
  const [id, now] = [randomUUIDv7(), made.desk.clock.now]
  const db = dbOf()
  await sql`insert into community_category (id, audience, made_at) values (${id}::uuid, ${audience}, ${now})`.execute(
    db,
  )
  await sql`insert into community_category_name (category_id, language, name) values (${id}::uuid, 'en', ${slug})`.execute(
    db,
  )
  await sql`insert into community_category_slug (slug, category_id, current) values (${slug}, ${id}::uuid, true)`.execute(
    db,
  )
  if (organisationId)
    await sql`insert into community_category_organisation (category_id, organisation_id) values (${id}::uuid, ${organisationId}::uuid)`.execute(
      db,
    )
  return id
}
async function personOf(address: string): Promise<string> {
  const { rows } = await sql<{ personId: string }>`select person_id from address where normal = ${address}`.execute(
    dbOf(),
  )
  return rows[0]!.personId
}
async function aTopic(as: CommunityAs, categoryId: string, title: string) {
  const body = `${title} <script>alert(1)</script> [x](javascript:alert(1)) is it so?`
  const post = await readyPost({ title, body })
  const it = { press: randomUUIDv7(), categoryId, kind: 'question', language: 'en', post } as const
  return inTransaction(dbOf(), tx => beginTopic(tx, as, it, made.desk.clock.now))
}

test('what one may not read is not there, and nothing that was written runs', async () => {
  await sql`delete from throttle`.execute(dbOf())
  const [lea, otto] = [made.someone('lea-c'), made.someone('otto-c')]
  for (const customer of [lea, otto]) await made.fresh({ customer, words: 'Hello' })
  const organisationId = randomUUIDv7()
  await sql`insert into organisation (id, name, created_at) values (${organisationId}::uuid, 'Andina', now())`.execute(
    dbOf(),
  )
  const personId = await personOf(lea)
  await sql`insert into membership (person_id, organisation_id, since) values (${personId}::uuid, ${organisationId}::uuid, now())`.execute(
    dbOf(),
  )
  const ours = await aCategory('among-us', 'organisation', organisationId)
  await aCategory('for-all', 'public')
  const said = await aTopic({ is: 'person', personId, organisations: [organisationId] }, ours, 'The zither sale')
  const path = `/help/community/t/${said.number}-${said.slug}`
  const [hers, his] = [await made.signIn(lea), await made.signIn(otto)]
  const read = await made.look(path, hers)
  expect(read.status).toBe(200)
  expect(read.html).not.toMatch(/<script>|href="javascript/)
  expect(read.html).toContain('name="robots" content="noindex')
  for (const cookie of [his, undefined]) {
    const nothing = await made.look('/help/community/t/99999999-nothing', cookie)
    for (const url of [path, `${path}/flag/1`, `${path}/edit/1`, `${path}/tries`]) {
      const not = await made.look(url, cookie)
      expect([not.status, not.html]).toEqual([404, nothing.html])
    }
    for (const url of [
      '/help/community',
      '/help/community/newest',
      '/help/search?q=zither',
      '/help/community/feed.xml',
      '/sitemap.xml',
      '/help/sitemap/topics-0.xml',
    ])
      expect((await made.look(url, cookie)).html).not.toMatch(/zither.sale/)
    expect((await made.look('/help/community/c/among-us', cookie)).status).toBe(404)
  }
  expect((await made.look('/help/community', hers)).html).toContain('zither sale')
  expect((await made.look(`${path}x`, hers)).to).toBe(path)
})

test('what everybody read and now only some may is gone from every page and list that was kept', async () => {
  await sql`delete from throttle`.execute(dbOf())
  const nell = made.someone('nell-c')
  await made.fresh({ customer: nell, words: 'Hello' })
  const personId = await personOf(nell)
  const categoryId = await aCategory('soon-ours', 'public')
  const said = await aTopic({ is: 'person', personId, organisations: [] }, categoryId, 'The theorbo sale')
  const path = `/help/community/t/${said.number}-${said.slug}`
  const part = '/help/sitemap/topics-0.xml'
  const places = ['/help/community', '/help/search?q=theorbo', '/help/community/feed.xml', '/sitemap.xml', part]
  // Twice: the second comes from what was kept.
  for (const _ of [1, 2]) {
    expect((await made.look(path)).status).toBe(200)
    for (const url of places) expect((await made.look(url)).html, url).toMatch(/theorbo.sale/i)
  }
  expect((await made.look('/help/sitemap/topics-77.xml')).status).toBe(404)
  await inTransaction(dbOf(), async tx => {
    await sql`update community_category set audience = 'inside' where id = ${categoryId}::uuid`.execute(tx)
    const [subjectId, at] = [categoryId, made.desk.clock.now]
    await record(tx, { kind: 'community.changed', actorId: null, subjectId, facts: {}, scopes: [], at })
  })
  expect((await made.look(path)).status).toBe(404)
  for (const url of places) expect((await made.look(url)).html, url).not.toMatch(/theorbo.sale/i)
})

test('words of somebody who is not signed in wait for them, and are posted once', async () => {
  await sql`delete from throttle`.execute(dbOf())
  const mere = made.someone('mere-c')
  await made.fresh({ customer: mere, words: 'Hello' })
  const open = await aCategory('open-house', 'public')
  const personId = await personOf(mere)
  const said = await aTopic({ is: 'person', personId, organisations: [] }, open, 'Which water do you use?')
  const path = `/help/community/t/${said.number}-${said.slug}`
  const sent = await made.press(path, { act: 'reply', text: 'From the tap, filtered.' })
  const next = new URL(sent.to!, 'http://x').searchParams.get('next')!
  expect(next).toMatch(new RegExp(`^${path}\\?kept=`))
  expect((await made.look(sent.to!)).html).toContain(`value="${next}"`)
  // Under another page's address it is nobody's.
  expect((await made.look(`/help/community/new?${next.split('?')[1]}`)).html).not.toContain('filtered')
  const cookie = await made.signIn(mere)
  const back = await made.look(next, cookie)
  expect(back.html).toContain('From the tap, filtered.')
  const kept = valueIn(back.html, 'kept')
  const fields = { act: 'reply', text: 'From the tap, filtered.', kept, ...tokensIn(back.html, 'id="reply"') }
  const posted = await made.press(path, fields, cookie)
  expect(posted.to).toContain('#p-2')
  expect((await made.press(path, fields, cookie)).to).toContain('#p-2')
  const { rows } = await sql<{ posts: number; kept: number }>`
    select (select count(*)::int from post where topic_id = ${said.topicId}::uuid) as posts, (select count(*)::int from kept_words) as kept`.execute(
    dbOf(),
  )
  expect(rows[0]).toEqual({ posts: 2, kept: 0 })
  const forged = await made.press(path, { ...fields, form: 'x', text: 'Again' }, cookie)
  expect([forged.status, forged.html.includes('Again')]).toEqual([409, true])
})

test('a category is followed by mail of each new topic or in a digest, and mentions come as one says', async () => {
  await sql`delete from throttle`.execute(dbOf())
  const ida = made.someone('ida-c')
  await made.fresh({ customer: ida, words: 'Hello' })
  const [personId, cookie] = [await personOf(ida), await made.signIn(ida)]
  const categoryId = await aCategory('to-follow', 'public')
  const path = '/help/community/c/to-follow'
  const modes = async () =>
    (
      await sql<{ mode: string }>`
        select mode from category_follow where person_id = ${personId}::uuid and category_id = ${categoryId}::uuid`.execute(
        dbOf(),
      )
    ).rows.map(row => row.mode)
  const press = async (more: Record<string, string>) => {
    const { html } = await made.look(path, cookie)
    return made.press(path, { form: valueIn(html, 'form'), ...more }, cookie)
  }
  expect((await press({ act: 'follow' })).to).toBe(`${path}?done=followed`)
  expect(await modes()).toEqual(['each'])
  expect((await made.look(path, cookie)).html).toContain('each new topic comes by mail')
  await press({ act: 'follow', mode: 'digest' })
  expect(await modes()).toEqual(['digest'])
  const mine = await made.look('/help/me', cookie)
  expect(mine.html).toContain('When somebody mentions you')
  const [token] = /action="\/help\/me\/community"[^>]*>.*?name="form" value="([^"]+)"/s.exec(mine.html)!.slice(1)
  const says = { form: token!, shownName: '', from: '', digest: 'never', mentions: 'digest' }
  expect((await made.press('/help/me/community', says, cookie)).status).toBe(303)
  const { rows } = await sql`select digest, mentions from community_person where person_id = ${personId}::uuid`.execute(
    dbOf(),
  )
  expect(rows).toEqual([{ digest: 'weekly', mentions: 'digest' }])
  await press({ act: 'unfollow' })
  expect(await modes()).toEqual([])
})
