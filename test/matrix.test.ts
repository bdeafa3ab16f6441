/**
 * Every route the server has, called by everybody who could call it (S7, S8, I9). Routes come from the server itself:
 * one that has no row in matrix/rows.ts, or declares a right without a line in matrix/rights.ts, fails here.
 */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allRoutes } from './matrix/all-routes.ts'
import { dependsOnMatter, expected, type Matter, matters, type Outcome } from './matrix/rights.ts'
import { type Call, type Row, rows } from './matrix/rows.ts'
import { aMatrixWorld, type Kind, kinds, printOf, type World } from './matrix/world.ts'
import { type Answer, aDesk, ask } from './people.ts'

type Route = { name: string; method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; right: string }

const routes: Route[] = []
let world: World
let callers = 0

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
  const headers = more.type ? { 'content-type': more.type } : {}
  return ask(world.desk, route.method, url, more.payload ?? call.say, {
    cookie: call.cookie ?? cookie,
    remoteAddress,
    headers,
  })
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

/** What is refused leaves every row as it was. */
async function refusedWithoutTrace(act: () => Promise<Answer>, about: string): Promise<Answer> {
  const before = await printOf(world.desk)
  const answer = await act()
  expectProblem(answer, about)
  expect(await printOf(world.desk), `${about}: something was written`).toBe(before)
  return answer
}

const wanted = (route: Route, row: Row, kind: Kind, matter: Matter) =>
  row.except?.[kind] ?? expected(route.right, kind, matter)
const mattersOf = (route: Route) => (dependsOnMatter(route.right) ? matters : matters.slice(0, 1))
const whoMay = (route: Route, row: Row): { kind: Kind; matter: Matter } | null => {
  for (const matter of mattersOf(route))
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

  test(
    'answers each kind of caller as its right says, and changes nothing for who may not',
    { timeout: 120_000 },
    each(async (route, row) => {
      for (const matter of mattersOf(route)) {
        for (const kind of kinds) {
          const about = `${kind}: ${route.name}, ${matter}`
          const outcome = wanted(route, row, kind, matter)
          const call = await row.call(world, kind, matter)
          if (outcome !== 'may') {
            const answer = await refusedWithoutTrace(() => send(route, call, world.cookies[kind]), about)
            expect(outcomeOf(answer), about).toBe(outcome)
          } else if (!row.raw) {
            const answer = await send(route, call, world.cookies[kind])
            expect(answer.status, `${about}: ${answer.text.slice(0, 300)}`).toBe(row.status ?? 200)
          }
        }
      }
    }),
  )

  test(
    'answers about what one may not see with the bytes for what does not exist',
    { timeout: 120_000 },
    each(async (route, row) => {
      for (const matter of mattersOf(route)) {
        for (const kind of kinds) {
          const outcome = wanted(route, row, kind, matter)
          const call = await row.call(world, kind, matter)
          if (!call.path || outcome === 'sign in' || (outcome === 'may' && (row.makes || row.raw))) continue
          for (const name of Object.keys(call.path)) {
            const about = `${kind}: ${route.name} without such a ${name}`
            const missing = { ...call, path: { ...call.path, [name]: randomUUIDv7() } }
            const answer = await refusedWithoutTrace(() => send(route, missing, world.cookies[kind]), about)
            if (outcome === 'may') expect(outcomeOf(answer), about).toBe('absent')
            if (outcome === 'absent' || outcome === 'not yours') {
              const there = await send(route, call, world.cookies[kind])
              if (outcome === 'absent') expect(there.text, about).toBe(answer.text)
              else expect(['not yours', 'absent'], about).toContain(outcomeOf(answer))
            }
          }
        }
      }
    }),
  )
})

