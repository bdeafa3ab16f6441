/** The way out of the community's mail: a page with a button, one click of a mail program, and nothing told to who lost sight. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portalDesk, valueIn } from '../../../test/portal-desk.ts'
import { linkToken } from '../../domain/channels/index.ts'

let it: Awaited<ReturnType<typeof portalDesk>>
beforeAll(async () => {
  it = await portalDesk()
})
afterAll(() => it.desk.close())
const keys = [Buffer.alloc(32, 5)]

test('a page says what ends and a button ends it; a mail program does it by one click, also when the link is old', async () => {
  const { db, clock } = { db: it.desk.database.db, clock: it.desk.clock }
  const [personId, addressId, categoryId, topicId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  await sql`insert into person (id, name) values (${personId}, 'Mere')`.execute(db)
  const { rows } = await sql<{ number: number }>`insert into address (id, person_id, kind, written, normal, verified_at)
    values (${addressId}, ${personId}, 'mail', 'mere@cafe.example', 'mere@cafe.example', now()) returning number`.execute(
    db,
  )
  await sql`insert into community_category (id, audience, made_at) values (${categoryId}, 'public', now())`.execute(db)
  await sql`insert into topic (id, category_id, kind, title, slug, likeness, language, state, begun_at, last_at)
    values (${topicId}, ${categoryId}, 'question', 'The wand drips', 'x', 'x', 'en', 'standing', now(), now())`.execute(
    db,
  )
  const followed = async () =>
    (await sql`select from topic_follow where person_id = ${personId}::uuid`.execute(db)).rows.length
  const followAgain = () =>
    sql`insert into topic_follow (topic_id, person_id, mode, since) values (${topicId}, ${personId}, 'each', now())`.execute(
      db,
    )
  const subject = {
    purpose: 'unfollow' as const,
    subjectId: topicId,
    addressNumber: Number(rows[0]!.number),
    recipient: 'mere@cafe.example',
  }
  const path = `/o/${linkToken({ ...subject, until: new Date(clock.now.getTime() + 86_400_000) }, keys)}`
  await followAgain()
  const page = await it.look(path)
  expect(page.status).toBe(200)
  expect(page.html).toContain('The wand drips')
  expect(await followed()).toBe(1)
  expect((await it.press(path, { form: 'x' })).status).toBe(409)
  const done = await it.press(path, { form: valueIn(page.html, 'form') })
  expect(done.status).toBe(303)
  expect(await followed()).toBe(0)
  expect((await it.look(done.to!)).html).not.toContain('<form')
  await followAgain()
  const old = `/o/${linkToken({ ...subject, until: new Date(clock.now.getTime() - 9 * 86_400_000) }, keys)}`
  // As a mail program asks: no page before, no origin, no cookie.
  const click = await it.desk.app.inject({
    method: 'POST',
    url: old,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'List-Unsubscribe=One-Click',
  })
  expect(click.statusCode).toBe(200)
  expect(await followed()).toBe(0)
  await followAgain()
  await sql`update community_category set audience = 'inside' where id = ${categoryId}::uuid`.execute(db)
  expect((await it.look(path)).html).not.toContain('wand')
  const other = `/o/${linkToken({ ...subject, subjectId: randomUUIDv7(), until: clock.now }, keys)}`
  expect((await it.press(other, { form: 'x' })).status).not.toBe(303)
  // Whoever is mentioned follows nothing: the link is theirs who got the mail.
  const named = { ...subject, purpose: 'mentions' as const, subjectId: personId, until: clock.now }
  const mentions = `/o/${linkToken(named, keys)}`
  const asks = await it.look(mentions)
  expect(asks.html).toContain('No more mail of mentions?')
  expect((await it.press(mentions, { form: valueIn(asks.html, 'form') })).status).toBe(303)
  expect((await it.look(mentions)).html).toContain('You get no more mail of mentions')
})
