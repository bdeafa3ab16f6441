/**
 * How well an earlier question is found for a new one, and how long that takes among 100,000. See README.md for each figure.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Member } from '../src/domain/access/index.ts'
import { askedBefore } from '../src/domain/questions/asked-before.ts'
import { featuresOf } from '../src/domain/questions/features.ts'
import { candidatesFor, knownOf, likeliest } from '../src/domain/questions/matching.ts'
import { noteQuestions } from '../src/domain/questions/reader.ts'
import { createDb, inTransaction } from '../src/platform/db/index.ts'
import { corpus } from '../test/corpora.ts'
import { percentile, progress, round, tell } from './lib/figures.ts'
import { type Labelled, labelled } from './lib/labelled.ts'
import { newPlace } from './lib/place.ts'
import { random } from './lib/words.ts'

const size = 100_000
const timed = 400

const words = process.argv.slice(2).filter(word => word !== '--json')
if (words.length > 0 && (words[0] !== '--test' || words.length !== 2)) {
  console.error('Options: --test FILE (CSV with the columns text and category), --json')
  process.exit(2)
}
const file = corpus('questions/banking77-train.csv')
if (!file) process.exit(0)
const all = labelled(file)
// Without a file every fourth is kept apart, and the others are the earlier ones.
const [earlier, asked] = words[1]
  ? [all, labelled(words[1])]
  : [all.filter((_, at) => at % 4 !== 1), all.filter((_, at) => at % 4 === 1)]

const place = await newPlace()
const db = createDb(place.pool)
try {
  const { actor, teamId } = await aTeam()
  progress(`${earlier.length} earlier questions, ${asked.length} to ask`)
  const labels = await store(earlier)
  let right = 0
  for (const { text, category } of asked) {
    const shown = await match(text)
    if (shown.some(each => labels.get(each.candidate.id) === category)) right++
  }
  progress(`varied ones, up to ${size}`)
  await store(variations(size - earlier.length))
  await place.pool.query('vacuum analyze')
  const among = asked.filter((_, at) => at % Math.max(1, Math.floor(asked.length / timed)) === 0).slice(0, timed)
  const spent: number[] = []
  for (const [at, { text }] of [...among.slice(0, 50), ...among].entries()) {
    const began = performance.now()
    await match(text)
    if (at >= 50) spent.push(performance.now() - began)
  }
  const fresh = [...(await store(among.slice(0, 200), false)).keys()]
  const pages: number[] = []
  for (const conversationId of fresh) {
    const began = performance.now()
    await askedBefore(db, actor, conversationId, new Date())
    pages.push(performance.now() - began)
  }
  const p95Ms = round(percentile(spent, 0.95))
  const figures = {
    earlier: earlier.length,
    asked: asked.length,
    topFiveShare: Math.round((right / asked.length) * 10_000) / 10_000,
  }
  tell(
    {
      ...figures,
      size,
      p50Ms: round(percentile(spent, 0.5)),
      p95Ms,
      pageP50Ms: round(percentile(pages, 0.5)),
      pageP95Ms: round(percentile(pages, 0.95)),
    },
    process.argv.includes('--json'),
  )

  /** As the page asks: only what the member may read, on the way to the first five. */
  async function match(text: string) {
    const features = featuresOf({ subject: '', text, language: 'en' })
    const known = await knownOf(db, features)
    const found = await candidatesFor(db, features, known, sql`q.team_id = any(${[teamId]}::uuid[])`)
    const sight = async (ids: string[]) => {
      const { rows } = await sql<{ id: string }>`select c.id from conversation c where c.id = any(${ids}::uuid[])
        and c.team_id = ${teamId}::uuid and c.state not in ('spam', 'trash', 'merged', 'aside')`.execute(db)
      return new Set(rows.map(row => row.id))
    }
    return likeliest(db, { features, known }, found, 5, sight)
  }

  /** Conversations that begin with these, and what is known about their questions. Returns each one's category. */
  async function store(questions: readonly Labelled[], noted = true): Promise<Map<string, string>> {
    const labels = new Map<string, string>()
    for (let from = 0; from < questions.length; from += 1000) {
      const rows = questions
        .slice(from, from + 1000)
        .map(each => ({ ...each, id: randomUUIDv7(), person: randomUUIDv7(), message: randomUUIDv7() }))
      for (const row of rows) labels.set(row.id, row.category)
      const [ids, people, messages, texts] = [
        rows.map(row => row.id),
        rows.map(row => row.person),
        rows.map(row => row.message),
        rows.map(row => row.text),
      ]
      await inTransaction(db, async tx => {
        await sql`set local synchronous_commit = off`.execute(tx)
        await sql`insert into person (id, name) select id, 'Somebody' from unnest(${people}::uuid[]) p(id)`.execute(tx)
        await sql`insert into conversation (id, customer_id, team_id, channel, subject, state, closed_because, closed_at, last_at, opened_at)
          select id, person, ${teamId}, 'mail', '', 'closed', 'thanks', now(), now(), now() from unnest(${ids}::uuid[], ${people}::uuid[]) c(id, person)`.execute(
          tx,
        )
        await sql`insert into message (id, conversation_id, kind, author_id, at, body_text, language)
          select id, conversation, 'message', person, now(), body, 'en' from unnest(${messages}::uuid[], ${ids}::uuid[], ${people}::uuid[], ${texts}::text[]) m(id, conversation, person, body)`.execute(
          tx,
        )
        if (noted) await noteQuestions(tx, ids)
      })
    }
    return labels
  }

  async function aTeam(): Promise<{ actor: Member; teamId: string }> {
    const [personId, teamId, calendarId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
    await sql`insert into installation (id, name, zone) values (${randomUUIDv7()}, 'Bench', 'Europe/Amsterdam')`.execute(
      db,
    )
    await sql`insert into person (id, name) values (${personId}, 'Ana')`.execute(db)
    await sql`insert into member (person_id) values (${personId})`.execute(db)
    await sql`insert into calendar (id, name, zone) values (${calendarId}, 'Office', 'Europe/Amsterdam')`.execute(db)
    await sql`insert into team (id, name, fallback_id, calendar_id) values (${teamId}, 'Bank', ${personId}, ${calendarId})`.execute(
      db,
    )
    const roles = new Map([[teamId, 'lead']]) as Member['roles']
    return { actor: { is: 'member', personId, name: 'Ana', administrator: false, sessionId: personId, roles }, teamId }
  }
} finally {
  await place.end()
}

/** Each a question of the corpus without one of its words, with a word of another one instead, and often with another one's beginning before it: as many as are wanted, none of them twice the same. */
function variations(count: number): Labelled[] {
  const next = random(11)
  const any = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
  return Array.from({ length: count }, () => {
    const { text, category } = any(earlier)
    const said = text.split(/\s+/)
    said.splice(Math.floor(next() * said.length), 1, any(any(earlier).text.split(/\s+/)))
    const before = next() < 0.5 ? `${any(earlier).text.split(/\s+/).slice(0, 6).join(' ')}. ` : ''
    return { text: `${before}${said.join(' ')}`, category }
  })
}
