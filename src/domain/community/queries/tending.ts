/** For those who look after the community: what waits for a look, what somebody did here, what a post said before. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { FlagReason, PostState, TopicRow, TopicTie, WaitReason } from '../../../contract/community.ts'
import type { communityPostHistory } from '../../../contract/community-desk.ts'
import type { CommunityPerson, QueueItem } from '../../../contract/community-tending.ts'
import type { Db } from '../../../platform/db/index.ts'
import { absent } from '../../../platform/http/index.ts'
import { inSightOf, type Member } from '../../access/index.ts'
import { deedsOf, trustIn } from '../commands/pace.ts'
import { authorJson, insideAs, type RawAuthor, readableCategory, tends, visibleTopic } from '../reading.ts'
import { type CommunityAs, trustOf } from '../rules.ts'
import { authorOf, type RawTopic, topicRow } from '../views.ts'
import { type Reader, tiesOf } from './ties.ts'
import { topicColumns, topicJoins } from './topics.ts'

const atOnce = 30
const place = /^(\d{1,16})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
/** What waits, is hidden, or was flagged and nobody looked: each once, by when it was said. */
const queued = sql`(select id, at from post where state in ('waiting', 'hidden')
  union select po.id, po.at from post_flag f join post po on po.id = f.post_id where f.settled_at is null and po.state <> 'removed')`

