/** What a bench of the pages outside begins with: articles in a dozen categories, and a customer with conversations among those of others. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Pool } from 'pg'
import { indexArticles } from '../../src/domain/knowledge/index-rows.ts'
import { slugOf } from '../../src/domain/knowledge/rules.ts'
import { createDb, inTransaction } from '../../src/platform/db/index.ts'
import { progress } from './figures.ts'

export const things = 'boiler gasket grinder filter valve pump seal hose scale burr basket portafilter'.split(' ')
export const acts = 'clean change descale check set order return move borrow store'.split(' ')
/** Theirs of so many, each with a promise. */
const [own, others] = [40, 20_000]
const token = 'b'.repeat(43)
export const customerCookie = `pond-me=${token}`

/** Paths of the articles, in the order in which they were made. */
export async function pathsOf(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ path: string }>(
    `select '/help/articles/' || c.slug || '/' || s.slug as path from article a join article_slug s on s.article_id = a.id and s.current
      join article_category_slug c on c.category_id = a.category_id and c.current order by substring(s.slug from '[0-9]+$')::int`,
  )
  return rows.map(({ path }) => path)
}

/** A place that is kept grows older than a session. */
export async function stillSignedIn(pool: Pool): Promise<void> {
  await pool.query(
    "update customer_session set created_at = now(), last_seen_at = now(), expires_at = now() + interval '30 days'",
  )
}

export async function seedPortal(pool: Pool, size: number): Promise<void> {
  progress(`${size} articles`)
  const db = createDb(pool)
  const now = new Date()
  const owner = randomUUIDv7()
  await sql`insert into installation (id, name, zone) values (${randomUUIDv7()}, 'Lindqvist Espresso', 'Europe/Amsterdam')`.execute(
    db,
  )
  await sql`insert into person (id, name) values (${owner}, 'Tomasz Wróbel')`.execute(db)
  await sql`insert into member (person_id) values (${owner})`.execute(db)
  const categories = things.map(name => ({ id: randomUUIDv7(), name }))
  for (const { id, name } of categories) {
    await sql`insert into article_category (id, made_at) values (${id}, ${now})`.execute(db)
    await sql`insert into article_category_name (category_id, language, name) values (${id}, 'en', ${name})`.execute(db)
    await sql`insert into article_category_slug (slug, category_id, current) values (${name}, ${id}, true)`.execute(db)
  }
  for (let from = 0; from < size; from += 500) {
    const some = Array.from({ length: Math.min(500, size - from) }, (_, at) => {
      const n = from + at
      const category = categories[n % categories.length]!
      const title = `${acts[n % acts.length]} the ${category.name} of a Faro ${n}`
      const part = (nth: number) =>
        `<h2>Part ${nth}</h2><p>${`Take the ${things[(n + nth) % things.length]} and ${acts[(n + nth) % acts.length]} it. `.repeat(8)}</p>`
      return {
        id: randomUUIDv7(),
        version: randomUUIDv7(),
        category,
        title,
        slug: slugOf(title),
        html: [1, 2, 3, 4].map(part).join(''),
        held: n % 50,
      }
    })
    await inTransaction(db, async tx => {
      const rows = JSON.stringify(some.map(each => ({ ...each, category: each.category.id })))
      const them = sql`from jsonb_to_recordset(${rows}::jsonb) as a(id uuid, version uuid, category uuid, title text, slug text, html text, held integer)`
      await sql`insert into article (id, category_id, audience, owner_id, held, made_at, changed_at) select id, category, 'public', ${owner}, held, ${now}, ${now} ${them}`.execute(
        tx,
      )
      await sql`insert into article_version (id, article_id, language, number, state, title, summary, body_html, body_text, published_at, made_at, changed_at)
        select version, id, 'en', 1, 'published', title, 'Forty minutes.', html, regexp_replace(html, '<[^>]*>', ' ', 'g'), ${now}, ${now}, ${now} ${them}`.execute(
        tx,
      )
      await sql`insert into article_slug (slug, article_id, language, current) select slug, id, 'en', true ${them}`.execute(
        tx,
      )
      await indexArticles(
        tx,
        some.map(each => each.id),
      )
    })
  }
  await seedCustomer(pool, owner)
  await pool.query('vacuum analyze')
}

/** Somebody signed in, with conversations of theirs among those of a thousand others. */
async function seedCustomer(pool: Pool, owner: string): Promise<void> {
  progress(`${others} conversations`)
  const [calendar, team, mailbox] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  await pool.query("insert into calendar (id, name, zone) values ($1, 'Hours', 'Europe/Amsterdam')", [calendar])
  await pool.query(
    'insert into calendar_hours (calendar_id, weekday, from_minute, to_minute) select $1, day, 480, 1020 from generate_series(1, 5) day',
    [calendar],
  )
  await pool.query("insert into team (id, name, fallback_id, calendar_id) values ($1, 'Workshop', $2, $3)", [
    team,
    owner,
    calendar,
  ])
  await pool.query("insert into team_member (team_id, person_id, role) values ($1, $2, 'lead')", [team, owner])
  await pool.query(
    "insert into mailbox (id, team_id, address, normal, from_name, receive_by, smtp) values ($1, $2, 'help@bench.example', 'help@bench.example', 'Bench', 'listener', '{}')",
    [mailbox, team],
  )
  await pool.query(
    "insert into person (id, name) select gen_random_uuid(), 'Customer ' || n from generate_series(0, 1000) n",
  )
  await pool.query(
    "insert into address (id, person_id, kind, written, normal, verified_at) select gen_random_uuid(), id, 'mail', replace(lower(name), ' ', '') || '@bench.example', replace(lower(name), ' ', '') || '@bench.example', now() from person where name like 'Customer %'",
  )
  await pool.query(
    `with c as (insert into conversation (id, customer_id, owner_id, team_id, mailbox_id, channel, subject, state, closed_because, last_at, opened_at, due_at)
        select gen_random_uuid(), p.id, $1, $2, $3, 'mail', 'Matter ' || n, case when n % 4 = 0 then 'open' else 'closed' end, case when n % 4 = 0 then null else 'verified' end, now() - n * interval '1 minute', now() - n * interval '1 hour', case when n % 4 = 0 then now() + interval '1 day' end
        from generate_series(1, $4::int) n join person p on p.name = 'Customer ' || case when n <= $5::int then 0 else n % 1000 + 1 end returning id, customer_id, state),
      t as (insert into participant (conversation_id, address_id, person_id, role, since) select c.id, a.id, c.customer_id, 'customer', now() from c join address a on a.person_id = c.customer_id),
      m as (insert into message (id, conversation_id, kind, author_id, at, body_text) select gen_random_uuid(), id, 'message', customer_id, now(), 'It hisses.' from c)
    insert into promise (id, conversation_id, kind, direction, by_person_id, by_team_id, to_person_id, words, made_at, due_at, told_at)
      select gen_random_uuid(), id, 'reply', 'ours', $1, $2, customer_id, '', now(), now() + interval '1 day', now() from c where state = 'open'`,
    [owner, team, mailbox, others, own],
  )
  await pool.query(
    "insert into customer_session (id, address_id, token_hash, created_at, last_seen_at, expires_at) select gen_random_uuid(), a.id, $1, now(), now(), now() + interval '30 days' from address a join person p on p.id = a.person_id where p.name = 'Customer 0'",
    [createHash('sha256').update(token).digest()],
  )
}
