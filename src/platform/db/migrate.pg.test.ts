import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDatabase, type TestDatabase, testDatabase } from '../../../test/database.ts'
import { migrate, readMigrations } from './migrate.ts'

let empty: TestDatabase
beforeAll(async () => {
  empty = await emptyDatabase()
})
afterAll(() => empty.close())

const home = mkdtempSync(join(tmpdir(), 'migrations-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

function folderOf(files: Record<string, string>) {
  const folder = mkdtempSync(join(home, 'x'))
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql)
  return folder
}

test('a copy of the template has every migration', async () => {
  const copy = await testDatabase()
  const ran = await copy.pool.query('select name from migration order by number')
  expect(ran.rows.map(row => row.name)).toEqual(readMigrations().map(each => each.name))
  await copy.close()
})

test('two processes that migrate at the same moment run each file once', async () => {
  const folder = folderOf({ '0001_a.sql': 'create table a (id int)', '0002_b.sql': 'create table b (id int)' })
  const ran = await Promise.all([migrate(empty.url, { folder }), migrate(empty.url, { folder })])
  expect(ran.flat().sort()).toEqual(['0001_a.sql', '0002_b.sql'])
})

test('a database that is newer than the app is refused with a sentence', async () => {
  const folder = folderOf({ '0001_a.sql': 'create table a (id int)' })
  await expect(migrate(empty.url, { folder })).rejects.toThrow(/newer than this Pond: it has 0002_b.sql/)
})

test('a migration that was changed after it ran is refused', async () => {
  const folder = folderOf({ '0001_a.sql': 'create table a (id bigint)', '0002_b.sql': 'create table b (id int)' })
  await expect(migrate(empty.url, { folder })).rejects.toThrow(/0001_a.sql was changed after it ran/)
})

test('a migration that fails leaves nothing of itself', async () => {
  const folder = folderOf({
    '0001_a.sql': 'create table a (id int)',
    '0002_b.sql': 'create table b (id int)',
    '0003_c.sql': 'create table c (id int); select 1/0',
  })
  await expect(migrate(empty.url, { folder })).rejects.toThrow(/0003_c.sql could not run, and nothing of it stays/)
  expect((await empty.pool.query("select to_regclass('c') as c")).rows[0].c).toBeNull()
})

test('a number that two files have is refused before anything runs', () => {
  const folder = folderOf({ '0001_a.sql': '', '0003_c.sql': '', '0003_d.sql': '' })
  expect(() => readMigrations(folder)).toThrow(/0003_d.sql has a number that another file has/)
})
