/** Search on a real database: spelling, hostile input, what was there before it, and what was searched for last. */
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { ask } from '../../../../test/people.ts'
import { searchDesk } from '../../../../test/search-desk.ts'
import { fillSome } from '../../search/upkeep.ts'

const { desk, ana, bram, cookies, said, search, ids, shown, countAll } = await searchDesk()
afterAll(() => desk.close())

describe('spelling', () => {
  test.each([
    ['a letter too few', 'barsta', 'barista'],
    ['two that changed places', 'braista', 'barista'],
    ['another one', 'barisda', 'barista'],
    ['a long word with two slips', 'decalsificaton', 'descalcification'],
    ['beside words that are right', 'the braista', 'the barista'],
  ])('%s', async (_, typed, meant) => {
    await said('The barista asks about descalcification.')
    await countAll()
    const { found, didYouMean } = await search(typed)
    expect(found).toEqual([])
    expect(didYouMean).toBe(meant)
    expect((await search(didYouMean!)).found.length).toBeGreaterThan(0)
  })
})

describe('hostile input', () => {
  test.each([
    "':*&|!()",
    "' or 1=1 --",
    '\\',
    '\\\\:*',
    "'a' <-> !b",
    '\0nul\0',
    '\u{d800}',
    '"',
    '""',
    '-',
    '%_\\%',
    '<script>alert(1)</script>',
    '&'.repeat(500),
    'x'.repeat(500),
    'a '.repeat(250),
    '😀'.repeat(250),
    '東'.repeat(500),
    '( ( (',
    ':',
    'tag:',
    '#',
    '#99999999999999',
  ])('%j is looked for as it stands', async q => {
    await search(q)
    await search(q, { typing: 'true', sort: 'newest' })
  })

  test('marks never leave the text, and markup stays text', async () => {
    await said('<b>hyrax</b> &amp; <img src=x onerror=alert(1)>\n\n\thyrax 😀hyrax')
    const [found] = (await search('hyrax')).found
    expect(found!.message!.excerpt.text).toBe('<b>hyrax</b> &amp; <img src=x onerror=alert(1)> hyrax 😀hyrax')
    expect(shown(found!.message!.excerpt)).toEqual(['hyrax', 'hyrax', 'hyrax'])
  })

  test('a cursor that is none is refused', async () => {
    for (const after of ['x', 'best~1~1~1~zz', 'newest~1~1~0~00000000-0000-7000-8000-000000000000', 'best~9e9~1~1~1']) {
      const answer = await ask(desk, 'GET', '/api/v1/search', { q: 'fuse', after }, { cookie: cookies.get(ana)! })
      expect([after, answer.status]).toEqual([after, 400])
    }
    const last = 'best~999999999999999~999999999999999~1e999~00000000-0000-7000-8000-000000000000'
    expect(
      (await ask(desk, 'GET', '/api/v1/search', { q: 'fuse', after: last }, { cookie: cookies.get(ana)! })).status,
    ).toBe(400)
  })

  test.each([
    ['a million different words', Array.from({ length: 200_000 }, (_, n) => `w${n.toString(36)}`).join(' ')],
    ['one word a million times', 'gecko '.repeat(200_000)],
    ['no space at all', 'x'.repeat(1_000_000)],
    ['signs without words', '東京'.repeat(200_000)],
    ['pictograms', '😀'.repeat(100_000)],
    ['quotes and backslashes', `'\\`.repeat(100_000)],
  ])('a huge message is stored: %s', { timeout: 20_000 }, async (_, text) => {
    const id = await said(`${text} behind`, { words: 'Capybara', language: 'de' })
    expect(await ids('capybara')).toContain(id)
  })
})

describe('what was there before', () => {
  test('is filled in by the job, once', async () => {
    const id = await said('An okapi of old, on a morning.', { files: ['okapi-photo.png'] })
    await sql`delete from message_search`.execute(desk.database.db)
    await sql`update search_progress set filled = false, fill_before = null`.execute(desk.database.db)
    expect(await ids('okapi')).toEqual([])
    while (await fillSome(desk.database.db));
    expect(await ids('okapi')).toEqual([id])
    expect((await search('morning')).found).toHaveLength(1)
    expect(await fillSome(desk.database.db)).toBe(false)
  })
})

describe('recent searches', () => {
  const call = (method: 'GET' | 'POST' | 'DELETE', path: string, say?: unknown, who = ana) =>
    ask(desk, method, `/api/v1/search/recent${path}`, say, { cookie: cookies.get(who)! })
  const texts = async (who = ana) =>
    ((await call('GET', '', {}, who)).body.searches as { id: string; text: string }[]).map(each => each.text)
  beforeEach(() => call('DELETE', ''))

  test('are mine, the latest first, each once, and can be forgotten', async () => {
    for (const text of ['fuse', 'tag:refund  fuse', 'fuse']) {
      desk.clock.now = new Date(desk.clock.now.getTime() + 1000)
      expect((await call('POST', '', { text })).status).toBe(200)
    }
    expect(await texts()).toEqual(['fuse', 'tag:refund fuse'])
    expect(await texts(bram)).toEqual([])
    const { id } = (await call('GET', '')).body.searches[0]
    expect((await call('DELETE', `/${id}`, undefined, bram)).status).toBe(404)
    expect((await call('DELETE', `/${id}`)).status).toBe(200)
    expect(await texts()).toEqual(['tag:refund fuse'])
    for (let n = 0; n < 25; n++) await call('POST', '', { text: `search ${n}` })
    expect(await texts()).toHaveLength(20)
  })
})
