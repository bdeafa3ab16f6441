/** Under which name somebody is read in the community, and who is told by mail what is said inside. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { communityDesk } from '../../../test/community-desk.ts'
import { postsTold } from '../channels/send/community-letter.ts'
import type { Claim } from '../channels/send/rows.ts'

const house = await communityDesk()
const { db, ids, as, person, category, topic, shown, now } = house
afterAll(() => house.desk.close())

const toldTo = async (personId: string, postId: string) => {
  const content = { is: 'community', personId, postIds: [postId], language: 'en' }
  const told = await postsTold(db, [{ id: randomUUIDv7(), content } as unknown as Claim], now())
  return [...told.values()].flat()
}

test('nobody outside is read with the name of one of us, however they came by it', async () => {
  const place = await category('public')
  await sql`update person set name = 'Ana Kovačević' where id = ${ids.lead}::uuid`.execute(db)
  const [other, plain] = [await person('ana kovačević'), await person('Rui Melo')]
  const begun = await topic(await as(other), place, 'Call me about your card')
  const found = await shown(await as(plain), begun.number)
  expect(found?.is === 'topic' && found.topic.author).toMatchObject({ is: 'person', name: null })
  expect((await toldTo(plain, begun.postId)).map(each => each.name)).toEqual([null])
  const own = await topic(await as(plain), place, 'Which burrs')
  const read = await shown(await as(other), own.number)
  expect(read?.is === 'topic' && read.topic.author.name).toBe('Rui Melo')
})

test('what was said inside is mailed to those of us who may read it there', async () => {
  const inside = await category('inside')
  const begun = await topic(
    { is: 'inside', personId: ids.lead!, tends: true, settles: true },
    inside,
    'What we do not say yet',
  )
  const reads = async (kind: string) => (await toldTo(ids[kind]!, begun.postId)).length
  expect([await reads('teammate'), await reads('colleague'), await reads('partner')]).toEqual([1, 1, 0])
})