test(
  'ids in capitals open no door',
  { timeout: 120_000 },
  each(async (route, row) => {
    for (const kind of kinds) {
      const outcome = wanted(route, row, kind, 'owned by nobody')
      const call = await row.call(world, kind, 'owned by nobody')
      if (!call.path || outcome === 'may' || outcome === 'sign in') continue
      const path = Object.fromEntries(Object.entries(call.path).map(([name, id]) => [name, id.toUpperCase()]))
      const about = `${kind}: ${route.name} in capitals`
      const answer = await refusedWithoutTrace(() => send(route, { ...call, path }, world.cookies[kind]), about)
      expect(outcomeOf(answer), about).toBe(outcome)
    }
  }),
)

describe('bad input', () => {
  const bad: [string, (call: Call, route: Route) => Call[]][] = [
    ['an unknown key', call => [{ ...call, say: { ...call.say, administratorOfAll: true } }]],
    [
      'a key that is the path’s',
      call => Object.keys(call.path ?? {}).map(name => ({ ...call, say: { ...call.say, [name]: randomUUIDv7() } })),
    ],
    ['wrong types', (call, route) => (route.method === 'GET' ? [] : wrongTypes(call))],
    [
      'ids that are none',
      call =>
        Object.keys(call.path ?? {}).map(name => ({ ...call, path: { ...call.path, [name]: '../../etc/passwd' } })),
    ],
    ['prototypes', call => [{ ...call, say: { ...call.say, constructor: { prototype: { administrator: true } } } }]],
  ]
  test.each(bad)('%s: refused, and nothing changes', { timeout: 120_000 }, async (what, spoil) => {
    await each(async (route, row) => {
      const who = whoMay(route, row)
      if (!who || row.raw) return
      const call = await row.call(world, who.kind, who.matter)
      for (const spoilt of spoil(call, route)) {
        const about = `${route.name} with ${what}: ${JSON.stringify(spoilt).slice(0, 200)}`
        const answer = await refusedWithoutTrace(() => send(route, spoilt, world.cookies[who.kind]), about)
        expect(['may', 'absent'], about).toContain(outcomeOf(answer))
      }
    })()
  })

  test(
    'ids of nothing, and of other things, in the body: refused, and nothing changes',
    { timeout: 120_000 },
    each(async (route, row) => {
      const who = whoMay(route, row)
      if (!who || row.raw || row.freeIds) return
      const call = await row.call(world, who.kind, who.matter)
      for (const id of [randomUUIDv7(), world.people.lead.addressId, world.team.calendarId]) {
        for (const say of withForeignIds(call.say ?? {}, id)) {
          const about = `${route.name} with ${JSON.stringify(say).slice(0, 200)}`
          await refusedWithoutTrace(() => send(route, { ...call, say }, world.cookies[who.kind]), about)
        }
      }
    }),
  )

  test(
    'bodies that are no JSON, another type, or too large: refused, and nothing changes',
    { timeout: 120_000 },
    each(async (route, row) => {
      const who = whoMay(route, row)
      if (!who || row.raw || route.method === 'GET') return
      const call = await row.call(world, who.kind, who.matter)
      const cookie = world.cookies[who.kind]
      const json = 'application/json'
      for (const [payload, type, status] of [
        ['{"a":', json, 400],
        ['[]', json, 400],
        ['"text"', json, 400],
        ['{"__proto__":{"administrator":true}}', json, 400],
        ['a=b', 'application/x-www-form-urlencoded', 415],
        ['<a/>', 'text/xml', 415],
        [`{"x":"${'x'.repeat(5_000_000)}"}`, json, 413],
      ] as const) {
        const about = `${route.name} with ${payload.slice(0, 40)}`
        const answer = await refusedWithoutTrace(() => send(route, call, cookie, { payload, type }), about)
        expect(answer.status, about).toBe(status)
      }
    }),
  )
})

/** Each value of the body, one at a time, as something it cannot be. */
function wrongTypes(call: Call): Call[] {
  const say = call.say ?? {}
  return Object.keys(say).flatMap(key =>
    [{ nested: [1] }, [[1]], 1e300, '\0', 'x'.repeat(1_100_000)]
      .filter(
        value => !(typeof value === 'string' && value.length > 1 && typeof say[key] === 'string' && key === 'body'),
      )
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
