/**
 * Random days at a desk: mail, replies with each next step, notes, handovers, spam, bounces, follow-ups, time passing and
 * two members at once, against a model in memory. After each step the invariants hold, every conversation stands as the
 * model says, and the log applied to what was known before gives the same as a fresh look. A failure names its seed.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { readAfter, start } from '../../src/platform/events/index.ts'
import { aDesk } from '../desk.ts'
import { actOn, type Day } from './day.ts'
import { figuresHold, forgetFigures, hearFigures } from './insight.ts'
import { invariantsHold } from './invariants.ts'
import { chance } from './random.ts'
import { anyStep } from './steps.ts'

/** Three thousand in every run; twenty thousand with LONG_TESTS. */
const steps = Number(process.env.POND_MODEL_STEPS ?? (process.env.LONG_TESTS ? 20_000 : 3_000))
const stepsPerDay = 100
const firstSeed = Number(process.env.POND_MODEL_SEED ?? 1)

const otherTeam = randomUUIDv7()
let desk: Awaited<ReturnType<typeof aDesk>>
beforeAll(async () => {
  desk = await aDesk()
  await sql`insert into team (id, name, fallback_id, calendar_id) values (${otherTeam}, 'Sales', ${desk.world.ana}, ${desk.world.calendar})`.execute(
    desk.db,
  )
  await sql`insert into team_member (team_id, person_id, role) values (${otherTeam}, ${desk.world.ana}, 'lead'), (${otherTeam}, ${desk.world.bram}, 'teammate')`.execute(
    desk.db,
  )
  const member = (personId: string, name: string, role: 'lead' | 'teammate'): Member => ({
    is: 'member',
    personId,
    name,
    administrator: false,
    sessionId: personId,
    roles: new Map([
      [desk.world.team, role],
      [otherTeam, role],
    ]),
  })
  actOn(desk, [member(desk.world.ana, 'Ana Kovačević', 'lead'), member(desk.world.bram, 'Bram de Wit', 'teammate')])
})
afterAll(() => desk.close())

/** The log applied to what was known before. Readers wait for transactions of the whole server, other databases' too. */
async function applyLog(day: Day) {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from event`.execute(desk.db)
  const until = Date.now() + 30_000
  while (day.heard < rows[0]!.n && Date.now() < until) {
    const events = await readAfter(desk.pool, day.position, 1000)
    hearFigures(events)
    for (const event of events) {
      day.position = event.position
      day.heard++
      const { state, version } = event.facts as { state?: string; version?: number }
      if (event.subjectId && state && version) day.cached.set(event.subjectId, { state, version })
    }
    if (events.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
  }
}

async function check(day: Day, at: string) {
  expect(await invariantsHold(desk.pool), at).toEqual([])
  const { rows } = await desk.pool.query<{
    id: string
    state: string
    version: number
    ownerId: string | null
    reply: number
    action: number
    again: number
    followUp: number
  }>({
    name: 'how all stand',
    text: `select c.id, c.state, c.version, c.owner_id as "ownerId", count(p.id) filter (where p.kind = 'reply')::int as reply, count(p.id) filter (where p.kind = 'action')::int as action,
      count(p.id) filter (where p.kind = 'ask-again')::int as again, count(p.id) filter (where p.kind = 'follow-up')::int as "followUp"
    from conversation c left join promise p on p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours' group by c.id`,
  })
  expect(rows.length, at).toBe(day.known.size)
  await applyLog(day)
  const wrong = rows.flatMap(row => {
    const { state, version, owner, reply: replies, action, again, followUp } = day.known.get(row.id)!.expected
    const stands = { id: row.id, state, version, ownerId: owner, reply: replies, action, again, followUp }
    const cached = day.cached.get(row.id)
    const same = Object.entries(stands).every(([name, value]) => row[name as 'state'] === value)
    return same && cached?.state === state && cached.version === version
      ? []
      : [{ is: row, expected: stands, byLog: cached }]
  })
  expect(wrong, at).toEqual([])
  const { rows: deliveries } = await sql<{ n: number }>`select count(*)::int as n from delivery`.execute(desk.db)
  expect(deliveries[0]!.n, at).toBe(day.mails)
}

test(`after each of ${steps} random steps the invariants hold and every conversation stands as the model says`, {
  timeout: Math.max(900_000, steps * 40),
}, async () => {
  const taken = new Map<string, number>()
  for (let done = 0, seed = firstSeed; done < steps; seed++) {
    await sql`truncate conversation, delivery, outbox, promise, message, event, spam_token, spam_lesson, spam_verdict, absence cascade`.execute(
      desk.db,
    )
    await forgetFigures(desk.db)
    desk.clock.now = new Date('2026-11-24T09:00:00Z')
    const day: Day = {
      chance: chance(seed),
      known: new Map(),
      cached: new Map(),
      position: start,
      heard: 0,
      mails: 0,
      held: null,
      otherTeam,
    }
    for (let step = 0; step < stepsPerDay && done < steps; step++, done++) {
      const kind = await anyStep(day).catch(error => {
        throw new Error(`seed ${seed}, step ${step}: ${(error as Error).message}`, { cause: error })
      })
      taken.set(kind, (taken.get(kind) ?? 0) + 1)
      await check(day, `seed ${seed}, step ${step} (${kind})`)
      if (step % 20 === 19) expect(await figuresHold(desk.db), `seed ${seed}, step ${step}`).toEqual([])
    }
  }
  // Nothing in the mix was forgotten.
  expect(taken.size).toBe(80)
})
