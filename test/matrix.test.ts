/**
 * Every route the server has, called by everybody who could call it (S7, S8, I9). Routes come from the server itself:
 * one that has no row in matrix/rows.ts, or declares a right without a line in matrix/rights.ts, fails here.
 */
import { randomUUIDv7 } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allRoutes } from './matrix/all-routes.ts'
import { conversationRows } from './matrix/conversation-rows.ts'
import { mailboxRows } from './matrix/mailbox-rows.ts'
import { dependsOnMatter, expected, type Matter, matters, type Outcome } from './matrix/rights.ts'
import { accessRows, type Call, type Row } from './matrix/rows.ts'
import { aMatrixWorld, type Kind, kinds, printOf, type World } from './matrix/world.ts'
import { type Answer, aConversation, aDesk, ask } from './people.ts'

type Route = { name: string; method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; right: string }

const rows: Record<string, Row> = { ...accessRows, ...conversationRows, ...mailboxRows }
const routes: Route[] = []
let world: World
let callers = 0
const long = { timeout: 180_000 }

beforeAll(async () => {
  const desk = await aDesk({
    before: app =>
      app.addHook('onRoute', route => {
        for (const method of [route.method].flat()) {
          if (method === 'HEAD' || method === 'OPTIONS') continue
          const right = route.config?.right ?? 'none'
          routes.push({ name: `${method} ${route.url}`, method: method as Route['method'], path: route.url, right })
        }
      }),
    more: allRoutes,
  })
  world = await aMatrixWorld(desk)
})
afterAll(() => world.desk.close())

/** From a network of its own, so that no limit on tries is met. */
function send(route: Route, call: Call, cookie: string | null, more: { payload?: string; type?: string } = {}) {
  callers++
  const url = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(call.path?.[name] ?? 'missing'))
  const remoteAddress = `10.${(callers >> 16) & 255}.${(callers >> 8) & 255}.${callers & 255}`
  const type = more.type ?? (call.form ? 'multipart/form-data; boundary=----x' : undefined)
  const headers = { ...call.headers, ...(type ? { 'content-type': type } : {}) }
  const say = more.payload ?? call.form ?? call.say
  return ask(world.desk, route.method, url, say, { cookie: call.cookie ?? cookie, remoteAddress, headers })
}

function outcomeOf(answer: Answer): Outcome {
  const code = answer.status >= 400 ? answer.body?.code : undefined
  if (code === 'not-signed-in') return 'sign in'
  if (code === 'not-yours') return 'not yours'
  return code === 'absent' ? 'absent' : 'may'
}

function expectProblem(answer: Answer, about: string) {
  expect(answer.headers['content-type'], about).toMatch(/^application\/problem\+json\b/)
  expect(answer.status, about).toBe(answer.body.status)
  expect(answer.status, about).toBeGreaterThanOrEqual(400)
  expect(answer.status, about).toBeLessThan(500)
  expect(answer.text, about).not.toMatch(/at .*\.ts|select |node_modules/)
}

type Try = { about: string; act: () => Promise<Answer>; check?: (answer: Answer) => void }

/** What is refused leaves every row as it was: looked at once for all of them, as looking takes longer than asking. */
async function refusedWithoutTrace(tries: readonly Try[]): Promise<void> {
  if (tries.length === 0) return
  const before = await printOf(world.desk)
  for (const { about, act, check } of tries) {
    const answer = await act()
    expectProblem(answer, about)
    check?.(answer)
  }
  expect(
    await printOf(world.desk),
    `something was written by one of: ${tries.map(each => each.about).join('; ')}`,
  ).toBe(before)
}

const wanted = (route: Route, row: Row, kind: Kind, matter: Matter) =>
  row.except?.[kind] ?? expected(row.as ?? route.right, kind, matter)
const mattersOf = (route: Route, row: Row) => (dependsOnMatter(row.as ?? route.right) ? matters : matters.slice(0, 1))
const whoMay = (route: Route, row: Row): { kind: Kind; matter: Matter } | null => {
  for (const matter of mattersOf(route, row))
    for (const kind of [...kinds].reverse()) if (wanted(route, row, kind, matter) === 'may') return { kind, matter }
  return null
}
const each = (act: (route: Route, row: Row) => Promise<void>) => async () => {
  for (const route of routes) {
    const row = rows[route.name]
    if (row) await act(route, row)
  }
}

