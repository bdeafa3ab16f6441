/** The page on which an expert without an account says by when they answer: theirs alone, once for each pressing, until the answer came. */
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { outsideDesk } from '../../../test/outside-desk.ts'
import { linkToken } from '../../domain/channels/index.ts'
import { timesFor } from './ask.ts'

const { desk, ana, at, say, fresh, look, formIn, press, linkOfAsk, days } = await outsideDesk()
afterAll(() => desk.close())

async function asked(words = 'Which fuse fits?') {
  const it = await fresh({ owner: ana, words: 'Our secret line is 7 Quay.' })
  const made = await say('ana', 'POST', `/conversations/${it.id}/asks`, {
    ...{ address: 'pat@partner.example', name: 'Pat Partner', body: words, dueAt: at(4) },
  })
  expect(made.status, JSON.stringify(made.body)).toBe(200)
  return { ...it, askId: made.body.askId as string }
}
const promiseOf = async (askId: string) =>
  (await say('ana', 'GET', `/asks/${askId}`)).body.promise as { by: { name: string }; dueAt: string }
const timesIn = (html: string) => [...html.matchAll(/name="by" value="([^"]+)"/g)].map(([, value]) => value!)

test('an expert names a time by the link in the mail; it is their promise, may be changed, and ends with the answer', async () => {
  const it = await asked()
  const token = await linkOfAsk(it.askId)
  const page = await look(`/o/${token}`)
  expect(page.html).toContain('Which fuse fits?')
  expect(page.html).not.toMatch(/secret|7 Quay/)
  const [first, second] = timesIn(page.html)
  expect(await press(token, {})).toMatchObject({ status: 422 })
  expect(await press(token, { by: at(24 * 90) })).toMatchObject({ status: 422 })
  expect((await promiseOf(it.askId)).by.name).toBe('Ana')
  expect(await press(token, { by: second! })).toMatchObject({ status: 303, to: `/o/${token}/done` })
  expect(await promiseOf(it.askId)).toMatchObject({ by: { name: 'Pat Partner' }, dueAt: second })
  expect((await look(`/o/${token}/done`)).html).toContain('expects your answer by')
  // Pressed twice changes nothing; what was open before is out of date.
  const old = formIn(page.html)
  expect(await press(token, { by: second! }, old)).toMatchObject({ status: 303 })
  expect(await press(token, { by: first! }, old)).toMatchObject({ status: 409 })
  expect((await press(token, { by: first! })).status).toBe(303)
  expect((await promiseOf(it.askId)).dueAt).toBe(first)
  expect((await say('ana', 'POST', `/asks/${it.askId}/close`, {})).status).toBe(200)
  expect((await look(`/o/${token}`)).status).toBe(410)
  expect((await press(token, { by: second! }, old)).status).toBe(410)
})

test('somebody else’s link, an altered one, a merged ask elsewhere and one that is over open nothing', async () => {
  const [one, other] = [await asked(), await asked('And which bulb?')]
  const token = await linkOfAsk(one.askId)
  expect((await look(`/o/${token.replace(/.$/, letter => (letter === '0' ? '1' : '0'))}`)).status).toBe(404)
  const { rows } = await sql<{ number: number; normal: string }>`
    select number, normal from address where person_id = (select customer_id from conversation where id = ${other.id}::uuid)`.execute(
    desk.database.db,
  )
  const foreign = linkToken(
    {
      ...{ purpose: 'ask', subjectId: other.askId, until: new Date(at(100)) },
      ...{ addressNumber: rows[0]!.number, recipient: rows[0]!.normal },
    },
    desk.linkKeys,
  )
  expect((await look(`/o/${foreign}`)).html).not.toContain('which bulb')
  await days(70)
  expect((await look(`/o/${token}`)).status).toBe(410)
  await days(0)
})

test('the times offered lie ahead, in the hours of who is asked, also where clocks change', () => {
  const times = timesFor(new Date('2026-03-27T16:40:00Z'), 'Europe/Berlin', new Date('2026-03-27T16:00:00Z'))
  // A Friday evening: this evening is too near, the clocks change on Sunday.
  expect(times.map(each => each.toISOString())).toEqual([
    '2026-03-30T10:00:00.000Z',
    '2026-03-30T15:00:00.000Z',
    '2026-03-31T15:00:00.000Z',
    '2026-04-03T15:00:00.000Z',
  ])
})
