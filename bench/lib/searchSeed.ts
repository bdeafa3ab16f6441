/**
 * Fills an empty database with messages to search in: the organisation of seed.ts, a conversation for every four messages, and
 * texts of words that follow Zipf's law. Rows go in by COPY; those of the index of search are made by calm.ts.
 */
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Pool } from '../../src/platform/db/index.ts'
import { progress } from './figures.ts'
import { conversationId, members, organisation, teamId, teams } from './seed.ts'
import { random, vocabulary, zipf } from './words.ts'

export const words = vocabulary(60_000)
const perConversation = 4
const years = 3
const dayMs = 86_400_000

export async function seedSearch({ pool, url }: { pool: Pool; url: string }, size: number) {
  const began = Date.now()
  await organisation(pool)
  const conversations = Math.ceil(size / perConversation)
  const people = Math.max(100, Math.floor(conversations / 3))
  await seedPeople(pool, people)
  const half = Math.ceil(conversations / 2)
  await Promise.all([load(url, size, 1, half, people), load(url, size, half + 1, conversations, people)])
  progress(`${size} messages after ${Math.round((Date.now() - began) / 1000)} s`)
  await pool.query(`select setval(pg_get_serial_sequence('conversation', 'number'), ${conversations})`)
}

async function seedPeople(pool: Pool, people: number) {
  await pool.query(
    `insert into person (id, name, language, created_at) select (lpad(to_hex(p), 8, '0') || '-0000-7000-8000-000000000003')::uuid,
    initcap(($1::text[])[1 + p % 5000]) || ' ' || initcap(($1::text[])[5001 + (p * 7) % 20000]), 'en', now() - interval '3 years' from generate_series(1, ${people}) p`,
    [words],
  )
  await pool.query(
    `insert into address (id, person_id, kind, written, normal) select (lpad(to_hex(p), 8, '0') || '-0000-7000-8000-000000000004')::uuid,
    (lpad(to_hex(p), 8, '0') || '-0000-7000-8000-000000000003')::uuid, 'mail', a, a from generate_series(1, ${people}) p, lateral (select ($1::text[])[1 + p % 5000] || p || '@customers.example' as a) n`,
    [words],
  )
}

async function load(url: string, size: number, from: number, to: number, people: number) {
  const next = random(from)
  const pick = zipf(words.length)
  const lines = { conversation: '', message: '' }
  const clients = [0, 1].map(() => new pg.Client({ connectionString: url }))
  const columns = {
    conversation:
      'id, number, customer_id, owner_id, team_id, channel, subject, state, closed_because, closed_at, version, last_at, preview, opened_at, language',
    message: 'id, conversation_id, kind, author_id, author_raw, at, subject, body_text, language',
  }
  const names = Object.keys(lines) as (keyof typeof lines)[]
  for (const client of clients) {
    await client.connect()
    await client.query('set session_replication_role = replica; set synchronous_commit = off')
  }
  const streams = new Map<string, Writable>(
    names.map((name, n) => [name, clients[n]!.query(copyFrom(`copy ${name} (${columns[name]}) from stdin`))]),
  )
  const flush = async () => {
    for (const name of names) {
      const stream = streams.get(name)!
      if (!stream.write(lines[name])) await once(stream, 'drain')
      lines[name] = ''
    }
  }
  const say = (count: number) => Array.from({ length: count }, () => words[pick(next)]!)
  const now = Math.floor(Date.now() / 60_000) * 60_000
  const conversations = Math.ceil(size / perConversation)
  for (let n = from; n <= to; n++) {
    const opened = now - Math.floor(((conversations - n) / conversations) * years * 365 * dayMs) - 3_600_000
    const [team, member, person] = [n % teams, n % members, 1 + ((n * 7919) % people)]
    const id = conversationId(n)
    const customer = `${person.toString(16).padStart(8, '0')}-0000-7000-8000-000000000003`
    const owner = `${member.toString(16).padStart(8, '0')}-0000-7000-8000-000000000002`
    const subject = say(3 + Math.floor(next() * 5)).join(' ')
    const name = `${words[person % 5000]} ${words[5000 + ((person * 7) % 20_000)]}`
    const address = `${words[person % 5000]}${person}@customers.example`
    const state = n % 100 < 6 ? 'open' : n % 100 < 9 ? 'spam' : 'closed'
    const last = iso(opened + (perConversation - 1) * 7_200_000)
    lines.conversation += row([
      id,
      n,
      customer,
      owner,
      teamId(team),
      'mail',
      subject,
      state,
      state === 'closed' ? 'verified' : null,
      state === 'closed' ? last : null,
      4,
      last,
      subject,
      iso(opened),
      'en',
    ])
    for (let k = 0; k < perConversation && (n - 1) * perConversation + k < size; k++) {
      const messageId = `${n.toString(16).padStart(8, '0')}-0000-7000-9000-${k.toString(16).padStart(12, '0')}`
      const at = opened + k * 7_200_000
      const ours = k % 2 === 1
      // Lengths as in mail: most are short, some long.
      const length = Math.min(400, Math.round(20 - 30 * Math.log(1 - next() * 0.999)))
      const text = `${say(length).join(' ')} K-${n}${k}`
      lines.message += row([
        messageId,
        id,
        ours ? 'reply' : 'message',
        ours ? owner : customer,
        ours ? null : `${name} <${address}>`,
        iso(at),
        k === 0 ? subject : null,
        text,
        'en',
      ])
    }
    if (n % 500 === 0) await flush()
    if (n % 50_000 === 0) progress(`conversation ${n}`)
  }
  await flush()
  for (const stream of streams.values()) {
    stream.end()
    await finished(stream)
  }
  for (const client of clients) await client.end()
}

const iso = (ms: number) => new Date(ms).toISOString()

function row(values: (string | number | null)[]): string {
  return `${values.map(value => (value === null ? '\\N' : value)).join('\t')}\n`
}
