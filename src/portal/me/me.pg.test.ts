/** One's own details over HTTP, what one takes along and has erased; and the pages at a host of their own. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portalDesk, valueIn } from '../../../test/portal-desk.ts'
import { openZip } from '../../domain/knowledge/import/zip.ts'
import { followHost } from '../frame/hosts.ts'

let made: Awaited<ReturnType<typeof portalDesk>>
beforeAll(async () => {
  made = await portalDesk()
})
afterAll(() => made.stop())

test('details are kept, and what one takes along holds one’s own', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const lea = made.someone('lea')
  const it = await made.fresh({ customer: lea, words: 'Umbra gasket' })
  const cookie = await made.signIn(lea)
  const form = valueIn((await made.look('/help/me', cookie)).html, 'form')
  const bad = await made.press('/help/me', { form, name: '', zone: 'Mars/Base' }, cookie)
  expect(bad.status).toBe(422)
  const wanted = {
    form,
    name: 'Léa',
    zone: 'Europe/Lisbon',
    tongue: 'ar',
    channel: 'phone',
    channelWords: '+351',
    unasked: 'quiet',
  }
  expect((await made.press('/help/me', wanted, cookie)).to).toBe('/help/me?done=saved')
  const { rows } =
    await sql`select name, zone, language, preferred_channel, no_unasked_since is not null as quiet from person p join address a on a.person_id = p.id where a.normal = ${lea}`.execute(
      made.desk.database.db,
    )
  expect(rows[0]).toMatchObject({
    name: 'Léa',
    zone: 'Europe/Lisbon',
    language: 'ar',
    preferredChannel: 'phone',
    quiet: true,
  })
  const arabic = await made.look('/help/mine', cookie)
  expect(arabic.html).toContain('<html lang="ar" dir="rtl">')
  const { now } = made.desk.clock
  const { db } = made.desk.database
  await sql`insert into promise (id, conversation_id, kind, direction, by_person_id, by_team_id, to_person_id, words, made_at, due_at, told_at, ended_at, ended_how, ended_words)
    select ${randomUUIDv7()}, c.id, 'action', 'ours', ${made.ana.personId}, c.team_id, c.customer_id, 'sends the bill', ${now}, ${now}, ${now}, ${now}, 'kept', 'only to be left in peace' from conversation c where c.id = ${it.id}::uuid`.execute(
    db,
  )
  const zip = await made.desk.app.inject({
    method: 'POST',
    url: '/help/me/export',
    headers: { cookie, origin: made.desk.baseUrl.origin, 'content-type': 'application/x-www-form-urlencoded' },
    payload: `form=${encodeURIComponent(valueIn((await made.look('/help/me', cookie)).html, 'form'))}`,
  })
  expect(zip.headers['content-type']).toBe('application/zip')
  const data = await wordsIn(zip.rawPayload, 'data.json')
  expect(data).toContain('sends the bill')
  // Why something ended, in a colleague's words, is inside.
  expect(data).not.toContain('left in peace')
  const often = await Promise.all(Array.from({ length: 6 }, () => made.press('/help/me/erase', { form }, cookie)))
  expect(often.filter(each => each.status === 429).length).toBeGreaterThan(2)
  await sql`delete from throttle`.execute(db)
  await made.press('/help/me/erase', { form }, cookie)
  const path = await made.mailedLink(lea)
  expect(path).toContain('/help/me/erase/')
  expect((await made.look(path)).status).toBe(200)
  expect((await made.press(path, {})).status).toBe(200)
  expect((await made.press(path, {})).status).toBe(410)
  const asked = await sql<{
    subject: string
  }>`select c.subject from conversation c where c.customer_id = ${it.customerId}::uuid and c.id <> ${it.id}::uuid`.execute(
    made.desk.database.db,
  )
  expect(asked.rows).toHaveLength(1)
})

async function wordsIn(content: Buffer, name: string): Promise<string> {
  const zip = await openZip(content)
  const words = await zip.files.find(({ path }) => path === name)?.read(1_000_000)
  zip.close()
  return String(words)
}

test('files are read only where a form has a place for them', async () => {
  await sql`delete from throttle`.execute(made.desk.database.db)
  const file = { name: 'a.txt', content: 'x'.repeat(1000) }
  const address = ['address', 'nobody@nowhere.example'] as [string, string]
  expect((await made.pressWith('/help/sign-in', [address], file)).status).toBe(415)
  expect((await made.pressWith('/help/suggest', [['text', 'steam']], file)).status).toBe(415)
})

test('at a host of its own there are these pages and nothing of the desk', async () => {
  await sql`update member set administrator = true where person_id = ${made.ana.personId}::uuid`.execute(
    made.desk.database.db,
  )
  const hosts = followHost({ db: made.desk.database.db, baseUrl: made.desk.baseUrl })
  const settings = { on: true, host: 'Help.Saudade.example', intro: '', note: null, foot: '' }
  expect((await made.say('ana', 'PUT', '/portal', { ...settings, host: 'localhost:4747' })).status).toBe(400)
  expect((await made.say('ana', 'PUT', '/portal', settings)).status).toBe(200)
  await hosts.renew()
  const at = (url: string) => hosts.rewrite('help.saudade.example', url)
  expect(['/', '/?language=de', '/ask', '/help/mine', '/api/v1/me', '/o/style.css', '/helpless'].map(at)).toEqual([
    ...['/help', '/help?language=de', '/help/ask', '/help/mine', '/help/api/v1/me', '/o/style.css', '/help/helpless'],
  ])
  expect(hosts.rewrite('localhost:4747', '/api/v1/me')).toBe('/api/v1/me')
  expect([hosts.isOurs('http://help.saudade.example'), hosts.isOurs('http://evil.example')]).toEqual([true, false])
  hosts.stop()
})
