/** Jobs on a real database: they belong to the transaction that asks for them, and outlive the worker that took them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../../test/database.ts'
import { inTransaction } from '../db/index.ts'
import { silentLog } from '../log/log.ts'
import { addJob, startJobs } from './jobs.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

async function until(holds: () => boolean | Promise<boolean>, atMostMs = 30_000) {
  const end = Date.now() + atMostMs
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come about in time')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
const parts = () => ({ url: database.url, pool: database.pool, log: silentLog() })

test('a job is done after its transaction, and one that was rolled back never is', async () => {
  const done: unknown[] = []
  const jobs = await startJobs({
    ...parts(),
    tasks: [{ name: 'greet', act: async payload => void done.push(payload) }],
  })
  await inTransaction(database.db, async tx => {
    await addJob(tx, 'greet', { name: 'never' })
    throw new Error('changed our mind')
  }).catch(() => {})
  await inTransaction(database.db, tx => addJob(tx, 'greet', { name: 'Ana' }))
  await until(() => done.length > 0)
  expect(done).toEqual([{ name: 'Ana' }])
  expect(Date.now() - jobs.beatAt()).toBeLessThan(5000)
  await jobs.stop()
})

test('a job that cannot finish in time goes back when Pond stops', async () => {
  let began = 0
  const hang = { name: 'hang', act: () => new Promise<void>(() => void began++) }
  const first = await startJobs({ ...parts(), tasks: [hang], patienceMs: 200 })
  await inTransaction(database.db, tx => addJob(tx, 'hang', {}))
  await until(() => began === 1)
  await first.stop()
  const { rows } = await sql`select locked_at from graphile_worker._private_jobs where locked_at is not null`.execute(
    database.db,
  )
  expect(rows).toEqual([])
  await sql`delete from graphile_worker._private_jobs`.execute(database.db)
})

test('jobs of a killed process are given back within seconds, not hours', { timeout: 60_000 }, async () => {
  await inTransaction(database.db, tx => addJob(tx, 'sleep', {}))
  const script = `
    import { startJobs } from ${JSON.stringify(join(import.meta.dirname, 'jobs.ts'))}
    import { createPool } from ${JSON.stringify(join(import.meta.dirname, '../db/index.ts'))}
    import { silentLog } from ${JSON.stringify(join(import.meta.dirname, '../log/log.ts'))}
    const url = ${JSON.stringify(database.url)}
    await startJobs({ url, pool: createPool({ url, log: silentLog() }), log: silentLog(),
      tasks: [{ name: 'sleep', act: () => { console.log('took it'); return new Promise(() => setInterval(() => {}, 1000)) } }] })`
  const other = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')
  other.kill('SIGKILL')
  await once(other, 'exit')
  let done = 0
  const jobs = await startJobs({
    ...parts(),
    lookMs: 500,
    tasks: [
      {
        name: 'sleep',
        async act() {
          done++
        },
      },
    ],
  })
  await until(() => done === 1, 30_000)
  await jobs.stop()
})

test('a daily turn that was missed while nothing ran is made up for once', async () => {
  let done = 0
  const task = {
    name: 'tidy',
    every: '0 4 * * *',
    catchUp: true,
    async act() {
      done++
    },
  }
  const first = await startJobs({ ...parts(), tasks: [task] })
  const known = () =>
    sql`update graphile_worker._private_known_crontabs set known_since = now() - interval '9 days', last_execution = now() - interval '5 days' where identifier = 'tidy'`.execute(
      database.db,
    )
  await until(async () => Number((await known()).numAffectedRows) === 1)
  await first.stop()
  expect(done).toBe(0)
  const jobs = await startJobs({ ...parts(), tasks: [task] })
  try {
    await until(() => done > 0)
    await new Promise(resolve => setTimeout(resolve, 500))
    expect(done).toBe(1)
  } finally {
    await jobs.stop()
  }
})
