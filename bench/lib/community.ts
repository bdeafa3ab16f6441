/** A community of any size, put in by bulk load: topics in twelve categories, posts of some thousand people, and the words they are found by. */
import { randomUUIDv7 } from 'node:crypto'
import type { Pool } from 'pg'

const things = 'boiler gasket grinder filter valve pump seal hose scale burr basket portafilter'.split(' ')
const acts = 'clean change descale check set order return move borrow store'.split(' ')
const rare = 'quokka narwhal axolotl okapi'.split(' ')

/** Ten posts to a topic at the least: as many as there are beside the first. */
export async function seedCommunity(
  pool: Pool,
  { topics, posts, people = 5000 }: { topics: number; posts: number; people?: number },
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(
      "set maintenance_work_mem = '256MB'; set synchronous_commit = off; set session_replication_role = replica",
    )
    const indexes = (
      await client.query<{ name: string; def: string }>(
        `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as def from pg_index i
          where indrelid in ('topic'::regclass, 'post'::regclass, 'post_search'::regclass) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
      )
    ).rows
    for (const { name } of indexes) await client.query(`drop index ${name}`)
    for (const [at, name] of things.entries()) {
      const id = randomUUIDv7()
      const audience = at === 11 ? 'inside' : at === 10 ? 'signed-in' : 'public'
      await client.query(
        `insert into community_category (id, position, audience, made_at) values ($1, $2, $3, now())`,
        [id, at, audience],
      )
      await client.query(
        `insert into community_category_name (category_id, language, name, about) values ($1, 'en', $2, 'All about it.')`,
        [id, name],
      )
      await client.query(`insert into community_category_slug (slug, category_id, current) values ($2, $1, true)`, [
        id,
        name,
      ])
    }
    await client.query(
      `insert into person (id, name) select uuidv7(), 'Person ' || n from generate_series(1, $1::int) n`,
      [people],
    )
    const each = Math.round(posts / topics)
    await client.query(
      `insert into topic (id, category_id, kind, title, slug, likeness, language, state, answers, last_number, begun_at, last_at)
        select uuidv7(), c.id, case when n % 10 = 0 then 'practice' when n % 3 = 0 then 'discussion' else 'question' end, w.title, 'the-' || n, lower(w.title), 'en', 'standing', $2::int - 1, $2::int,
          date_trunc('milliseconds', now()) - ($1::int - n) * interval '9 minutes', date_trunc('milliseconds', now()) - ($1::int - n) * interval '7 minutes'
        from generate_series(1, $1::int) n
          join (select id, row_number() over (order by position) - 1 as at from community_category) c on c.at = n % 12
          cross join lateral (select initcap(($3::text[])[1 + n % 10]) || ' the ' || ($4::text[])[1 + n % 12] || ' of a Faro ' || n as title) w`,
      [topics, each, acts, things],
    )
    await client.query(
      `insert into post (id, topic_id, number, author_id, by_us, source, html, words, steps, state, alike, likes, came_by, at)
        select uuidv7(), t.id, k, p.id, false, w.words, '<p>' || w.words || '</p>', w.words,
          case when k = 1 and t.kind = 'practice' then '[{"source":"Do it.","html":"<p>Do it.</p>","words":"Do it."}]'::jsonb else '[]'::jsonb end, 'standing', ''::bytea, (t.number + k) % 7, 'page',
          t.begun_at + k * interval '5 seconds'
        from topic t cross join generate_series(1, $1::int) k
          join (select id, row_number() over (order by id) - 1 as at from person) p on p.at = (t.number * 7 + k * 13) % $2::int
          cross join lateral (select 'Take the ' || ($3::text[])[1 + (t.number + k) % 12] || ' and ' || ($4::text[])[1 + (t.number * 3 + k) % 10] || ' it with care, then look whether number ' || (t.number * 10 + k)
            || ' holds. ' || repeat('We do that every week before the bar opens, and it has worked for us since spring. ', 3)
            || case when (t.number * 10 + k) % 50000 = 0 then ($5::text[])[1 + (t.number % 4)] else '' end as words) w`,
      [each, people, things, acts, rare],
    )
    await client.query(
      `insert into post_search (post_id, topic_id, words, at) select po.id, po.topic_id,
        case when po.number = 1 then setweight(to_tsvector('simple', t.title), 'A') else ''::tsvector end || to_tsvector('simple', po.words)
          || array_to_tsvector(array['@0' || floor(day / 2), '@1' || floor(day / 8), '@2' || floor(day / 32), '@3' || floor(day / 128)]), po.at
        from post po join topic t on t.id = po.topic_id cross join lateral (select floor(extract(epoch from po.at) / 86400) as day) d order by po.at, po.id`,
    )
    for (const { def } of indexes) await client.query(def)
    await client.query('set session_replication_role = origin')
    // As it lies in a house that runs: no page is touched for the first time.
    await client.query('vacuum analyze topic, post, post_search, person')
    await client.query('checkpoint')
  } finally {
    client.release(true)
  }
}

/** Of those that anybody may read, the newest first. */
export async function topicPaths(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ number: string; slug: string }>(
    `select t.number, t.slug from topic t join community_category c on c.id = t.category_id where c.audience = 'public' order by t.last_at desc limit 20000`,
  )
  return rows.map(row => `/help/community/t/${row.number}-${row.slug}`)
}
