/** One run of chats: an app process of its own, visitors with a stream each, members who answer, and a hand that cuts streams. */
import { createHash, randomUUIDv7 } from 'node:crypto'
import { Agent, type ClientRequest, request } from 'node:http'
import { startApp } from './app.ts'
import { cpuSeconds, familyOf, postmasterOf } from './cpu.ts'
import { percentile, progress, round } from './figures.ts'
import { newPlace } from './place.ts'
import { cookieOf, organisation, teamId } from './seed.ts'

const key = '0'.repeat(20)
const site = 'https://shop.example'
const headers = { origin: site, 'content-type': 'application/json' }
const tokenOf = (n: number) => `bench${String(n).padStart(38, '0')}`
const uuid = (kind: number, n: number) =>
  `${n.toString(16).padStart(8, '0')}-0000-7000-b000-${kind.toString(16).padStart(12, '0')}`
const conversationOf = (n: number) => uuid(2, n)
/** Each visitor comes from a network of their own. */
const networkOf = (n: number) => `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`

type Chat = {
  n: number
  after: number
  seen: Set<number>
  doubled: number
  outOfOrder: number
  request: ClientRequest | null
}

export async function chatsRun({ chats: many, seconds }: { chats: number; seconds: number }) {
  const place = await newPlace()
  try {
    await organisation(place.pool)
    await seedChats(place.pool, many)
    const flags = process.env.POND_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.POND_PROFILE}`] : []
    const app = await startApp(place.dataDir, { POND_TRUSTED_PROXIES: '127.0.0.1' }, { flags })
    const processors = () => [[app.pid], familyOf([postmasterOf(place.cluster)]), [process.pid]].map(secondsOf)
    try {
      return await talk(app.address, many, seconds, processors)
    } finally {
      await app.stop()
    }
  } finally {
    await place.end()
  }
}

type Pool = Awaited<ReturnType<typeof newPlace>>['pool']

async function seedChats(pool: Pool, many: number) {
  const channel = uuid(4, 0)
  await pool.query(
    `insert into chat_channel (id, key, name, team_id, origins, created_at) values ($1, $2, 'Shop', $3, $4, now())`,
    [channel, key, teamId(0), [site]],
  )
  const all = Array.from({ length: many }, (_, n) => n)
  const ids = (kind: number) => all.map(n => uuid(kind, n))
  await pool.query('insert into person (id, name) select unnest($1::uuid[]), $2', [ids(1), 'Visitor'])
  const client = await pool.connect()
  await client.query('begin')
  await client.query(
    `insert into conversation (id, customer_id, team_id, channel, subject, state, due_at, last_at, opened_at)
      select c, p, $3, 'chat', 'Burrs', 'open', now() + interval '4 hours', now(), now() from unnest($1::uuid[], $2::uuid[]) x(c, p)`,
    [ids(2), ids(1), teamId(0)],
  )
  await client.query(
    `insert into promise (id, conversation_id, kind, direction, by_team_id, to_person_id, words, automatic, made_at, due_at, told_at)
      select i, c, 'reply', 'ours', $4, p, '', true, now(), now() + interval '4 hours', now() from unnest($1::uuid[], $2::uuid[], $3::uuid[]) x(i, c, p)`,
    [ids(5), ids(2), ids(1), teamId(0)],
  )
  await client.query(
    `insert into chat (conversation_id, came_at, seq) select unnest($1::uuid[]), now() + interval '5 minutes', 1`,
    [ids(2)],
  )
  // Each has begun with a word, as chats do. Its line is written beside it: the trigger is made for few at a time.
  await client.query('set local session_replication_role = replica')
  await client.query(
    `insert into message (id, conversation_id, kind, author_id, recipients, at, body_text)
      select m, c, 'message', p, '[]', now(), 'Which burrs?' from unnest($1::uuid[], $2::uuid[], $3::uuid[]) x(m, c, p)`,
    [ids(6), ids(2), ids(1)],
  )
  await client.query(
    `insert into chat_line (conversation_id, seq, is_what, message_id, at) select c, 1, 'message', m, now() from unnest($1::uuid[], $2::uuid[]) x(m, c)`,
    [ids(6), ids(2)],
  )
  await client.query(
    `insert into message_search (message_id, conversation_id, inside, at, words) select m, c, false, now(), 'burrs'::tsvector from unnest($1::uuid[], $2::uuid[]) x(m, c)`,
    [ids(6), ids(2)],
  )
  await client.query('set local session_replication_role = origin')
  await client.query(
    `insert into chat_session (id, channel_id, token_hash, person_id, known, origin, begun_at, seen_at)
      select s, $4, h, p, false, $5, now(), now() from unnest($1::uuid[], $2::bytea[], $3::uuid[]) x(s, h, p)`,
    [ids(3), all.map(n => createHash('sha256').update(tokenOf(n)).digest()), ids(1), channel, site],
  )
  await client.query(
    'insert into chat_seat (session_id, conversation_id, since) select s, c, now() from unnest($1::uuid[], $2::uuid[]) x(s, c)',
    [ids(3), ids(2)],
  )
  await client.query('commit')
  await client.query('analyze')
  client.release()
}

const secondsOf = (pids: readonly number[]) => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0)

async function talk(address: string, many: number, seconds: number, processors: () => number[]) {
  const sentAt = new Map<string, number>()
  const [waits, deskWaits] = [[] as number[], [] as number[]]
  const arrived = new Map<string, number>()
  const chats: Chat[] = Array.from({ length: many }, (_, n) => ({
    ...{ n, after: 1, seen: new Set<number>(), doubled: 0, outOfOrder: 0, request: null },
  }))
  const held = new Set<Chat>()
  let ending = false
  let cuts = 0
  let refused = 0

  function open(chat: Chat) {
    const body = JSON.stringify({ token: tokenOf(chat.n), conversationId: conversationOf(chat.n), after: chat.after })
    const asked = request(`${address}/chat/${key}/stream`, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'x-forwarded-for': networkOf(chat.n), 'content-length': Buffer.byteLength(body) },
    })
    chat.request = asked
    const again = () => {
      if (chat.request !== asked || ending) return
      chat.request = null
      setTimeout(() => open(chat), Math.random() * 500)
    }
    asked.on('response', response => {
      if (response.statusCode !== 200) refused++
      else held.add(chat)
      let rest = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        const parts = (rest + piece).split('\n')
        rest = parts.pop()!
        for (const part of parts) if (part.startsWith('{"line"')) take(chat, JSON.parse(part).line)
      })
      response.on('close', again)
    })
    asked.on('error', again)
    asked.end(body)
  }

  function take(chat: Chat, line: { seq: number; id: string | null }) {
    if (chat.seen.has(line.seq)) chat.doubled++
    if (line.seq !== chat.after + 1) chat.outOfOrder++
    chat.seen.add(line.seq)
    chat.after = Math.max(chat.after, line.seq)
    const begun = line.id ? sentAt.get(line.id) : undefined
    if (begun === undefined) return
    waits.push(performance.now() - begun)
    arrived.set(line.id!, (arrived.get(line.id!) ?? 0) + 1)
  }

  progress('opening')
  for (let at = 0; at < many; at += 50) {
    for (const chat of chats.slice(at, at + 50)) open(chat)
    await rest(60)
  }
  await until(() => held.size === many, 60_000)
  const desk = followDesk(address, (id, at) => {
    const begun = sentAt.get(id)
    if (begun !== undefined) deskWaits.push(at - begun)
  })
  await rest(2000)

  progress('talking')
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const accepted = new Set<string>()
  const going: Promise<void>[] = []
  const perSecond = many / 50
  const before = processors()
  const begun = performance.now()
  const cutting = setInterval(() => {
    cuts++
    chats[Math.floor(Math.random() * many)]!.request?.destroy()
  }, 100)
  for (let said = 0; performance.now() - begun < seconds * 1000; said++) {
    const due = begun + (said / perSecond) * 1000
    if (due > performance.now()) await rest(due - performance.now())
    const chat = chats[Math.floor(Math.random() * many)]!
    const other = chats[Math.floor(Math.random() * many)]!
    going.push(say(chat, false), say(other, true))
  }
  clearInterval(cutting)
  await Promise.all(going)
  const used = processors().map((each, n) => round(each - before[n]!))
  progress(`processor seconds: app ${used[0]}, PostgreSQL ${used[1]}, visitors ${used[2]}`)

  async function say(chat: Chat, us: boolean) {
    const messageId = randomUUIDv7()
    sentAt.set(messageId, performance.now())
    const text = us ? 'The coated set, and it fits.' : 'Which burrs for light roasts?'
    const [path, body, more] = us
      ? [
          `/api/v1/conversations/${conversationOf(chat.n)}/chat`,
          { messageId, text },
          { origin: address, cookie: cookieOf((chat.n % 2) * 5) },
        ]
      : [
          `/chat/${key}/say`,
          { token: tokenOf(chat.n), conversationId: conversationOf(chat.n), messageId, text },
          { 'x-forwarded-for': networkOf(chat.n) },
        ]
    for (let tries = 0; tries < 5; tries++) {
      const status = await post(agent, address + path, body, more as Record<string, string>)
      if (status === 200) return void accepted.add(messageId)
      if (status !== 0) {
        refused++
        if (refused < 5) progress(`${status} for ${path}`)
        return
      }
    }
  }

  progress('calming down')
  await until(() => accepted.size === [...accepted].filter(id => arrived.has(id)).length, 20_000)
  await rest(1000)
  ending = true
  desk()
  for (const chat of chats) chat.request?.destroy()
  agent.destroy()
  const lost = [...accepted].filter(id => !arrived.has(id)).length
  const sum = (of: (chat: Chat) => number) => chats.reduce((total, chat) => total + of(chat), 0)
  return {
    messages: accepted.size,
    lost,
    doubled: sum(chat => chat.doubled) + [...arrived.values()].filter(times => times > 1).length,
    outOfOrder: sum(chat => chat.outOfOrder),
    p50Ms: percentile(waits, 0.5),
    p99Ms: percentile(waits, 0.99),
    deskP99Ms: percentile(deskWaits, 0.99),
    cuts,
    refused,
  }
}

/** What a member's open desk hears of, and when. */
function followDesk(address: string, heard: (messageId: string, at: number) => void): () => void {
  const asked = request(`${address}/api/v1/live`, { headers: { cookie: cookieOf(0) }, agent: false })
  asked.on('response', response => {
    let rest = ''
    response.setEncoding('utf8')
    response.on('data', (piece: string) => {
      const parts = (rest + piece).split('\n\n')
      rest = parts.pop()!
      for (const part of parts) {
        const id = /"messageId":"([^"]+)"/.exec(part)?.[1]
        if (id) heard(id, performance.now())
      }
    })
  })
  asked.on('error', () => {})
  asked.end()
  return () => asked.destroy()
}

/** 0: the line broke before an answer. */
function post(agent: Agent, url: string, body: object, more: Record<string, string>): Promise<number> {
  const text = JSON.stringify(body)
  return new Promise(done => {
    const asked = request(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(text), ...more },
    })
    asked.on('response', response => {
      response.resume()
      response.on('end', () => done(response.statusCode ?? 0))
    })
    asked.on('error', () => done(0))
    asked.end(text)
  })
}

const rest = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
async function until(good: () => boolean, ms: number) {
  const late = Date.now() + ms
  while (!good() && Date.now() < late) await rest(100)
}
