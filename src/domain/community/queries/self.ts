/** What somebody is here, for themselves: how they are shown, what they follow; and all that is theirs, to take along. */
import { sql } from 'kysely'
import type { CommunitySelf, DigestRhythm, Followed, MentionWay } from '../../../contract/community.ts'
import type { Db } from '../../../platform/db/index.ts'
import { categoryName, mentionWay, personOf, readableCategory, visibleTopic } from '../reading.ts'
import { type CommunityAs, communityCategoryPath, topicPath } from '../rules.ts'

type Row = {
  shownName: string | null
  from: string | null
  digest: DigestRhythm
  mentions: MentionWay
  stoppedUntil: Date | null
  stoppedBecause: string | null
}

export async function selfOf(db: Db, as: CommunityAs, language: string, now = new Date()): Promise<CommunitySelf> {
  const me = personOf(as)
  const { rows } = await sql<Row>`
    select cp.shown_name, cp.come_from as from, coalesce(cp.digest, 'never') as digest, ${mentionWay} as mentions,
      case when cp.stopped_until is null or cp.stopped_until > ${now} then cp.stopped_because end as stopped_because, cp.stopped_until
    from person p left join community_person cp on cp.person_id = p.id where p.id = ${me}::uuid`.execute(db)
  const row = rows[0]
  return {
    ...{ shownName: row?.shownName ?? null, from: row?.from ?? null, digest: row?.digest ?? 'never' },
    mentions: row?.mentions ?? 'each',
    follows: me ? await followsOf(db, as, me, language) : [],
    stopped: row?.stoppedBecause
      ? { until: row.stoppedUntil?.toISOString() ?? null, because: row.stoppedBecause }
      : null,
  }
}

export async function categoriesFollowed(db: Db, as: CommunityAs): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from category_follow f join community_category c on c.id = f.category_id
    where f.person_id = ${personOf(as)}::uuid and ${readableCategory(as)} order by f.since limit 200`.execute(db)
  return rows.map(row => row.id)
}

/** Only what they may read still. */
async function followsOf(db: Db, as: CommunityAs, me: string, language: string): Promise<Followed[]> {
  const { rows: topics } = await sql<{
    id: string
    number: number
    slug: string
    title: string
    mode: Followed['mode']
  }>`
    select t.id, t.number, t.slug, t.title, f.mode from topic_follow f join topic t on t.id = f.topic_id join community_category c on c.id = t.category_id
      join post first on first.topic_id = t.id and first.number = 1
    where f.person_id = ${me}::uuid and ${readableCategory(as)} and ${visibleTopic(as)} order by f.since desc limit 200`.execute(
    db,
  )
  const { rows: categories } = await sql<{ id: string; slug: string; title: string; mode: Followed['mode'] }>`
    select c.id, s.slug, ${categoryName(language)} as title, f.mode from category_follow f join community_category c on c.id = f.category_id
      join community_category_slug s on s.category_id = c.id and s.current where f.person_id = ${me}::uuid and ${readableCategory(as)} order by f.since desc limit 200`.execute(
    db,
  )
  return [
    ...categories.map(({ slug, ...row }) => ({ ...row, is: 'category' as const, path: communityCategoryPath(slug) })),
    ...topics.map(({ number, slug, ...row }) => ({ ...row, is: 'topic' as const, path: topicPath({ number, slug }) })),
  ]
}

/** Everything somebody said and chose here, for the file they may take along. */
export async function communityExport(db: Db, personId: string): Promise<Record<string, unknown>> {
  const { rows: posts } = await sql`
    select t.number as topic, t.title, po.number as post, po.source as text, (select jsonb_agg(s->>'source') from jsonb_array_elements(po.steps) s) as steps, po.state, po.at
    from post po join topic t on t.id = po.topic_id where po.author_id = ${personId}::uuid order by po.at, po.id limit 20000`.execute(
    db,
  )
  const { rows: tries } = await sql`
    select t.number as topic, t.title, y.worked, y.words, y.at from practice_try y join topic t on t.id = y.topic_id where y.person_id = ${personId}::uuid order by y.at limit 5000`.execute(
    db,
  )
  const { rows: likes } = await sql`
    select t.number as topic, po.number as post, l.at from post_like l join post po on po.id = l.post_id join topic t on t.id = po.topic_id where l.person_id = ${personId}::uuid order by l.at limit 20000`.execute(
    db,
  )
  const { rows: flags } = await sql`
    select t.number as topic, po.number as post, f.reason, f.words, f.at from post_flag f join post po on po.id = f.post_id join topic t on t.id = po.topic_id where f.person_id = ${personId}::uuid order by f.at limit 5000`.execute(
    db,
  )
  const { rows: follows } = await sql`
    select t.number as topic, f.mode, f.since from topic_follow f join topic t on t.id = f.topic_id where f.person_id = ${personId}::uuid order by f.since limit 5000`.execute(
    db,
  )
  const { rows: self } =
    await sql`select shown_name, come_from, digest, mentions from community_person where person_id = ${personId}::uuid`.execute(
      db,
    )
  return { shown: self[0] ?? null, posts, tries, likes, flags, follows }
}
