/**
 * Every route the server has, called by everybody who could call it (S7, I9). Routes come from the server itself: one
 * that has no row in matrix/, or declares a right without a line in matrix/rights.ts, fails here.
 */
import { randomUUIDv7 } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  aStage,
  expectProblem,
  long,
  mattersOf,
  onEach,
  outcomeOf,
  refusedWithoutTrace,
  rows,
  type Stage,
  send,
  sharedCalls,
  type Try,
  wanted,
  whoMay,
} from './matrix/stage.ts'
import { type Kind, kinds } from './matrix/world.ts'
import { type Answer, aConversation, ask } from './people.ts'

let stage: Stage
beforeAll(async () => {
  stage = await aStage()
})
afterAll(() => stage.world.desk.close())

describe('every route', () => {
  test('has a row here, and every row a route', () => {
    expect(Object.keys(rows).sort()).toEqual(stage.routes.map(route => route.name).sort())
  })

  test('of the contract and of the source is served here', async () => {
    const served = new Set(stage.routes.map(route => route.name))
    const promised: string[] = []
    for (const file of filesOf('contract')) {
      const found: Record<string, unknown> = await import(file)
      for (const each of Object.values(found)) if (isEndpoint(each)) promised.push(`${each.method} ${each.path}`)
    }
    expect(promised.filter(name => !served.has(name))).toEqual([])
    const paths = new Set(stage.routes.map(route => route.path))
    const written = ['platform', 'domain']
      .flatMap(filesOf)
      .flatMap(file =>
        [
          ...readFileSync(file, 'utf8').matchAll(/(?:\.(?:get|post|put|delete)(?:<[^(]*>)?\(\s*|\burl: )'(\/[^']*)'/g),
        ].map(match => match[1]!),
      )
    expect(written.length).toBeGreaterThan(5)
    expect(written.filter(path => !paths.has(path))).toEqual([])
  })

  test('answers each kind of caller as its right says, and changes nothing for who may not', long, () =>
    onEach(stage, async (route, row) => {
      for (const matter of mattersOf(route, row)) {
        const refused: Try[] = []
        const untouched = sharedCalls(stage, row, matter)
        for (const kind of kinds) {
          const about = `${kind}: ${route.name}, ${matter}`
          const outcome = wanted(route, row, kind, matter)
          const changes = outcome === 'may' && route.method !== 'GET'
          const call = await (changes ? row.call(stage.world, kind, matter) : untouched(kind))
          if (outcome === 'may') {
            const answer = await send(stage, route, call, kind)
            expect(answer.status, `${about}: ${answer.text.slice(0, 300)}`).toBe(row.status?.(matter) ?? 200)
          } else {
            const act = () => send(stage, route, call, kind)
            refused.push({ about, act, check: answer => expect(outcomeOf(answer), about).toBe(outcome) })
          }
        }
        await refusedWithoutTrace(stage, refused)
      }
    }),
  )

  test('answers about what one may not see with the bytes for what does not exist', long, () =>
    onEach(stage, async (route, row) => {
      for (const matter of mattersOf(route, row)) {
        const tries: Try[] = []
        const untouched = sharedCalls(stage, row, matter)
        for (const kind of kinds) {
          const outcome = wanted(route, row, kind, matter)
          if (outcome === 'sign in' || (outcome === 'may' && row.makes)) continue
          const call = await untouched(kind)
          for (const name of Object.keys(call.path ?? {}).filter(one => one.endsWith('Id') || row.missing?.[one])) {
            const about = `${kind}: ${route.name} without such a ${name}`
            const missing = { ...call, path: { ...call.path, [name]: row.missing?.[name] ?? randomUUIDv7() } }
            let bytes = ''
            const check = (answer: Answer) => {
              bytes = answer.text
              if (outcome === 'not yours') expect(['not yours', 'absent'], about).toContain(outcomeOf(answer))
              else expect(outcomeOf(answer), about).toBe('absent')
            }
            tries.push({ about, act: () => send(stage, route, missing, kind), check })
            if (outcome !== 'absent') continue
            const same = (answer: Answer) => expect(answer.text, about).toBe(bytes)
            tries.push({ about, act: () => send(stage, route, call, kind), check: same })
          }
        }
        await refusedWithoutTrace(stage, tries)
      }
    }),
  )
})

test('ids in capitals open no door', long, () =>
  onEach(stage, async (route, row) => {
    const tries: Try[] = []
    const untouched = sharedCalls(stage, row, 'owned by nobody')
    for (const kind of kinds) {
      const outcome = wanted(route, row, kind, 'owned by nobody')
      if (outcome === 'may' || outcome === 'sign in') continue
      const call = await untouched(kind)
      if (!call.path) continue
      const loud = Object.entries(call.path).map(([name, id]) => [name, name.endsWith('Id') ? id.toUpperCase() : id])
      const about = `${kind}: ${route.name} in capitals`
      const act = () => send(stage, route, { ...call, path: Object.fromEntries(loud) }, kind)
      tries.push({ about, act, check: answer => expect(outcomeOf(answer), about).toBe(outcome) })
    }
    await refusedWithoutTrace(stage, tries)
  }),
)

test('a matter shows to nobody who may not open it: in no list, count, search, person or neighbour', long, async () => {
  const mark = `unseen${randomUUIDv7().slice(-12)}`
  const { desk, team, people } = stage.world
  const customer = 'known@example.net'
  const readings = stage.routes.flatMap(route => {
    const row = rows[route.name]
    if (route.method !== 'GET' || !row || route.name === 'GET /api/v1/people') return []
    return mattersOf(route, row).map(matter => ({ route, callFor: sharedCalls(stage, row, matter) }))
  })
  const seenBy = async (kind: Kind) => {
    const answers: [string, Answer][] = []
    for (const { route, callFor } of readings)
      answers.push([route.name, await send(stage, route, await callFor(kind), kind)])
    for (const view of ['mine', 'unowned', 'open', 'all']) {
      const list = await ask(
        desk,
        'GET',
        '/api/v1/conversations',
        { view, sort: 'latest', limit: '30' },
        { cookie: stage.world.cookies[kind] },
      )
      answers.push([`list ${view}`, list])
      for (const { id } of list.body?.rows ?? []) {
        const one = await ask(desk, 'GET', `/api/v1/conversations/${id}`, undefined, {
          cookie: stage.world.cookies[kind],
        })
        expect(one.status, `${kind} opens what the list ${view} shows`).toBe(200)
        answers.push([`one of ${view}`, one])
      }
    }
    return answers
  }
  const counted = async (kind: Kind) =>
    (await ask(desk, 'GET', '/api/v1/conversations/counts', undefined, { cookie: stage.world.cookies[kind] })).body
  // Quarantined mail is the administrator's to see: what the questions below put there counts for them, up to a hundred.
  const quarantined = async () =>
    (await desk.database.pool.query(`select count(*)::int as n from delivery where became = 'quarantined'`)).rows[0].n
  const before = await Promise.all(kinds.map(counted))
  const quarantinedBefore = await quarantined()
  const hidden = await aConversation(desk, { team, customer, words: mark })
  // The same customer's next matter is the colleague's, and knows the one before.
  const theirs = await aConversation(desk, { team, customer, owner: people.colleague, previousId: hidden.id })
  // First in every list, however much is made meanwhile.
  await desk.database.pool.query(
    `update conversation set last_at = last_at + interval '1 day', due_at = due_at - interval '1 day' where id = any($1)`,
    [[hidden.id, theirs.id]],
  )
  for (const kind of kinds) {
    const sees = kind === 'teammate' || kind === 'lead'
    const found = (await seenBy(kind)).filter(([, answer]) => answer.text.includes(mark)).map(([name]) => name)
    if (sees) expect(found.length, kind).toBeGreaterThan(0)
    else expect(found, kind).toEqual([])
  }
  const after = await Promise.all(kinds.map(counted))
  const came = (await quarantined()) - quarantinedBefore
  for (const [at, kind] of kinds.entries()) {
    if (kind === 'colleague' || kind === 'teammate' || kind === 'lead') continue
    const expected =
      kind === 'administrator' ? { ...before[at], trouble: Math.min(100, before[at].trouble + came) } : before[at]
    expect(after[at], kind).toEqual(expected)
  }
})

/** Tries and previews; mail that waits for a person; work that is written down when it is done; and rows that ask for what is so already. */
const changesNoSetting = new Set([
  'POST /api/v1/mailboxes/check',
  'POST /api/v1/retention/preview',
  'POST /api/v1/rules/try',
  'POST /api/v1/quarantine/:deliveryId/retry',
  'DELETE /api/v1/quarantine/:deliveryId',
  'POST /api/v1/backups',
  'POST /api/v1/backups/:backupId/verify',
  'POST /api/v1/mailboxes/:mailboxId/import',
  'POST /api/v1/members/:memberId/second-factor/reset',
  'PUT /api/v1/protection',
  'PUT /api/v1/rights',
  'PUT /api/v1/retention',
  'PUT /api/v1/look',
  'PUT /api/v1/portal',
])

test('what settles how Pond works stands in the audit', long, async () => {
  const settles =
    /^(administrator|lead-or-administrator|team:settle|team:sort|rules?:settle|absence:settle|tag:make|view:change)$/
  const { pool } = stage.world.desk.database
  const audited = async () =>
    (await pool.query('select count(*)::int as n from event where is_audited(kind)')).rows[0].n
  const silent: string[] = []
  await onEach(stage, async (route, row) => {
    const who = whoMay(route, row)
    if (route.method === 'GET' || !who || !settles.test(row.as ?? route.right) || changesNoSetting.has(route.name))
      return
    const call = await row.call(stage.world, who.kind, who.matter)
    const before = await audited()
    const answer = await send(stage, route, call, who.kind)
    if (answer.status < 300 && (await audited()) === before) silent.push(`${route.name} (${route.right})`)
  })
  expect(silent).toEqual([])
})

test('what no route serves is absent, as a problem', async () => {
  for (const [method, path] of [
    ['GET', '/api/v1/nothing'],
    ['POST', '/api/v1/nothing'],
    ['PUT', '/files/nothing'],
    ['DELETE', '/'],
    ['GET', '/%25zz'],
    ['GET', '/%zz'],
    ['GET', '/..%2f..%2fpackage.json'],
    ['GET', '/assets/../../../package.json'],
  ] as const) {
    const answer = await ask(stage.world.desk, method, path)
    expectProblem(answer, `${method} ${path}`)
  }
})

function filesOf(part: string): string[] {
  const folder = join(import.meta.dirname, '../src', part)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter(name => /(?<!\.test)\.ts$/.test(name)).map(name => join(folder, name))
}

function isEndpoint(value: unknown): value is { method: string; path: string } {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'output' in value
}
