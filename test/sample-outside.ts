/** What real people do in the sample's part of the help pages, and what is left of all that when the sample has gone: theirs. */
import { type RawBuilder, sql } from 'kysely'
import { expect } from 'vitest'
import { beginTopic, insideAs, readyPost, topicsFor, writePost } from '../src/domain/community/index.ts'
import { type Db, inTransaction } from '../src/platform/db/index.ts'
import type { TestDesk } from './people.ts'

type Who = { customerId: string; keeperId: string; memberId: string }
const rowsOf =
  (db: Db) =>
  async <T>(query: RawBuilder<unknown>) =>
    (await query.execute(db)).rows as T[]

/** Somebody from outside answers a question of the sample and asks one; we answer the other one, and keep two articles of our own. */
export async function writeInto({ database: { db } }: TestDesk, who: Who): Promise<void> {
  const { customerId, keeperId, memberId: personId } = who
  const outside = { is: 'person' as const, personId: customerId, organisations: [] }
  const inside = insideAs({
    personId,
    is: 'member',
    name: 'A',
    administrator: true,
    sessionId: '',
    roles: new Map(),
  } as never)
  const rows = rowsOf(db)
  const ofSample = async (title: string) =>
    (
      await rows<{ id: string; categoryId: string }>(sql`select id, category_id from topic where title like ${title}`)
    )[0]!
  const [morning, oats] = [await ofSample('Fast in%'), await ofSample('Oat milk%')]
  const [said, known] = [await readyPost({ body: 'Ours did that, too.' }), await readyPost({ body: 'We look at it.' })]
  const asked = await readyPost({ title: 'A real question', body: 'What now?' })
  await inTransaction(db, async tx => {
    await writePost(tx, outside, { press: null, topicId: morning.id, post: said }, new Date())
    await writePost(tx, inside, { press: null, topicId: oats.id, post: known }, new Date())
    const it = { press: null, categoryId: oats.categoryId, kind: 'question' as const, language: 'en', post: asked }
    await beginTopic(tx, outside, it, new Date())
    await sql`insert into article (id, category_id, audience, owner_id, made_at, changed_at)
      select gen_random_uuid(), category_id, 'public', ${keeperId}::uuid, now(), now() from article where audience = 'inside'`.execute(
      tx,
    )
  })
}

export async function seeWhatIsReal({ database: { db } }: TestDesk, memberId: string): Promise<void> {
  const rows = rowsOf(db)
  expect((await topicsFor(db, { is: 'anybody' }, 'en')).topics.map(each => each.title).sort()).toEqual([
    ...['A real question', 'Fast in the morning, slow at noon'],
  ])
  const posts = await rows<{ state: string; words: string }>(
    sql`select state, words from post order by topic_id, number`,
  )
  expect(posts.filter(each => each.state === 'standing').map(each => each.words)).toEqual([
    ...['Ours did that, too.', 'What now?'],
  ])
  expect(posts.filter(each => each.state !== 'standing').every(each => each.words === '')).toBe(true)
  expect(await rows(sql`select owner_id from article`)).toEqual([{ ownerId: memberId }])
  expect(await rows(sql`select name from article_category_name where language = 'en'`)).toEqual([
    { name: 'Machines and grinders' },
  ])
  expect(await rows(sql`select name from community_category_name where language = 'en'`)).toEqual([
    { name: 'At the machine' },
  ])
  for (const table of ['topic', 'article', 'article_category', 'community_category'])
    expect(await rows(sql`select from ${sql.table(table)} where sample`)).toEqual([])
  for (const table of ['post_like', 'practice_try', 'topic_tie', 'community_person', 'article_picture'])
    expect(await rows(sql`select from ${sql.table(table)}`), table).toEqual([])
}