export async function queueCount(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${queued} q join post po on po.id = q.id join topic t on t.id = po.topic_id where t.state in ('standing', 'waiting', 'hidden')`.execute(
    db,
  )
  return rows[0]!.count
}

type Row = RawTopic & {
  postId: string
  postNumber: number
  postAuthor: RawAuthor
  postAt: Date
  postState: PostState
  waitsFor: WaitReason | null
  html: string
  flags: { reason: FlagReason; words: string; at: string; by: RawAuthor }[]
}

export async function queueFor(db: Db, as: CommunityAs, language: string, after: string | undefined, now: Date) {
  const at = place.exec(after ?? '')
  const behind = at ? sql`(q.at, q.id) > (${new Date(Number(at[1]))}, ${at[2]}::uuid)` : sql`true`
  const { rows } = await sql<Row>`
    with page as materialized (select q.id, q.at from ${queued} q join post po on po.id = q.id join topic t on t.id = po.topic_id
      where t.state in ('standing', 'waiting', 'hidden') and ${behind} order by q.at, q.id limit ${atOnce + 1})
    select po.id as post_id, po.number as post_number, ${authorJson()} as post_author, po.at as post_at, po.state as post_state, po.waits_for,
      po.html || coalesce((select string_agg(s->>'html', '' order by n) from jsonb_array_elements(po.steps) with ordinality x(s, n)), '') as html,
      (select coalesce(jsonb_agg(jsonb_build_object('reason', f.reason, 'words', f.words, 'at', f.at, 'by', jsonb_build_object('id', f.person_id, 'us', false, 'name', p.name, 'from', null)) order by f.at), '[]')
        from post_flag f left join person p on p.id = f.person_id where f.post_id = po.id and f.settled_at is null) as flags,
      ${topicColumns(language)}
    from page join post po on po.id = page.id join topic t on t.id = po.topic_id ${topicJoins} order by page.at, page.id`.execute(
    db,
  )
  const page = rows.slice(0, atOnce)
  const last = page.at(-1)
  const people = [...new Set(page.flatMap(row => (row.postAuthor.id && !row.postAuthor.us ? [row.postAuthor.id] : [])))]
  const trust = new Map(await Promise.all(people.map(async id => [id, await trustIn(db, id, now)] as const)))
  const items = page.map(
    (row): QueueItem => ({
      ...{ postId: row.postId, topic: topicRow(row, as), number: row.postNumber, author: authorOf(row.postAuthor, as) },
      trust: trust.get(row.postAuthor.id ?? '') ?? null,
      ...{ at: row.postAt.toISOString(), state: row.postState, waitsFor: row.waitsFor, html: row.html },
      flags: row.flags.map(flag => ({
        ...{ reason: flag.reason, words: flag.words },
        at: new Date(flag.at).toISOString(),
        by: authorOf(flag.by, as),
      })),
    }),
  )
  return { items, next: rows.length > atOnce && last ? `${last.postAt.getTime()}.${last.postId}` : null }
}

type PersonRow = {
  name: string
  said: 'new' | 'trusted' | null
  saidAt: Date | null
  since: Date | null
  until: Date | null
  because: string | null
}

export async function personHere(db: Db, personId: string, now: Date): Promise<z.output<typeof CommunityPerson>> {
  const { rows } = await sql<PersonRow>`
    select p.name, cp.trust_said as said, cp.trust_said_at as said_at, (select min(at) from post where author_id = p.id) as since, cp.stopped_until as until,
      case when cp.stopped_until is null or cp.stopped_until > ${now} then cp.stopped_because end as because
    from person p left join community_person cp on cp.person_id = p.id where p.id = ${personId}::uuid
      and (cp.id is not null or exists (select from post where author_id = p.id) or exists (select from practice_try where person_id = p.id))`.execute(
    db,
  )
  const row = rows[0]
  if (!row) throw absent()
  const deeds = await deedsOf(db, personId, now)
  return {
    ...{ personId, name: row.name, trust: row.said ?? trustOf(deeds), ...deeds },
    said: row.said && row.saidAt ? { trust: row.said, at: row.saidAt.toISOString() } : null,
    since: row.since?.toISOString() ?? null,
    stopped: row.because ? { until: row.until?.toISOString() ?? null, because: row.because } : null,
  }
}

type History = z.output<typeof communityPostHistory.output>
type Said = {
  state: PostState
  waitsFor: WaitReason | null
  because: string
  html: string
  steps: { html: string }[]
  at: Date
  by: string | null
}

export async function historyOf(db: Db, as: CommunityAs, postId: string): Promise<History> {
  const { rows: posts } = await sql<Said>`
    select po.state, po.waits_for, po.removed_because as because, po.html, po.steps, coalesce(po.edited_at, po.at) as at, po.removed_by as by
    from post po join topic t on t.id = po.topic_id join community_category c on c.id = t.category_id where po.id = ${postId}::uuid and ${readableCategory(as)}`.execute(
    db,
  )
  const post = posts[0]
  if (!post || !tends(as)) throw absent()
  const { rows } = await sql<{ at: Date; title: string | null; html: string; steps: { html: string }[] }>`
    select at, title, html, steps from post_edit where post_id = ${postId}::uuid order by at desc, id desc limit 100`.execute(
    db,
  )
  const now = post.state === 'removed' && post.by === 'author' ? [] : [{ ...post, title: null }]
  return {
    versions: [...now, ...rows].map(({ at, title, html, steps }) => ({
      at: at.toISOString(),
      title,
      html,
      steps: steps.map(step => step.html),
    })),
    ...{ state: post.state, waitsFor: post.waitsFor, removedBecause: post.state === 'removed' ? post.because : null },
  }
}

/** Topics tied to a conversation or an article, each with what ties them. */
export async function topicsTiedTo(
  db: Db,
  reader: Reader,
  to: { conversationId: string } | { articleId: string },
): Promise<{ tie: TopicTie; topic: TopicRow }[]> {
  const { as, language } = reader
  const which =
    'conversationId' in to
      ? sql`k.conversation_id = ${to.conversationId}::uuid`
      : sql`k.article_id = ${to.articleId}::uuid`
  const { rows } = await sql<RawTopic & { tieId: string }>`
    select k.id as tie_id, ${topicColumns(language)} from topic_tie k join topic t on t.id = k.topic_id ${topicJoins}
    where ${which} and ${readableCategory(as)} and ${visibleTopic(as)} order by k.made_at, k.id limit 50`.execute(db)
  const ties = await tiesOf(
    db,
    reader,
    rows.map(row => row.id),
  )
  return rows.flatMap(row => {
    const tie = ties.get(row.id)?.find(each => each.id === row.tieId)
    return tie ? [{ tie, topic: topicRow(row, as) }] : []
  })
}

/** "With thanks to …", on an article: the topics it came of that the reader may read, too. */
export const thanksOf = async (db: Db, as: CommunityAs, articleId: string, language: string) =>
  (await topicsTiedTo(db, { as, language }, { articleId })).map(({ tie, topic }) => ({ ...tie, topic }))

export async function tiedToConversation(db: Db, actor: Member, language: string, conversationId: string) {
  const { rows } =
    await sql`select from conversation c where c.id = ${conversationId}::uuid and ${inSightOf(actor, 'c')}`.execute(db)
  if (rows.length === 0) throw absent()
  return topicsTiedTo(db, { as: insideAs(actor), language, member: actor }, { conversationId })
}

export async function needArticle(db: Db, articleId: string): Promise<void> {
  const { rows } = await sql`select from article where id = ${articleId}::uuid`.execute(db)
  if (rows.length === 0) throw absent()
}
