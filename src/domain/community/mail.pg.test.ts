/** Mail of the community out and in: to who follows, as far as they may read it as it goes out; answers become posts; the way out works with one click. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, keys, mail } from '../../../test/desk.ts'
import { readToTheEnd } from '../../../test/reading.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { read } from '../../platform/mail/reading/read.ts'
import { composeAll } from '../channels/send/compose.ts'
import { claimRows } from '../channels/send/rows.ts'
import {
  beginTopic,
  changePost,
  changeSelf,
  communityReader,
  follow,
  hearOfNoMentions,
  hearsOfMentions,
  readingAs,
  readyPost,
  removePost,
  topicAt,
  unfollow,
  writePost,
} from './index.ts'
import { gatherDue, mailWaiting } from './mail.ts'

let desk: Awaited<ReturnType<typeof aDesk>>
let place: string
let inside: string
beforeAll(async () => {
  desk = await aDesk()
  place = await category('public')
  inside = await category('inside')
})
afterAll(() => desk.close())

const baseUrl = new URL('https://pond.example')
const now = () => desk.clock.now
const hour = 3_600_000
const pass = (ms: number) => {
  desk.clock.now = new Date(desk.clock.now.getTime() + ms)
}
const act = <T>(command: (tx: Tx) => Promise<T>) => inTransaction(desk.db, command)
const listen = () => readToTheEnd(desk, communityReader(now))

async function category(audience: string): Promise<string> {
  const id = randomUUIDv7()
  await sql`insert into community_category (id, audience, made_at) values (${id}, ${audience}, ${now()})`.execute(
    desk.db,
  )
  await sql`insert into community_category_name (category_id, language, name) values (${id}, 'en', 'Bars')`.execute(
    desk.db,
  )
  await sql`insert into community_category_slug (slug, category_id, current) values (${`c-${id}`}, ${id}, true)`.execute(
    desk.db,
  )
  return id
}
async function person(name: string) {
  const id = randomUUIDv7()
  const address = `${name.toLowerCase()}@cafe.example`
  await sql`insert into person (id, name) values (${id}, ${name})`.execute(desk.db)
  await sql`insert into address (id, person_id, kind, written, normal, verified_at) values (${randomUUIDv7()}, ${id}, 'mail', ${address}, ${address}, ${now()})`.execute(
    desk.db,
  )
  return { id, address, as: () => readingAs(desk.db, id) }
}
type Person = Awaited<ReturnType<typeof person>>
async function begin(who: Person, title: string, categoryId = place) {
  pass(4 * 60_000)
  const post = await readyPost({ title, body: `${title}, said ${who.address.split('@')[0]}.` })
  const as = await who.as()
  return act(tx => beginTopic(tx, as, { press: null, categoryId, kind: 'question', language: 'en', post }, now()))
}
async function say(who: Person, topicId: string, body: string) {
  pass(4 * 60_000)
  const post = await readyPost({ body })
  const as = await who.as()
  return act(tx => writePost(tx, as, { press: null, topicId, post }, now()))
}
/** What goes out now, as its recipients read it. */
async function goesOut() {
  const claims = await claimRows(desk.pool, { now: now(), mailboxes: [{ id: desk.world.mailbox, atMost: 500 }] })
  const { composed, spoiled, empty } = await composeAll(claims, {
    ...{ db: desk.db, files: desk.files, keys: { replies: keys, links: keys } as unknown as Keys, clock: now, baseUrl },
  })
  expect(spoiled).toEqual([])
  await sql`update outbox set state = 'sent', settled_at = ${now()} where id = any(${claims.map(each => each.id)}::uuid[])`.execute(
    desk.db,
  )
  return {
    empty: empty.length,
    mails: composed.map(({ claim, raw }) => ({ recipient: claim.recipient, raw: raw.toString(), ...read(raw) })),
  }
}
const headerOf = (raw: string, name: string) =>
  new RegExp(`^${name}:((?:.|\\r\\n[ \\t])*)`, 'im')
    .exec(raw)?.[1]
    ?.replace(/\r\n[ \t]+/g, '')
    .trim()

