/**
 * How long people wait for the pages they look at all day: a list, a conversation, a reply, the counts, over HTTP, beside
 * the bare SQL of the same work. See README.md for each figure.
 */
import type { View } from '../src/contract/conversations.ts'
import type { Member } from '../src/domain/access/index.ts'
import { loadMember } from '../src/domain/access/tables/sessions.ts'
import { replyTo } from '../src/domain/conversations/commands/reply.ts'
import { counts } from '../src/domain/conversations/queries/counts.ts'
import { list } from '../src/domain/conversations/queries/list.ts'
import { open } from '../src/domain/conversations/queries/open.ts'
import { today } from '../src/domain/conversations/queries/today.ts'
import { startApp } from './lib/app.ts'
import { asking } from './lib/ask.ts'
import { untilCalm } from './lib/calm.ts'
import { conversationsPlace } from './lib/conversations.ts'
import { type Figures, percentile, progress, round, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'
import { recording, replay, type Statement } from './lib/replay.ts'
import { conversationId, cookieOf, members, tokenHashOf } from './lib/seed.ts'

const rounds = 300
const warm = 100
const views: View[] = ['open', 'mine', 'unowned', 'pending', 'solved', 'closed', 'all', 'open']

const parts = ['list', 'count', 'today', 'open', 'reply'] as const
const asked = given({ size: 10_000 }, parts)
const place = await conversationsPlace(asked.size)
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
  const record = recording(place.pool)
  const figures: Figures = { size: asked.size }

  /** `act` asks once over HTTP; `same` does the same in this process, so that its statements are known. */
  async function page(
    name: (typeof parts)[number],
    act: (n: number, member: number) => Promise<number>,
    same: (n: number, actor: Member) => Promise<unknown>,
    writes = false,
  ) {
    if (!asked.only.has(name)) return
    progress(name)
    const http: number[] = []
    for (let n = 0; n < warm + rounds; n++) {
      const took = await act(n, n % members)
      if (n >= warm) http.push(took)
    }
    const bare: number[] = []
    // All are known before the first is asked again: what was just read would lie in memory.
    const recorded: Statement[][] = []
    for (let n = 0; n < warm + rounds; n++)
      recorded.push(await record.during(() => same(warm + rounds + n, actors[n % members]!)))
    const client = await place.pool.connect()
    try {
      for (const [n, statements] of recorded.entries()) {
        const took = await replay(client, statements, writes)
        if (n >= warm) bare.push(took)
      }
    } finally {
      client.release()
    }
    figures[`${name}P50Ms`] = round(percentile(http, 0.5))
    figures[`${name}P95Ms`] = round(percentile(http, 0.95))
    figures[`${name}FloorP50Ms`] = round(percentile(bare, 0.5))
    figures[`${name}FloorP95Ms`] = round(percentile(bare, 0.95))
  }

  const get = async (member: number, path: string) => {
    const told = await ask(cookieOf(member), 'GET', path)
    if (told.status !== 200) throw new Error(`${path} answered ${told.status}: ${told.body}`)
    return told
  }

  await page(
    'list',
    async (n, member) => (await get(member, `/api/v1/conversations?view=${views[n % views.length]}`)).milliseconds,
    (n, actor) => list(record.db, actor, { view: views[n % views.length]!, limit: 50 }, new Date()),
  )
  await page(
    'count',
    async (_, member) => (await get(member, '/api/v1/conversations/counts')).milliseconds,
    (_, actor) => counts(record.db, actor, new Date()),
  )
  await page(
    'today',
    async (_, member) => (await get(member, '/api/v1/today')).milliseconds,
    (_, actor) => today(record.db, actor, new Date()),
  )
  await page(
    'open',
    async (n, member) => (await get(member, `/api/v1/conversations/${someOf(member, n)}`)).milliseconds,
    (n, actor) => open(record.db, actor, someOf(actors.indexOf(actor), n), new Date()),
  )
  await page(
    'reply',
    async (n, member) => {
      const id = someOf(member, n, true)
      const { version, reply } = JSON.parse((await get(member, `/api/v1/conversations/${id}`)).body)
      const told = await ask(
        cookieOf(member),
        'POST',
        `/api/v1/conversations/${id}/replies`,
        replyOf(version, reply.to[0].address),
      )
      if (told.status !== 200) throw new Error(`a reply was answered ${told.status}: ${told.body}`)
      return told.milliseconds
    },
    async (n, actor) => {
      const id = someOf(actors.indexOf(actor), n, true)
      const { rows } = await place.pool.query('select version from conversation where id = $1', [id])
      // Recorded and rolled back; the replay commits it.
      await record.rolledBack(tx =>
        replyTo(
          tx,
          actor,
          { conversationId: id, ...replyOf(rows[0].version, 'member-of-public@customers.example'), attachments: [] },
          new Date(),
        ),
      )
    },
    true,
  )
  close()
  return figures
}

/** A conversation in one of this member's teams, another one each time, spread over all there are; `live`: not put away. */
function someOf(member: number, n: number, live = false): string {
  const step = Math.max(1, Math.floor(asked.size / 1000))
  for (let at = (n * 7 * step + n * 13) % asked.size; ; at = (at + 1) % asked.size) {
    const number = at + 1
    if (number % 6 === member % 6 && !(live && [25, 26, 27].includes(number % 100))) return conversationId(number)
  }
}

function replyOf(seenVersion: number, to: string) {
  const dueAt = new Date(Date.now() + 86_400_000).toISOString()
  return {
    seenVersion,
    body: '<p>Thank you for telling us. We are with you tomorrow before you open, and bring a machine for the meantime.</p>',
    recipients: { to: [to], cc: [] },
    nextStep: { is: 'we-get-back' as const, words: 'We tell you what we found', dueAt, kind: 'reply' as const },
  }
}
