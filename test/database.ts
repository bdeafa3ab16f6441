/** Gives a test file its own copy of a freshly migrated database, and takes it away afterwards. Shares nothing between files. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createDb, createPool, type Db, type Pool } from '../src/platform/db/index.ts'
import { silentLog } from '../src/platform/log/log.ts'

export type TestDatabase = { url: string; pool: Pool; db: Db; close(): Promise<void> }

/** Call in `beforeAll`, and `close()` in `afterAll`. */
export function testDatabase(options: { connections?: number } = {}): Promise<TestDatabase> {
  return make('template pond_template', options.connections)
}

/** Without a single table: for migrations and restores. */
export function emptyDatabase(): Promise<TestDatabase> {
  return make('template template0', undefined)
}

async function make(from: string, connections: number | undefined): Promise<TestDatabase> {
  const admin = inject('postgresUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  // By files: through the log, which nobody here needs, a copy takes four times as long.
  await run(admin, `create database ${name} ${from} strategy file_copy`)
  const url = admin.replace(/[^/]+$/, name)
  const pool = createPool({ url, log: silentLog(), connections: connections ?? 8 })
  return {
    url,
    pool,
    db: createDb(pool),
    async close() {
      await pool.end()
      await run(admin, `drop database if exists ${name} with (force)`)
    },
  }
}

async function run(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