describe('every route', () => {
  test('has a row here, and every row a route', () => {
    expect(Object.keys(rows).sort()).toEqual(routes.map(route => route.name).sort())
  })

  test('of the contract and of the source is served here', async () => {
    const served = new Set(routes.map(route => route.name))
    const promised: string[] = []
    for (const file of filesOf('contract')) {
      const found: Record<string, unknown> = await import(file)
      for (const each of Object.values(found)) if (isEndpoint(each)) promised.push(`${each.method} ${each.path}`)
    }
    expect(promised.filter(name => !served.has(name))).toEqual([])
    const paths = new Set(routes.map(route => route.path))
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

  test(
    'answers each kind of caller as its right says, and changes nothing for who may not',
    long,
    each(async (route, row) => {
      for (const matter of mattersOf(route, row)) {
        const refused: Try[] = []
        for (const kind of kinds) {
          const about = `${kind}: ${route.name}, ${matter}`
          const outcome = wanted(route, row, kind, matter)
          const call = await row.call(world, kind, matter)
          if (outcome === 'may') {
            const answer = await send(route, call, world.cookies[kind])
            expect(answer.status, `${about}: ${answer.text.slice(0, 300)}`).toBe(row.status?.(matter) ?? 200)
          } else {
            const act = () => send(route, call, world.cookies[kind])
            refused.push({ about, act, check: answer => expect(outcomeOf(answer), about).toBe(outcome) })
          }
        }
        await refusedWithoutTrace(refused)
      }
    }),
  )

  test(
    'answers about what one may not see with the bytes for what does not exist',
    long,
    each(async (route, row) => {
      for (const matter of mattersOf(route, row)) {
        const tries: Try[] = []
        for (const kind of kinds) {
          const outcome = wanted(route, row, kind, matter)
          const call = await row.call(world, kind, matter)
          if (outcome === 'sign in' || (outcome === 'may' && row.makes)) continue
          for (const name of Object.keys(call.path ?? {}).filter(one => one.endsWith('Id') || row.missing?.[one])) {
            const about = `${kind}: ${route.name} without such a ${name}`
            const missing = { ...call, path: { ...call.path, [name]: row.missing?.[name] ?? randomUUIDv7() } }
            let bytes = ''
            const check = (answer: Answer) => {
              bytes = answer.text
              if (outcome === 'not yours') expect(['not yours', 'absent'], about).toContain(outcomeOf(answer))
              else expect(outcomeOf(answer), about).toBe('absent')
            }
            tries.push({ about, act: () => send(route, missing, world.cookies[kind]), check })
            if (outcome !== 'absent') continue
            const same = (answer: Answer) => expect(answer.text, about).toBe(bytes)
            tries.push({ about, act: () => send(route, call, world.cookies[kind]), check: same })
          }
        }
        await refusedWithoutTrace(tries)
      }
    }),
  )
})

test(
  'ids in capitals open no door',
  long,
  each(async (route, row) => {
    const tries: Try[] = []
    for (const kind of kinds) {
      const outcome = wanted(route, row, kind, 'owned by nobody')
      const call = await row.call(world, kind, 'owned by nobody')
      if (!call.path || outcome === 'may' || outcome === 'sign in') continue
      const loud = Object.entries(call.path).map(([name, id]) => [name, name.endsWith('Id') ? id.toUpperCase() : id])
      const about = `${kind}: ${route.name} in capitals`
      const act = () => send(route, { ...call, path: Object.fromEntries(loud) }, world.cookies[kind])
      tries.push({ about, act, check: answer => expect(outcomeOf(answer), about).toBe(outcome) })
    }
    await refusedWithoutTrace(tries)
  }),
)

test('a matter shows to nobody who may not open it: in no list, count, search, person or neighbour', long, async () => {
  const mark = `unseen${randomUUIDv7().slice(-12)}`
  const { desk, team, people } = world
  const customer = 'known@example.net'
  const seenBy = async (kind: Kind) => {
    const answers: [string, Answer][] = []
    for (const route of routes) {
      const row = rows[route.name]
      if (route.method !== 'GET' || !row || route.name === 'GET /api/v1/people') continue
      for (const matter of mattersOf(route, row)) {
        answers.push([route.name, await send(route, await row.call(world, kind, matter), world.cookies[kind])])
      }
    }
    for (const view of ['mine', 'unowned', 'open', 'all']) {
      const list = await ask(
        desk,
        'GET',
        '/api/v1/conversations',
        { view, sort: 'latest', limit: '30' },
        { cookie: world.cookies[kind] },
      )
      answers.push([`list ${view}`, list])
      for (const { id } of list.body?.rows ?? []) {
        const one = await ask(desk, 'GET', `/api/v1/conversations/${id}`, undefined, { cookie: world.cookies[kind] })
        expect(one.status, `${kind} opens what the list ${view} shows`).toBe(200)
        answers.push([`one of ${view}`, one])
      }
    }
    return answers
  }
  const counted = async (kind: Kind) =>
    (await ask(desk, 'GET', '/api/v1/conversations/counts', undefined, { cookie: world.cookies[kind] })).body
  const before = await Promise.all(kinds.map(counted))
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
  for (const [at, kind] of kinds.entries())
    if (kind !== 'colleague' && kind !== 'teammate' && kind !== 'lead') expect(after[at], kind).toEqual(before[at])
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
    const answer = await ask(world.desk, method, path)
    expectProblem(answer, `${method} ${path}`)
  }
})

describe('bad input', () => {
  const bad: [string, (call: Call, route: Route) => Call[]][] = [
    ['an unknown key', call => [{ ...call, say: { ...call.say, administratorOfAll: true } }]],
    [
      'a key that is the path’s',
      call => Object.keys(call.path ?? {}).map(name => ({ ...call, say: { ...call.say, [name]: randomUUIDv7() } })),
    ],
    ['wrong types', (call, route) => (route.method === 'GET' ? [] : wrongTypes(call, route))],
    [
      'ids that are none',
      call =>
        Object.keys(call.path ?? {}).map(name => ({ ...call, path: { ...call.path, [name]: '../../etc/passwd' } })),
    ],
    ['prototypes', call => [{ ...call, say: { ...call.say, constructor: { prototype: { administrator: true } } } }]],
  ]
  test.each(bad)('%s: refused, and nothing changes', long, async (what, spoil) => {
    await each(async (route, row) => {
      const who = whoMay(route, row)
      if (!who || row.raw) return
      const call = await row.call(world, who.kind, who.matter)
      const tries = spoil(call, route).map(spoilt => {
        const about = `${route.name} with ${what}: ${JSON.stringify(spoilt).slice(0, 200)}`
        const act = () => send(route, spoilt, world.cookies[who.kind])
        return { about, act, check: (answer: Answer) => expect(['may', 'absent'], about).toContain(outcomeOf(answer)) }
      })
      await refusedWithoutTrace(tries)
    })()
  })

  test(
    'ids of nothing, and of other things, in the body: refused, and nothing changes',
    long,
    each(async (route, row) => {
      const who = whoMay(route, row)
      if (!who || row.raw || row.freeIds) return
      const call = await row.call(world, who.kind, who.matter)
      const ids = [randomUUIDv7(), world.people.lead.addressId, world.team.calendarId]
      const tries = ids
        .flatMap(id => withForeignIds(call.say ?? {}, id))
        .map(say => {
          const about = `${route.name} with ${JSON.stringify(say).slice(0, 200)}`
          return { about, act: () => send(route, { ...call, say }, world.cookies[who.kind]) }
        })
      await refusedWithoutTrace(tries)
    }),
  )

  test(
    'bodies that are no JSON, another type, or too large: refused, and nothing changes',
    long,
    each(async (route, row) => {
      const who = whoMay(route, row)
      if (!who || row.raw || route.method === 'GET') return
      const call = await row.call(world, who.kind, who.matter)
      const tries = badBodies.map(([payload, type, status]) => {
        const about = `${route.name} with ${payload.slice(0, 40)}`
        const act = () => send(route, call, world.cookies[who.kind], { payload, type })
        return { about, act, check: (answer: Answer) => expect(answer.status, about).toBe(status) }
      })
      await refusedWithoutTrace(tries)
    }),
  )
})

const json = 'application/json'
const badBodies: [string, string, number][] = [
  ['{"a":', json, 400],
  ['[]', json, 400],
  ['"text"', json, 400],
  ['{"__proto__":{"administrator":true}}', json, 400],
  ['a=b', 'application/x-www-form-urlencoded', 415],
  ['<a/>', 'text/xml', 415],
  [`{"x":"${'x'.repeat(5_000_000)}"}`, json, 413],
]

function filesOf(part: string): string[] {
  const folder = join(import.meta.dirname, '../src', part)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names.filter(name => /(?<!\.test)\.ts$/.test(name)).map(name => join(folder, name))
}

function isEndpoint(value: unknown): value is { method: string; path: string } {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'output' in value
}

/** Each value of the body, one at a time, as something it cannot be. */
function wrongTypes(call: Call, route: Route): Call[] {
  const say = call.say ?? {}
  return Object.keys(say).flatMap(key =>
    [{ nested: [1] }, [[1]], 1e300, 2 ** 40, '\0', 'x'.repeat(1_100_000)]
      // What people write keeps what can be kept of it.
      .filter(value => !(value === '\0' && ['body', 'said', 'introduction', 'tell'].includes(key)))
      // Looking at settings keeps none of them.
      .filter(value => !(value === '\0' && route.path.endsWith('/mailboxes/check')))
      .filter(value => !(key === 'choices' && typeof value === 'object' && !Array.isArray(value)))
      .map(value => ({ ...call, say: { ...say, [key]: value } })),
  )
}

/** Copies of the body in which one id (a string that looks like one) is another. */
function withForeignIds<Said>(say: Said, id: string): Said[] {
  if (Array.isArray(say))
    return say.flatMap((one, at) => withForeignIds(one, id).map(changed => say.with(at, changed) as Said))
  if (typeof say !== 'object' || say === null) {
    return typeof say === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(say) && say !== id ? [id as Said] : []
  }
  return Object.entries(say).flatMap(([key, value]) =>
    withForeignIds(value, id).map(changed => ({ ...say, [key]: changed })),
  )
}
