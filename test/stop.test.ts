/** A real process that is told to end: it says so, finishes what has begun, lets live clients go, and is gone in time. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './database.ts'

let database: TestDatabase
let dataDir: string
const running: ChildProcess[] = []

beforeEach(async () => {
  database = await testDatabase()
  dataDir = mkdtempSync(join(tmpdir(), 'pond-stop-'))
})
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
  await database.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** What Node compiled for the others that were started. */
const compiled = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name.startsWith('NODE_COMPILE_CACHE')),
)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

async function startApp(more: Record<string, string> = {}, args: string[] = []) {
  const port = await freePort()
  const lines: string[] = []
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/main.ts'), ...args], {
    env: {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: String(port),
      LOG_LEVEL: 'info',
      ...compiled,
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  running.push(child)
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (some: Buffer) => lines.push(...some.toString().split('\n')))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const first = await Promise.race([once(child, 'message').then(([said]) => said as { link: string }), ended])
  if (first === null || typeof first === 'number') throw new Error(`it did not start:\n${lines.join('\n')}`)
  return { child, port, address: `http://127.0.0.1:${port}`, link: first.link, lines, ended }
}

test('it is ready with a row for every part, and not ready while it drains', { timeout: 120_000 }, async () => {
  const app = await startApp({ POND_DRAIN_SECONDS: '2' })
  const ready = await fetch(`${app.address}/readyz`)
  expect(ready.status).toBe(200)
  const { checks } = (await ready.json()) as { checks: { name: string; ok: boolean }[] }
  expect(checks.map(each => each.name)).toEqual(['database', 'migrations', 'files', 'worker', 'scheduler'])
  expect(checks.every(each => each.ok)).toBe(true)
  expect((await fetch(`${app.address}/metrics`)).status).toBe(200)

  app.child.kill('SIGTERM')
  await new Promise(resolve => setTimeout(resolve, 300))
  const leaving = await fetch(`${app.address}/readyz`)
  expect(leaving.status).toBe(503)
  expect(((await leaving.json()) as { leaving: boolean }).leaving).toBe(true)
  expect((await fetch(`${app.address}/livez`)).status).toBe(200)
  expect(await app.ended).toBe(0)
})

test('a request that has begun is answered, an idle connection does not hold it up, no lock stays', {
  timeout: 120_000,
}, async () => {
  const app = await startApp()
  const idle = connect(app.port, '127.0.0.1')
  await once(idle, 'connect')
  idle.on('error', () => {})
  // A body that comes slowly keeps this request running while the process is told to end.
  const body = JSON.stringify({ address: 'nobody@example.org', password: 'a wrong password' })
  const slow = connect(app.port, '127.0.0.1')
  await once(slow, 'connect')
  let answer = ''
  slow.on('data', some => {
    answer += String(some)
  })
  slow.write(
    `POST /api/v1/sign-in HTTP/1.1\r\nhost: 127.0.0.1:${app.port}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
  )
  await new Promise(resolve => setTimeout(resolve, 200))
  const from = Date.now()
  app.child.kill('SIGTERM')
  await new Promise(resolve => setTimeout(resolve, 500))
  slow.write(body)
  expect(await app.ended).toBe(0)
  expect(Date.now() - from).toBeLessThan(5000)
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(app.lines.some(line => line.includes('Pond has stopped'))).toBe(true)
  const { rows } =
    await sql`select application_name from pg_stat_activity where datname = current_database() and application_name like 'pond-%'`.execute(
      database.db,
    )
  expect(rows).toEqual([])
})

test('when the database is away the app lives, comes back by itself, and still ends when told', {
  timeout: 120_000,
}, async () => {
  const app = await startApp()
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name like 'pond%'`.execute(
    database.db,
  )
  await new Promise(resolve => setTimeout(resolve, 3000))
  expect((await fetch(`${app.address}/livez`)).status).toBe(200)
  const ready = await fetch(`${app.address}/readyz`)
  expect([ready.status, await ready.text()]).toEqual([200, expect.stringContaining('"ready":true')])
  app.child.kill('SIGTERM')
  expect(await app.ended).toBe(0)
})

test('live clients are let go at once, so that they come back elsewhere', { timeout: 120_000 }, async () => {
  const app = await startApp({}, ['--sample'])
  const made = await fetch(`${app.address}/api/v1/first-administrator`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: app.link.split('token=')[1],
      name: 'Maya Lindqvist',
      address: 'maya@acme.example',
      password: 'nine quiet herons wade',
      organisation: 'Acme',
      zone: 'Europe/Amsterdam',
      language: 'en',
    }),
  })
  expect(made.status).toBe(200)
  const cookie = made.headers.get('set-cookie')!.split(';')[0]!
  const live = await fetch(`${app.address}/api/v1/live`, { headers: { cookie } })
  let heard = ''
  const over = (async () => {
    for await (const piece of live.body!) heard += Buffer.from(piece).toString()
    return Date.now()
  })()
  const counts = async () =>
    (await (await fetch(`${app.address}/api/v1/conversations/counts`, { headers: { cookie } })).json()) as {
      mine: { count: number }
    }
  for (let n = 0; n < 600 && (await counts()).mine.count === 0; n++)
    await new Promise(resolve => setTimeout(resolve, 50))
  expect((await counts()).mine.count).toBe(11)

  const from = Date.now()
  app.child.kill('SIGTERM')
  expect((await over) - from).toBeLessThan(2000)
  expect(heard).toContain('retry: 1000')
  expect(heard).toContain('event: ready')
  expect(await app.ended).toBe(0)
})
