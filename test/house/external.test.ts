import { execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { chooseRunner } from '../../src/platform/embedded/runner.ts'
import { freePort, Installation, until } from './installation.ts'

const undo: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

const distribution = '/usr/lib/postgresql'
const major = existsSync(distribution)
  ? readdirSync(distribution)
      .map(Number)
      .find(each => each >= 15)
  : undefined

test.skipIf(!major)(
  `works with DATABASE_URL and a PostgreSQL of the distribution (${major ?? 'none here'}), over TCP with a password`,
  { timeout: 120_000 },
  async () => {
    const url = await startForeign(join(distribution, String(major), 'bin'))
    const here = await Installation.make()
    undo.push(() => here.remove())
    await here.running([], { DATABASE_URL: url })
    expect(await here.isReady()).toBe(true)
    expect(existsSync(join(here.dataDir, 'postgresql'))).toBe(false)

    const saved = here.pond(['backup', join(here.home, 'backup')], { DATABASE_URL: url })
    expect(saved, saved.stderr).toMatchObject({ status: 0 })
    // From a foreign server of another version into the embedded one.
    const target = { DATA_DIR: join(here.home, 'restored') }
    const restored = here.pond(['restore', join(here.home, 'backup'), '--verify'], target)
    expect(restored, restored.stdout + restored.stderr).toMatchObject({ status: 0 })
  },
)

async function startForeign(bin: string): Promise<string> {
  const runner = chooseRunner()
  const as = runner ? { uid: runner.uid, gid: runner.gid } : {}
  const folder = mkdtempSync('/tmp/pond-foreign-')
  if (runner) chownSync(folder, runner.uid, runner.gid)
  undo.push(() => rmSync(folder, { recursive: true, force: true }))
  const cluster = join(folder, 'cluster')
  execFileSync(join(bin, 'initdb'), ['-D', cluster, '-U', 'owner', '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'trust'], {
    ...as,
    cwd: '/',
  })
  const port = await freePort()
  const options = ['-D', cluster, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1']
  const server = spawn(join(bin, 'postgres'), options, { ...as, cwd: '/', stdio: 'ignore' })
  undo.push(async () => {
    server.kill('SIGINT')
    await new Promise(resolve => server.once('exit', resolve))
  })
  const admin = () => new pg.Client({ host: '127.0.0.1', port, user: 'owner', database: 'postgres' })
  await until(async () => {
    const client = admin()
    return client.connect().then(
      async () => {
        // What an administrator makes for an application: an owner of one database and nothing more.
        await client.query("create role desk login password 's3cr:t/@'; ")
        await client.query('create database desk owner desk')
        await client.end()
        return true
      },
      () => false,
    )
  }, 20_000)
  return `postgresql://desk:${encodeURIComponent('s3cr:t/@')}@127.0.0.1:${port}/desk`
}
