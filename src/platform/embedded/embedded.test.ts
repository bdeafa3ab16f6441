import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { silentLog } from '../log/log.ts'
import { type EmbeddedDatabase, startEmbedded } from './embedded.ts'
import { findLiving, isAlive } from './postmaster.ts'
import { forTests } from './settings.ts'

const folders: string[] = []
const started: EmbeddedDatabase[] = []

function freshFolder(name = 'data') {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-'))
  chmodSync(folder, 0o711)
  folders.push(folder)
  return join(folder, name)
}

async function start(dataDir: string, longestShutdown?: number): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({
    ...(longestShutdown ? { longestShutdown } : {}),
    dataDir,
    log: silentLog(),
    settings: { ...forTests, max_connections: '20', synchronous_commit: 'on' },
  })
  started.push(database)
  return database
}

async function ask(database: EmbeddedDatabase, sql: string) {
  const client = new pg.Client({ connectionString: database.url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

afterEach(async () => {
  for (const database of started.splice(0)) await database.stop().catch(() => {})
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const pidOf = (database: EmbeddedDatabase) => findLiving(database.place)!.pid

test('sorts and searches by Unicode, listens on a socket only, and keeps what people wrote out of its log', async () => {
  const database = await start(freshFolder())
  const [row] = await ask(
    database,
    "select current_setting('listen_addresses') as at, 'Ä' ~* 'ä' as folds, upper('ß') <> '' as knows",
  )
  expect(row).toEqual({ at: '', folds: true, knows: true })
  await ask(database, "select 'a private word'::int").catch(() => {})
  expect(readFileSync(join(database.place.home, 'postgresql.log'), 'utf8')).not.toContain('select')
})

test('a server that was killed comes back by itself with what was committed', async () => {
  const database = await start(freshFolder())
  await ask(database, 'create table kept as select 7 as n')
  const before = pidOf(database)
  process.kill(before, 'SIGKILL')
  await expect.poll(() => ask(database, 'select n from kept').catch(() => []), { timeout: 20_000 }).toEqual([{ n: 7 }])
  expect(pidOf(database)).not.toBe(before)
})

test('a server that hangs on its way out is ended, and another one has what was committed', async () => {
  const folder = freshFolder()
  const first = await start(folder)
  await ask(first, 'create table kept as select 7 as n')
  const before = pidOf(first)
  const [{ pid: checkpointer }] = await ask(
    first,
    "select pid from pg_stat_activity where backend_type = 'checkpointer'",
  )
  process.kill(checkpointer, 'SIGSTOP')
  process.kill(before, 'SIGINT')
  // The first is told that its server is going, finds it hanging, too, and both share the new one.
  const second = await start(folder, 500)
  expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }])
  expect(pidOf(second)).not.toBe(before)
})

test('two that start at the same moment share one server, and the last one out stops it', async () => {
  const folder = freshFolder()
  const [one, two] = await Promise.all([start(folder), start(folder)])
  const pid = pidOf(one)
  expect(pidOf(two)).toBe(pid)
  await one.stop()
  expect(await ask(two, 'select 1 as n')).toEqual([{ n: 1 }])
  await two.stop()
  expect(isAlive(pid)).toBe(false)
})

test('a stale pid file that names another living process, and a stale socket lock, do not stop a start', async () => {
  const folder = freshFolder()
  const first = await start(folder)
  const { cluster, socket } = first.place
  await first.stop()
  writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n`)
  writeFileSync(join(socket, '.s.PGSQL.5432.lock'), `${process.pid}\n`)
  const again = await start(folder)
  expect(await ask(again, 'select 1 as n')).toEqual([{ n: 1 }])
})

test('a path too long for a socket address gets a short private folder', async () => {
  const database = await start(freshFolder(join('x'.repeat(60), 'y'.repeat(60))))
  expect(database.place.socket).toMatch(/^\/tmp\/pond-/)
  expect(await ask(database, 'select 1 as n')).toEqual([{ n: 1 }])
  rmSync(database.place.socket, { recursive: true, force: true })
})

test.skipIf(process.getuid?.() !== 0)(
  'as root in a closed folder the cluster lies where its account can enter, and moves with the folder',
  async () => {
    const folder = freshFolder()
    const home = join(folder, '..')
    chmodSync(home, 0o700)
    const database = await start(folder)
    expect(database.place.home).toMatch(/^\/var\/lib\/pond\//)
    expect(database.place.elsewhere).toContain(database.place.home)
    await ask(database, 'create table kept as select 7 as n')
    await database.stop()

    const copy = join(home, 'copy')
    execFileSync('cp', ['-a', folder, copy])
    await expect(start(copy)).rejects.toThrow(/looks like a copy/)
    rmSync(copy, { recursive: true })

    const moved = join(home, 'moved')
    mkdirSync(moved)
    execFileSync('mv', [folder, join(moved, 'data')])
    const again = await start(join(moved, 'data'))
    expect(await ask(again, 'select n from kept')).toEqual([{ n: 7 }])
    await again.stop()
    rmSync(again.place.home, { recursive: true, force: true })
  },
)
