/** What outside watchers ask, on the real server and a real database. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { createHttp } from '../http/index.ts'
import { silentLog } from '../log/log.ts'
import { createHealth, isRecent } from './health.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

let away = false
async function served(metricsToken?: string) {
  const app = await createHttp({
    log: silentLog(),
    baseUrl: new URL('http://localhost:4747'),
    trustedProxies: [],
    sentence: code => ({ title: code, detail: '' }),
  })
  const health = createHealth({
    pool: database.pool,
    log: silentLog(),
    metricsToken,
    keptMs: { readiness: 0, figures: 0 },
    figures: [{ name: 'answers', help: 'x', label: 'kind', query: "select 'all' as label, 42 as value" }],
    checks: [{ name: 'database', ask: async () => (away ? Promise.reject(new Error('secret reason')) : undefined) }],
  })
  health.routes(app)
  app.get('/slow', { config: { right: 'anyone' } }, async () => {
    const end = Date.now() + 250
    while (Date.now() < end);
    return 'done'
  })
  return { app, health }
}

test('ready says which part is not, without the reason, and 503', async () => {
  const { app, health } = await served()
  expect((await app.inject('/readyz')).json()).toEqual({
    ready: true,
    leaving: false,
    checks: [{ name: 'database', ok: true }],
  })
  away = true
  const refused = await app.inject('/readyz')
  expect(refused.statusCode).toBe(503)
  expect(refused.body).not.toContain('secret')
  away = false
  health.leave()
  expect((await app.inject('/readyz')).statusCode).toBe(503)
  expect((await app.inject('/livez')).statusCode).toBe(200)
})

test('figures go to this machine, and through a proxy only with the token', async () => {
  const { app } = await served()
  const own = await app.inject('/metrics')
  expect(own.body).toContain('pond_answers{kind="all"} 42')
  expect(own.body).toContain('pond_nodejs_eventloop_lag_p99_seconds')
  expect((await app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.9' } })).statusCode).toBe(404)
  expect((await app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })).statusCode).toBe(404)

  const closed = (await served('0123456789abcdef')).app
  expect((await closed.inject('/metrics')).statusCode).toBe(404)
  const headers = { authorization: 'Bearer 0123456789abcdef', 'x-forwarded-for': '203.0.113.9' }
  expect((await closed.inject({ url: '/metrics', headers })).statusCode).toBe(200)
})

test('requests are measured by route, and what holds up the event loop is counted', async () => {
  const { app, health } = await served()
  await app.inject('/slow?secret=1')
  await new Promise(resolve => setTimeout(resolve, 120))
  const { body } = await app.inject('/metrics')
  expect(body).toContain('pond_http_request_seconds_count{method="GET",route="/slow",status="200"} 1')
  expect(body).toMatch(/pond_event_loop_blocks_total\{by="work"\} [1-9]/)
  expect(body).toMatch(/pond_database_wait_seconds \d/)
  expect(body).not.toContain('secret')
  health.stop()
})

test('a part that has done nothing for too long is a fault', async () => {
  await isRecent('worker', () => Date.now() - 1000, 5000).ask()
  await expect(isRecent('worker', () => Date.now() - 9000, 5000).ask()).rejects.toThrow('nothing for 9 s')
})
