/** A place to measure in: a temporary data folder with an embedded PostgreSQL as installations have it, fsync on. Leaves nothing behind. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPool, MigrationProblem, migrate, type Pool } from '../../src/platform/db/index.ts'
import { readMigrations } from '../../src/platform/db/migrate.ts'
import { startEmbedded } from '../../src/platform/embedded/index.ts'
import { stopLeftover } from '../../src/platform/embedded/leftover.ts'
import { silentLog } from '../../src/platform/log/log.ts'

export type Place = {
  dataDir: string
  cluster: string
  url: string
  pool: Pool
  letGo(): Promise<void>
  end(): Promise<void>
}

export async function newPlace(): Promise<Place> {
  return placeIn(mkdtempSync(join(tmpdir(), 'pond-bench-')), false)
}

/**
 * A place that stays, for what takes minutes to seed: the next run with this name finds it again. One that another shape
 * of the database was made for, or that was not finished, is made anew. `seed` is called for a new one.
 */
export async function keptPlace(name: string, seed: (place: Place) => Promise<void>): Promise<Place> {
  // What is wrong with the files here says nothing about a place that took minutes to seed.
  readMigrations()
  const dataDir = join(tmpdir(), `pond-bench-kept-${name}`)
  const done = join(dataDir, 'seeded')
  const fits = existsSync(done)
  if (!fits) await stopLeftover(dataDir).catch(() => {})
  if (!fits) rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true })
  try {
    const place = await placeIn(dataDir, true)
    if (fits) return place
    await seed(place).catch(async error => {
      await place.end()
      throw error
    })
    writeFileSync(done, '')
    return place
  } catch (error) {
    if (!(fits && error instanceof MigrationProblem)) throw error
    rmSync(done)
    return keptPlace(name, seed)
  }
}

async function placeIn(dataDir: string, stays: boolean): Promise<Place> {
  // As root the server runs under another account, which must be able to enter.
  chmodSync(dataDir, 0o711)
  const embedded = await startEmbedded({ dataDir, log: silentLog() })
  await migrate(embedded.url).catch(async error => {
    await embedded.stop()
    throw error
  })
  const pool = createPool({ url: embedded.url, log: silentLog(), name: 'pond-bench' })
  let held = true
  /** The server is the app's from now on: nobody here starts it again. */
  const letGo = async () => {
    held = false
    await embedded.stop()
  }
  let ended = false
  const end = async () => {
    if (ended) return
    ended = true
    await pool.end().catch(() => {})
    if (held) await embedded.stop()
    await stopLeftover(dataDir).catch(() => {})
    if (!stays) rmSync(dataDir, { recursive: true, force: true })
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void end().finally(() => process.exit(1)))
  return { dataDir, cluster: embedded.place.cluster, url: embedded.url, pool, letGo, end }
}
