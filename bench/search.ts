/**
 * How long people wait for search: a rare word, the beginning of a word while it is typed, and a common word, over HTTP,
 * beside the bare lookup in the index. See README.md for each figure.
 */
import { sql } from 'kysely'
import type { Member } from '../src/domain/access/index.ts'
import { loadMember } from '../src/domain/access/tables/sessions.ts'
import { hitsOf, ranked, stretchesOf } from '../src/domain/conversations/search/matches.ts'
import { statisticsOf, unitsOf } from '../src/domain/search/index.ts'
import { createDb } from '../src/platform/db/index.ts'
import { startApp } from './lib/app.ts'
import { asking } from './lib/ask.ts'
import { fillSearch, untilCalm } from './lib/calm.ts'
import { type Figures, percentile, progress, round, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'
import { keptPlace } from './lib/place.ts'
import { recording, replay, type Statement } from './lib/replay.ts'
import { seedSearch, words } from './lib/searchSeed.ts'
import { cookieOf, members, tokenHashOf } from './lib/seed.ts'
import { random } from './lib/words.ts'

const rounds = 200
const warm = 50

const asked = given({ size: 100_000 })
const place = await keptPlace(`search-${asked.size}`, async fresh => {
  progress(`seeding ${asked.size} messages: once, they are kept for the next run`)
  await seedSearch(fresh, asked.size)
})
await fillSearch(place.pool)
try {
  const app = await startApp(place.dataDir)
  try {
    await untilCalm(place.pool)
    tell(await measure(app.address), asked.json)
  } finally {
    await app.stop()
  }
} finally {
  await place.end()
}

async function measure(address: string): Promise<Figures> {
  const { ask, close } = asking(address)
  const actors: Member[] = []
  for (let m = 0; m < members; m++) actors.push((await loadMember(place.pool, tokenHashOf(m), new Date()))!)
  const db = createDb(place.pool)
  const statistics = await statisticsOf(db)
  const record = recording(place.pool)
  const client = await place.pool.connect()
  const figures: Figures = { size: asked.size }
  try {
    for (const [name, texts] of Object.entries(await textsOf())) {
      progress(`${name}: ${texts.slice(0, 8).join(' ')} …`)
      const typing = name === 'prefix'
      const http: number[] = []
      for (let n = 0; n < warm + rounds; n++) {
        const q = texts[n % texts.length]!
        const told = await ask(cookieOf(n % members), 'GET', `/api/v1/search?q=${q}&typing=${typing}`)
        if (told.status !== 200) throw new Error(`${q} was answered ${told.status}: ${told.body}`)
        if (n >= warm) http.push(told.milliseconds)
      }
      const bare: number[] = []
      // All are known before the first is asked again: what was just read would lie in memory.
      const recorded: Statement[][] = []
      for (let n = 0; n < warm + rounds; n++) {
        const actor = actors[n % members]!
        const units = await unitsOf(db, statistics, { words: [texts[n % texts.length]!], phrases: [] }, { typing })
        const seeking = { actor, statistics, narrow: undefined, now: new Date() }
        // The lookup alone: which messages, the newest of them. No right, rank, text or row of a list.
        const lookup = async () => {
          const [stretch] = stretchesOf(seeking, units, null)
          await sql`select message_id from (${hitsOf(seeking, units, stretch!)}) h order by at desc limit ${ranked}`.execute(
            record.db,
          )
        }
        recorded.push(await record.during(lookup))
      }
      for (const [n, statements] of recorded.entries()) {
        const took = await replay(client, statements, false)
        if (n >= warm) bare.push(took)
      }
      figures[`${name}P50Ms`] = round(percentile(http, 0.5))
      figures[`${name}P95Ms`] = round(percentile(http, 0.95))
      figures[`${name}FloorP50Ms`] = round(percentile(bare, 0.5))
      figures[`${name}FloorP95Ms`] = round(percentile(bare, 0.95))
    }
  } finally {
    client.release()
    close()
  }
  return figures
}

/** Words by how many messages have them, and beginnings of words as often as they are written. */
async function textsOf(): Promise<{ rare: string[]; prefix: string[]; common: string[] }> {
  const next = random(7)
  const sample = Array.from({ length: 4000 }, () => words[2000 + Math.floor(next() * (words.length - 2000))]!)
  const { rows } = await place.pool.query<{ word: string; n: number }>(
    `select word, (select count(*) from message_search where words @@ quote_literal(word)::tsquery)::int as n from unnest($1::text[]) w(word)`,
    [[...new Set(sample)].slice(0, 600)],
  )
  const few = Math.max(20, asked.size / 5000)
  const rare = rows.filter(row => row.n > 0 && row.n <= few).map(row => row.word)
  const common = words.slice(0, 30)
  const prefix = Array.from({ length: 100 }, () => {
    const word = words[Math.floor(next() ** 3 * words.length)]!
    return word.slice(0, 2 + Math.floor(next() * 4))
  })
  return { rare, prefix, common }
}
