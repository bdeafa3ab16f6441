/** How long somebody outside waits for the home, an article, a topic, a search and their conversations, how many article pages a second go out, and what Lighthouse says. See README.md for each figure. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { startApp } from './lib/app.ts'
import { asking } from './lib/ask.ts'
import { fillSearch, untilCalm } from './lib/calm.ts'
import { seedCommunity, topicPaths } from './lib/community.ts'
import { type Figures, percentile, progress, round, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'
import { lighthouse } from './lib/lighthouse.ts'
import { keptPlace } from './lib/place.ts'
import { acts, customerCookie, pathsOf, seedPortal, stillSignedIn, things } from './lib/portalSeed.ts'

const asked = given({ articles: 10_000, topics: 100_000, posts: 1_000_000 }, [
  ...(['article', 'topic', 'community', 'home', 'search', 'mine', 'many', 'lighthouse'] as const),
])
const [warm, rounds, lines, seconds] = [50, 400, 16, 10]
const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)!
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []

const { articles, topics, posts } = asked
const place = await keptPlace(`portal-${articles}-${topics}-${posts}`, async ({ pool }) => {
  progress('once: they are kept for the next run')
  await seedPortal(pool, articles)
  await seedCommunity(pool, { topics, posts })
})
await fillSearch(place.pool)
await stillSignedIn(place.pool)
const paths = { articles: await pathsOf(place.pool), topics: await topicPaths(place.pool) }
try {
  const app = await startApp(place.dataDir)
  try {
    await untilCalm(place.pool)
    const figures: Figures = { articles, topics, posts, scriptKilobytes: scriptKilobytes() }
    const { ask, close } = asking(app.address)
    const timed = async (
      name: 'article' | 'topic' | 'community' | 'home' | 'search' | 'mine',
      path: (n: number) => string,
      cookie = '',
    ) => {
      if (!asked.only.has(name)) return
      progress(name)
      const spent: number[] = []
      for (let n = 0; n < warm + rounds; n++) {
        const { status, milliseconds } = await ask(cookie, 'GET', path(n))
        if (status !== 200) throw new Error(`${path(n)} answered ${status}`)
        if (n >= warm) spent.push(milliseconds)
      }
      figures[`${name}P50Ms`] = round(percentile(spent, 0.5))
      figures[`${name}P95Ms`] = round(percentile(spent, 0.95))
    }
    // Each another one: none was drawn before.
    await timed('article', n => paths.articles[(n * 7) % paths.articles.length]!)
    await timed('topic', n => paths.topics[(n * 7) % paths.topics.length]!)
    await timed('community', () => '/help/community')
    await timed('home', () => '/help')
    await timed('search', n => `/help/search?q=${acts[n % acts.length]}+${things[n % things.length]}`)
    await timed('mine', () => '/help/mine', customerCookie)
    close()
    if (asked.only.has('many')) {
      progress('as many as go')
      figures.articlePagesPerSecond = await asMany(app.address, paths.articles.slice(0, 200))
    }
    if (asked.only.has('lighthouse'))
      Object.assign(figures, await scores(app.address, paths.articles[0]!, paths.topics[0]!))
    tell(figures, asked.json)
  } finally {
    await app.stop()
  }
} finally {
  await place.end()
}

/** As small as it goes over the line; no page needs it. */
function scriptKilobytes(): number {
  const script = join(import.meta.dirname, '../dist/outside/outside.js')
  return existsSync(script) ? round(gzipSync(readFileSync(script), { level: 9 }).length / 1000) : 0
}

async function scores(address: string, article: string, topic: string): Promise<Figures> {
  const of = ['performance', 'accessibility', 'best-practices', 'seo'] as const
  const asks = (path: string, name: string, more: object = {}) =>
    lighthouse(`${address}${path}`, { ...{ executablePath, args, prefix: `lighthouse${name}`, of }, ...more })
  return {
    ...(await asks('/help', 'Home')),
    ...(await asks(article, 'Article')),
    ...(await asks(topic, 'Topic')),
    // Nobody but them shall find it: search engines have no say.
    ...(await asks('/help/mine', 'Mine', { cookie: customerCookie, of: of.slice(0, 3) })),
  }
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
