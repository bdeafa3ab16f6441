/** Starts one real PostgreSQL for a whole test run, with a migrated template to copy. Gives no durability: a test database is worth a test run. */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../src/platform/db/index.ts'
import { forTests, startEmbedded } from '../src/platform/embedded/index.ts'
import { stopLeftover } from '../src/platform/embedded/leftover.ts'
import { silentLog } from '../src/platform/log/log.ts'

export const templateName = 'pond_template'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the maintenance database; test databases are made beside it. */
    postgresUrl: string
  }
}

export default async function setup(project: TestProject) {
  await sweepAfterKilledRuns()
  const dataDir = mkdtempSync(join(tmpdir(), `pond-test-${process.pid}-`))
  // As root the server runs under another account, which must be able to enter.
  chmodSync(dataDir, 0o711)
  const embedded = await startEmbedded({ dataDir, log: silentLog(), settings: forTests })
  const admin = new pg.Client({ connectionString: embedded.url })
  await admin.connect()
  await admin.query(`create database ${templateName}`)
  await admin.end()
  await migrate(embedded.url.replace(/[^/]+$/, templateName))
  project.provide('postgresUrl', embedded.url)
  return async () => {
    await embedded.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** A run that was killed leaves its server and its folder behind; their name holds the pid of the run. */
async function sweepAfterKilledRuns() {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^pond-test-(\d+)-/.exec(name)?.[1]
    if (pid === undefined || isRunning(Number(pid))) continue
    const folder = join(tmpdir(), name)
    await stopLeftover(folder).catch(() => {})
    rmSync(folder, { recursive: true, force: true })
  }
}

function isRunning(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
