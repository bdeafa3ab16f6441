/** Every route with what it does not expect, from somebody who may call it (S8): a problem, and nothing changes. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call } from './matrix/rows.ts'
import {
  aStage,
  long,
  onEach,
  outcomeOf,
  type Route,
  refusedWithoutTrace,
  type Stage,
  send,
  whoMay,
} from './matrix/stage.ts'
import type { Answer } from './people.ts'

let stage: Stage
beforeAll(async () => {
  stage = await aStage()
})
afterAll(() => stage.world.desk.close())

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
    await onEach(stage, async (route, row) => {
      const who = whoMay(route, row)
      if (!who || row.raw) return
      const call = await row.call(stage.world, who.kind, who.matter)
      const tries = spoil(call, route).map(spoilt => {
        const about = `${route.name} with ${what}: ${JSON.stringify(spoilt).slice(0, 200)}`
        const act = () => send(stage, route, spoilt, who.kind)
        return { about, act, check: (answer: Answer) => expect(['may', 'absent'], about).toContain(outcomeOf(answer)) }
      })
      await refusedWithoutTrace(stage, tries)
    })
  })

  test('ids of nothing, and of other things, in the body: refused, and nothing changes', long, () =>
    onEach(stage, async (route, row) => {
      const who = whoMay(route, row)
      if (!who || row.raw || row.freeIds) return
      const call = await row.call(stage.world, who.kind, who.matter)
      const ids = [randomUUIDv7(), stage.world.people.lead.addressId, stage.world.team.calendarId]
      const tries = ids
        .flatMap(id => withForeignIds(call.say ?? {}, id))
        .map(say => {
          const about = `${route.name} with ${JSON.stringify(say).slice(0, 200)}`
          return { about, act: () => send(stage, route, { ...call, say }, who.kind) }
        })
      await refusedWithoutTrace(stage, tries)
    }),
  )

  test('bodies that are no JSON, another type, or too large: refused, and nothing changes', long, () =>
    onEach(stage, async (route, row) => {
      const who = whoMay(route, row)
      if (!who || row.raw || route.method === 'GET') return
      const call = await row.call(stage.world, who.kind, who.matter)
      const tries = badBodies.map(([payload, type, status]) => {
        const about = `${route.name} with ${payload.slice(0, 40)}`
        const act = () => send(stage, route, call, who.kind, { payload, type })
        return { about, act, check: (answer: Answer) => expect(answer.status, about).toBe(status) }
      })
      await refusedWithoutTrace(stage, tries)
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

/** Copies of the body in which one id (a string that looks like one) is another. What tells one press of a button from the next names nothing. */
function withForeignIds<Said>(say: Said, id: string): Said[] {
  if (Array.isArray(say))
    return say.flatMap((one, at) => withForeignIds(one, id).map(changed => say.with(at, changed) as Said))
  if (typeof say !== 'object' || say === null) {
    return typeof say === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(say) && say !== id ? [id as Said] : []
  }
  return Object.entries(say).flatMap(([key, value]) =>
    key === 'press' ? [] : withForeignIds(value, id).map(changed => ({ ...say, [key]: changed })),
  )
}