test('who follows gets each post once, several as one mail when they wait; nobody gets their own', async () => {
  const [asks, follows, answers] = [await person('Asks'), await person('Follows'), await person('Answers')]
  const it = await begin(asks, 'The wand drips')
  await listen()
  for (const who of [asks, follows, answers])
    await act(async tx => follow(tx, await who.as(), { topicId: it.topicId }, 'each', now()))
  await say(answers, it.topicId, 'Change the **seal** <b>now</b>')
  await listen()
  await listen()
  const { mails } = await goesOut()
  expect(mails.map(each => each.recipient).sort()).toEqual([asks.address, follows.address])
  const one = mails[0]!
  expect(one.subject).toBe('Re: The wand drips')
  expect(one.text).toContain('Change the seal')
  expect(one.html).not.toContain('<b>now')
  expect(one.text).toContain(`https://pond.example/help/community/t/${it.number}-the-wand-drips?at=2#p-2`)
  expect(one.raw).toMatch(/^Auto-Submitted: auto-generated/m)
  expect(headerOf(one.raw, 'List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click')
  expect(headerOf(one.raw, 'List-Unsubscribe')).toMatch(/^<https:\/\/pond\.example\/o\/u[0-9a-f]{32}-/)
  // Six within the hour: five mails are the most, and what was left goes along with the next.
  pass(2 * hour)
  for (let n = 0; n < 7; n++) {
    await say(n % 2 ? asks : answers, it.topicId, `Word number ${n}, and it says something of its own.`)
    await listen()
    pass(60_000)
  }
  const many = (await goesOut()).mails.filter(each => each.recipient === follows.address)
  expect(many).toHaveLength(5)
  pass(hour)
  await act(tx => mailWaiting(tx, now()))
  const late = (await goesOut()).mails.find(each => each.recipient === follows.address)!
  for (const n of [5, 6]) expect(late.text).toContain(`Word number ${n}`)
})

test('an answer by mail stands in the topic; a machine’s, somebody else’s, or one where it can’t stand comes to us', async () => {
  const [asks, answers] = [await person('Mere'), await person('Aino')]
  const it = await begin(asks, 'Which grinder')
  await act(async tx => follow(tx, await asks.as(), { topicId: it.topicId }, 'each', now()))
  await say(answers, it.topicId, 'The small one is enough for two groups.')
  await listen()
  const { raw } = (await goesOut()).mails.find(each => each.recipient === asks.address)!
  const to = /<?(service\+c[^>\s]+)>?/.exec(headerOf(raw, 'Reply-To') ?? '')![1]!
  const from = `Mere <${asks.address}>`
  const answer = mail({
    from,
    to,
    id: 'one',
    text: 'Thank you, that is what we do now.\r\n\r\n> The small one is enough for two groups.',
  })
  expect(await desk.take(answer)).toMatchObject([{ became: 'message', conversationId: null }])
  expect((await desk.take(answer))[0]!.became).toBe('known')
  const seen = await topicAt(desk.db, await readingAs(desk.db, null), 'en', it.number)
  if (seen?.is !== 'topic') throw new Error('gone')
  expect(seen.page.posts.map(each => each.author.name)).toEqual(['Aino', 'Mere'])
  expect(seen.page.posts[1]!.html).toContain('what we do now')
  expect(seen.page.posts[1]!.html).not.toContain('enough for two')
  const { rows: conversations } = await sql`select from conversation`.execute(desk.db)
  const [stranger, robot, forged] = [
    mail({ from: 'Eve <eve@elsewhere.example>', to, id: 'two', text: 'I was given this address.' }),
    mail({ from, to, id: 'three', text: 'I am away until Monday.', more: ['Auto-Submitted: auto-replied'] }),
    mail({
      from,
      to: to.replace(/.@/, each => (each === 'a@' ? 'b@' : 'a@')),
      id: 'four',
      text: 'This was not signed.',
    }),
  ]
  await act(async tx => removePost(tx, await asks.as(), { postId: it.postId }, now()))
  await sql`update topic set locked_at = ${now()} where id = ${it.topicId}::uuid`.execute(desk.db)
  const taken = await desk.take(
    stranger,
    robot,
    forged,
    mail({ from, to, id: 'five', text: 'One more thing, though it is closed.' }),
  )
  expect(taken.map(each => [each.became, each.conversationId !== null])).toEqual(Array(4).fill(['message', true]))
  const { rows: after } = await sql`select from conversation`.execute(desk.db)
  expect(after.length - conversations.length).toBe(4)
  const { rows } = await sql`select became from delivery where post_id is not null`.execute(desk.db)
  expect(rows).toEqual([{ became: 'post' }])
})

test('nothing is quoted to who lost sight of it before it went out, and nothing is gathered for them', async () => {
  const [writes, reads] = [await person('Writes'), await person('Reads')]
  const open = await begin(writes, 'Soon a secret')
  await act(async tx => follow(tx, await reads.as(), { topicId: open.topicId }, 'each', now()))
  const other = await begin(writes, 'Also soon')
  await act(async tx => follow(tx, await reads.as(), { topicId: other.topicId }, 'digest', now()))
  await say(writes, open.topicId, 'The recipe is forty grams.')
  await say(writes, other.topicId, 'The other recipe is fifty grams.')
  await listen()
  await sql`update topic set category_id = ${inside} where id = any(${[open.topicId, other.topicId]}::uuid[])`.execute(
    desk.db,
  )
  pass(8 * 24 * hour)
  await act(tx => gatherDue(tx, now()))
  const { mails, empty } = await goesOut()
  expect(mails.filter(each => each.recipient === reads.address)).toEqual([])
  expect(empty).toBeGreaterThan(0)
})

test('a gathering comes when it was asked for, says how many and where, and none comes of nothing', async () => {
  const [writes, reads] = [await person('Rui'), await person('Lena')]
  const it = await begin(writes, 'Opening at six')
  await act(async tx => follow(tx, await reads.as(), { categoryId: place }, 'digest', now()))
  await act(async tx => changeSelf(tx, await reads.as(), { shownName: null, from: null, digest: 'daily' }, now()))
  const next = await begin(writes, 'Closing at ten')
  await act(async tx => follow(tx, await reads.as(), { topicId: next.topicId }, 'digest', now()))
  await say(writes, next.topicId, 'We never manage.')
  await say(writes, it.topicId, 'Nobody hears of this.')
  await listen()
  await act(tx => gatherDue(tx, now()))
  expect((await goesOut()).mails.filter(each => each.recipient === reads.address)).toEqual([])
  pass(25 * hour)
  await act(tx => gatherDue(tx, now()))
  const [gathered, more] = (await goesOut()).mails.filter(each => each.recipient === reads.address)
  expect(more).toBeUndefined()
  expect(gathered!.text).toContain('2 new posts')
  expect(gathered!.text).toContain('Closing at ten')
  expect(gathered!.text).not.toContain('Nobody hears')
  expect(headerOf(gathered!.raw, 'Reply-To')).toBeUndefined()
  pass(25 * hour)
  await act(tx => gatherDue(tx, now()))
  expect((await goesOut()).mails.filter(each => each.recipient === reads.address)).toEqual([])
  // The link of its foot ends gatherings; what waits goes nowhere.
  await say(writes, next.topicId, 'One more.')
  await listen()
  expect(await act(tx => unfollow(tx, { personId: reads.id, subjectId: reads.id }, now()))).toBe(true)
  expect(await act(tx => unfollow(tx, { personId: reads.id, subjectId: writes.id }, now()))).toBe(false)
  const { rows } = await sql`select from community_waiting where person_id = ${reads.id}::uuid`.execute(desk.db)
  expect(rows).toEqual([])
})

test('who is mentioned hears of it once and their way, in a topic at most once a day, and ends it with one click', async () => {
  const [writes, named, gathers, quiet] = [
    await person('Wanda'),
    await person('Nadia'),
    await person('Gita'),
    await person('Quinn'),
  ]
  const it = await begin(writes, 'Who cleans it')
  for (const who of [named, gathers, quiet]) await say(who, it.topicId, `We do, says ${who.address}.`)
  await act(async tx =>
    changeSelf(tx, await gathers.as(), { shownName: null, from: null, digest: 'never', mentions: 'digest' }, now()),
  )
  await sql`update person set no_unasked_since = ${now()} where id = ${quiet.id}::uuid`.execute(desk.db)
  await listen()
  await goesOut()
  const first = await say(writes, it.topicId, '@Nadia, @Gita and @Quinn: how often?')
  await listen()
  const [mail, ...others] = (await goesOut()).mails
  expect(others).toEqual([])
  expect(mail!.recipient).toBe(named.address)
  expect(mail!.text).toContain('Somebody mentioned you in a topic')
  expect(mail!.text).toContain('how often?')
  expect(headerOf(mail!.raw, 'List-Unsubscribe')).toMatch(/^<https:\/\/pond\.example\/o\/m[0-9a-f]{32}-/)
  // Said otherwise, it mentions nobody again.
  const post = await readyPost({ body: '@Nadia, @Gita and @Quinn: how often, and with what?' })
  await act(async tx => changePost(tx, await writes.as(), { postId: first.postId, post }, now()))
  await listen()
  for (const words of ['And when, @Nadia?', 'Before or after, @Nadia?']) {
    await say(writes, it.topicId, words)
    await listen()
  }
  expect((await goesOut()).mails).toEqual([])
  pass(25 * hour)
  await act(tx => mailWaiting(tx, now()))
  const late = (await goesOut()).mails
  expect(late.map(each => each.recipient)).toEqual([named.address])
  expect(late[0]!.text).toContain('And when')
  expect(late[0]!.text).toContain('Before or after')
  pass(7 * 24 * hour)
  await act(tx => gatherDue(tx, now()))
  expect((await goesOut()).mails.filter(each => each.recipient === gathers.address)).toHaveLength(1)
  expect(await act(tx => hearOfNoMentions(tx, named.id, now()))).toBe(true)
  expect(await act(tx => hearOfNoMentions(tx, named.id, now()))).toBe(false)
  expect((await hearsOfMentions(desk.db, named.id)).follows).toBe(false)
  await say(writes, it.topicId, 'Still there, @Nadia and @Quinn?')
  await listen()
  expect((await goesOut()).mails).toEqual([])
})

test('who follows a category gets each new topic of it, and nothing of what is said in them', async () => {
  const [writes, reads] = [await person('Ines'), await person('Jo')]
  const own = await category('public')
  await act(async tx => follow(tx, await reads.as(), { categoryId: own }, 'each', now()))
  const it = await begin(writes, 'Fresh in here', own)
  await say(writes, it.topicId, 'Nobody asked for this.')
  await listen()
  const mails = (await goesOut()).mails.filter(each => each.recipient === reads.address)
  expect(mails.map(each => each.subject)).toEqual(['Fresh in here'])
  expect(mails[0]!.text).toContain('because you follow the category Bars')
})
