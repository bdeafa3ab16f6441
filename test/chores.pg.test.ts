/** Sweeping: what a row names stays, what nobody names goes after a day, and what is stored again meanwhile stays. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropFileRows, namedFiles } from '../src/chores.ts'
import { openFiles, sweepFiles } from '../src/platform/files/index.ts'
import { type TestDatabase, testDatabase } from './database.ts'

let database: TestDatabase
let folder: string
beforeAll(async () => {
  database = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'pond-sweep-'))
})
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const day = 86_400_000
const pathOf = (sha256: Buffer) => {
  const hex = sha256.toString('hex')
  return join(folder, 'files', hex.slice(0, 2), hex.slice(2))
}
const grewOld = (path: string) => utimes(path, new Date(Date.now() - 2 * day), new Date(Date.now() - 2 * day))

test('a sweep takes what no row names and leaves everything else', async () => {
  const files = openFiles(folder)
  const { db } = database
  const [named, forgotten, young, again] = await files.put(
    ['named', 'forgotten', 'young', 'again'].map(each => Buffer.from(each)),
  )
  for (const each of [named!, forgotten!, again!]) await grewOld(pathOf(each))
  await files.put([Buffer.from('again')])
  const draft = `${pathOf(named!)}.0123456789ab`
  await writeFile(draft, 'half')
  await grewOld(draft)
  await db.insertInto('file').values({ sha256: named!, bytes: 5 }).execute()

  const sweep = { folder: files.folder, named: (hashes: readonly Buffer[]) => namedFiles(db, hashes), now: new Date() }
  expect(await sweepFiles(sweep)).toBe(1)
  expect([named, forgotten, young, again].map(each => existsSync(pathOf(each!)))).toEqual([true, false, true, true])
  expect(existsSync(draft)).toBe(false)
  expect(await sweepFiles(sweep)).toBe(0)
})

test('rows of files that nothing uses go after a day', async () => {
  const { db } = database
  const [old, fresh] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
  await db
    .insertInto('file')
    .values([
      { sha256: old, bytes: 1, createdAt: new Date(Date.now() - 2 * day) },
      { sha256: fresh, bytes: 1, createdAt: new Date() },
    ])
    .execute()
  await dropFileRows(db, new Date())
  expect(await namedFiles(db, [old, fresh])).toEqual(new Set([fresh.toString('hex')]))
})
