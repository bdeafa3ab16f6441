/** How long somebody outside waits for the home, an article and a search, and how many article pages a second go out. See README.md for each figure. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { indexArticles } from '../src/domain/knowledge/index-rows.ts'
import { slugOf } from '../src/domain/knowledge/rules.ts'
import { createDb, inTransaction } from '../src/platform/db/index.ts'
import { startApp } from './lib/app.ts'
import { asking } from './lib/ask.ts'
import { percentile, progress, round, tell } from './lib/figures.ts'
import { newPlace } from './lib/place.ts'

const words = process.argv.slice(2).filter(word => word !== '--json')
const size = words[0] === '--articles' ? Number(words[1]) : 10_000
if ((words.length !== 0 && words.length !== 2) || (words.length === 2 && words[0] !== '--articles') || !(size >= 10)) {
  console.error('Options: --articles N (10 or more), --json')
  process.exit(2)
}
const [warm, rounds, lines, seconds] = [50, 400, 16, 10]
const things = 'boiler gasket grinder filter valve pump seal hose scale burr basket portafilter'.split(' ')
const acts = 'clean change descale check set order return move borrow store'.split(' ')

const place = await newPlace()
try {
  const paths = await seed()
  const app = await startApp(place.dataDir)
  try {
    const { ask, close } = asking(app.address)
    const timed = async (path: (n: number) => string) => {
      const spent: number[] = []
      for (let n = 0; n < warm + rounds; n++) {
        const { status, milliseconds } = await ask('', 'GET', path(n))
        if (status !== 200) throw new Error(`${path(n)} answered ${status}`)
        if (n >= warm) spent.push(milliseconds)
      }
      return { p50: round(percentile(spent, 0.5)), p95: round(percentile(spent, 0.95)) }
    }
    progress('article')
    // Each another one: none was drawn before.
    const article = await timed(n => paths[n * 7]!)
    progress('home')
    const home = await timed(() => '/help')
    progress('search')
    const search = await timed(n => `/help/search?q=${acts[n % acts.length]}+${things[n % things.length]}`)
    close()
    progress('as many as go')
    const perSecond = await asMany(app.address, paths.slice(0, 200))
    tell(
      {
        ...{
          articles: size,
          articleP50Ms: article.p50,
          articleP95Ms: article.p95,
          homeP50Ms: home.p50,
          homeP95Ms: home.p95,
        },
        ...{ searchP50Ms: search.p50, searchP95Ms: search.p95, articlePagesPerSecond: perSecond, scriptKilobytes: 0 },
      },
      process.argv.includes('--json'),
    )
  } finally {
    await app.stop()
  }
} finally {
  await place.end()
}

async function asMany(address: string, paths: readonly string[]): Promise<number> {
  const until = performance.now() + seconds * 1000
  let count = 0
  const one = async (line: number) => {
    const { ask, close } = asking(address)
    for (let n = line; performance.now() < until; n += 1) {
      const { status } = await ask('', 'GET', paths[n % paths.length]!)
      if (status !== 200) throw new Error(`answered ${status}`)
      count++
    }
    close()
  }
  await Promise.all(Array.from({ length: lines }, (_, line) => one(line * 11)))
  return Math.round(count / seconds)
}

async function seed(): Promise<string[]> {
  progress(`${size} articles`)
  const db = createDb(place.pool)
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
  const paths: string[] = []
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
    paths.push(...some.map(each => `/help/articles/${each.category.name}/${each.slug}`))
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
  await place.pool.query('vacuum analyze')
  return paths
}
