/** What a topic goes with, as far as whoever reads may read that, too; and topics of an article or a conversation. */
import { type RawBuilder, sql } from 'kysely'
import type { TopicTie } from '../../../contract/community.ts'
import type { Db } from '../../../platform/db/index.ts'
import { inSightOf, type Member } from '../../access/index.ts'
import { anybody, pathOf, type ReadingAs, readableBy } from '../../knowledge/index.ts'
import { authorJson, type RawAuthor } from '../reading.ts'
import type { CommunityAs } from '../rules.ts'
import { authorOf } from '../views.ts'

export type Reader = { as: CommunityAs; language: string; member?: Member | null }

function articlesAs(as: CommunityAs): ReadingAs {
  if (as.is === 'anybody') return anybody
  return as.is === 'inside' ? { is: 'inside' } : as
}

type Row = {
  id: string
  topicId: string
  kind: TopicTie['is']
  postNumber: number | null
  author: RawAuthor | null
  article: { id: string; title: string; slug: string | null; category: string } | null
  conversation: { id: string; number: number; subject: string } | null
}

/** By topic. A tie to what one may not read is none. */
export async function tiesOf(db: Db, reader: Reader, topicIds: readonly string[]): Promise<Map<string, TopicTie[]>> {
  if (topicIds.length === 0) return new Map()
  const shown = await shownTies(db, reader, sql`k.topic_id = any(${[...topicIds]}::uuid[])`)
  return new Map([...Map.groupBy(shown, each => each.topicId)].map(([id, all]) => [id, all.map(each => each.tie)]))
}

/** Of one topic. */
export const tiesWhere = async (db: Db, reader: Reader, which: RawBuilder<unknown>): Promise<TopicTie[]> =>
  (await shownTies(db, reader, which)).map(({ tie }) => tie)

async function shownTies(db: Db, { as, language, member }: Reader, which: RawBuilder<unknown>) {
  const { rows } = await sql<Row>`
    select k.id, k.topic_id, k.kind, po.number as post_number, case when po.id is not null and po.state = 'standing' then ${authorJson()} end as author,
      (select jsonb_build_object('id', a.id, 'title', v.title, 'slug', l.slug, 'category', cs.slug) from article a join article_version v on v.article_id = a.id and (v.state = 'published' or ${as.is === 'inside'})
        left join article_slug l on l.article_id = a.id and l.language = v.language and l.current join article_category_slug cs on cs.category_id = a.category_id and cs.current
        where a.id = k.article_id and ${readableBy(articlesAs(as))} order by v.state = 'published' desc, v.language = ${language} desc, v.language, v.number desc limit 1) as article,
      ${
        member
          ? sql`(select jsonb_build_object('id', cv.id, 'number', cv.number, 'subject', cv.subject) from conversation cv where cv.id = k.conversation_id and ${inSightOf(member, 'cv')})`
          : sql`null::jsonb`
      } as conversation
    from topic_tie k left join post po on po.id = k.post_id where ${which} order by k.made_at, k.id limit 200`.execute(
    db,
  )
  return rows
    .filter(row => row.article || row.conversation)
    .map(row => ({
      topicId: row.topicId,
      tie: {
        ...{ id: row.id, is: row.kind, postNumber: row.postNumber },
        article: row.article && {
          ...{ id: row.article.id, title: row.article.title },
          path: row.article.slug ? pathOf(row.article.category, row.article.slug) : '',
        },
        conversation: row.conversation,
        credits: row.kind === 'article' && row.author?.id ? authorOf(row.author, as) : null,
      } satisfies TopicTie,
    }))
}
