/** A desk with all routes, everybody who could call them, and how a call is made and judged. */
import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import { type Answer, aDesk, ask } from '../people.ts'
import { allRoutes } from './all-routes.ts'
import { askRows } from './ask-rows.ts'
import { careRows } from './care-rows.ts'
import { chatRows } from './chat-rows.ts'
import { communityPagesRows } from './community-pages-rows.ts'
import { communityRows } from './community-rows.ts'
import { conversationRows } from './conversation-rows.ts'
import { erasingRows } from './erasing-rows.ts'
import { goodwillRows } from './goodwill-rows.ts'
import { insightRows } from './insight-rows.ts'
import { installationRows } from './installation-rows.ts'
import { knowledgeRows } from './knowledge-rows.ts'
import { ledgerRows } from './ledger-rows.ts'
import { mailboxRows } from './mailbox-rows.ts'
import { markRows } from './mark-rows.ts'
import { notificationRows } from './notification-rows.ts'
import { outsideRows } from './outside-rows.ts'
import { pictureRows } from './picture-rows.ts'
import { portalRows } from './portal-rows.ts'
import { questionRows } from './question-rows.ts'
import { relationRows } from './relation-rows.ts'
import { dependsOnMatter, expected, type Matter, matters, type Outcome } from './rights.ts'
import { accessRows, type Call, type Row } from './rows.ts'
import { searchRows } from './search-rows.ts'
import { securityRows } from './security-rows.ts'
import { sortingRows } from './sorting-rows.ts'
import { structureRows } from './structure-rows.ts'
import { viewRows } from './view-rows.ts'
import { aMatrixWorld, type Kind, kinds, lastTrace, tracesAfter, type World } from './world.ts'
import { writingRows } from './writing-rows.ts'

export type Route = { name: string; method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string; right: string }
export const rows: Record<string, Row> = {
  ...accessRows,
  ...conversationRows,
  ...mailboxRows,
  ...securityRows,
  ...installationRows,
  ...pictureRows,
  ...notificationRows,
  ...markRows,
  ...sortingRows,
  ...outsideRows,
  ...portalRows,
  ...writingRows,
  ...searchRows,
  ...careRows,
  ...goodwillRows,
  ...erasingRows,
  ...relationRows,
  ...viewRows,
  ...questionRows,
  ...insightRows,
  ...structureRows,
  ...askRows,
  ...ledgerRows,
  ...knowledgeRows,
  ...chatRows,
  ...communityRows,
  ...communityPagesRows,
}
export const long = { timeout: 180_000 }

export type Stage = { world: World; routes: Route[] }

export async function aStage(): Promise<Stage> {
  const routes: Route[] = []
  const desk = await aDesk({ before: app => noteRoutes(app, routes), more: allRoutes })
  return { world: await aMatrixWorld(desk), routes }
}

function noteRoutes(app: FastifyInstance, routes: Route[]) {
  app.addHook('onRoute', route => {
    for (const method of [route.method].flat()) {
      if (method === 'HEAD' || method === 'OPTIONS') continue
      const right = route.config?.right ?? 'none'
      routes.push({ name: `${method} ${route.url}`, method: method as Route['method'], path: route.url, right })
    }
  })
}

/** For each route that has a row. */
export async function onEach(stage: Stage, act: (route: Route, row: Row) => Promise<void>) {
  for (const route of stage.routes) {
    const row = rows[route.name]
    if (row) await act(route, row)
  }
}

/**
 * A row's call, made once for all who ask about the same matter, where nobody changes what it is about and the row makes
 * it alike for everybody: its second parameter is none, or is called `_`.
 */
export function sharedCalls(stage: Stage, row: Row, matter: Matter): (kind: Kind) => Promise<Call> {
  const alike = /^(async )?(\(\)|\(?world\)?|\(world, _, matter\)) ?=>/.test(String(row.call))
  let shared: Promise<Call> | undefined
  return async kind => {
    if (!alike) return row.call(stage.world, kind, matter)
    shared ??= Promise.resolve(row.call(stage.world, kind, matter))
    return shared
  }
}

let callers = 0

/** From a network of its own, so that no limit on tries is met. */
export async function send(
  { world }: Stage,
  route: Route,
  call: Call,
  as: Kind,
  more: { payload?: string; type?: string } = {},
) {
  callers++
  const url = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(call.path?.[name] ?? 'missing'))
  const remoteAddress = `10.${(callers >> 16) & 255}.${(callers >> 8) & 255}.${callers & 255}`
  const type = more.type ?? (call.form ? 'multipart/form-data; boundary=----x' : undefined)
  const headers = { ...call.headers, ...(type ? { 'content-type': type } : {}) }
  const say = more.payload ?? call.form ?? call.say
  const cookie = call.cookie ?? world.cookies[as]
  const answer = await ask(world.desk, route.method, url, say, { cookie, remoteAddress, headers })
  refusesFrames(answer, route.name)
  return answer
}

/** No answer that a browser could draw stands in somebody else's page. What flows on as lines is no page. */
function refusesFrames({ headers }: Answer, about: string) {
  if (/x-ndjson|event-stream/.test(String(headers['content-type']))) return
  expect(String(headers['content-security-policy']), about).toContain("frame-ancestors 'none'")
  expect(headers['x-frame-options'], about).toBe('DENY')
}

export function outcomeOf(answer: Answer): Outcome {
  const code = answer.status >= 400 ? answer.body?.code : undefined
  if (code === 'not-signed-in') return 'sign in'
  if (code === 'not-yours') return 'not yours'
  return code === 'absent' ? 'absent' : 'may'
}

export function expectProblem(answer: Answer, about: string) {
  expect(answer.headers['content-type'], about).toMatch(/^application\/problem\+json\b/)
  expect(answer.status, about).toBe(answer.body.status)
  expect(answer.status, about).toBeGreaterThanOrEqual(400)
  expect(answer.status, about).toBeLessThan(500)
  expect(answer.text, about).not.toMatch(/at .*\.ts|select |node_modules/)
}

export type Try = { about: string; act: () => Promise<Answer>; check?: (answer: Answer) => void }

/** What is refused writes no row. */
export async function refusedWithoutTrace({ world }: Stage, tries: readonly Try[]): Promise<void> {
  if (tries.length === 0) return
  const before = await lastTrace(world.desk)
  for (const { about, act, check } of tries) {
    const answer = await act()
    expectProblem(answer, about)
    check?.(answer)
  }
  const written = await tracesAfter(world.desk, before)
  expect(written, `something was written by one of: ${tries.map(each => each.about).join('; ')}`).toEqual([])
}

export const wanted = (route: Route, row: Row, kind: Kind, matter: Matter) =>
  row.except?.[kind] ?? expected(row.as ?? route.right, kind, matter)
export const mattersOf = (route: Route, row: Row) =>
  dependsOnMatter(row.as ?? route.right) ? matters : matters.slice(0, 1)
/** One who is let through, and about what. */
export const whoMay = (route: Route, row: Row): { kind: Kind; matter: Matter } | null => {
  for (const matter of mattersOf(route, row))
    for (const kind of [...kinds].reverse()) if (wanted(route, row, kind, matter) === 'may') return { kind, matter }
  return null
}
