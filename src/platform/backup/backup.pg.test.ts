import { randomUUID } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyDatabase, type TestDatabase, testDatabase } from '../../../test/database.ts'
import { checkRestored, loadBackup, saveBackup } from './index.ts'

let from: TestDatabase
let source: { url: string; dataDir: string; pond: string }
let folder: string
const quiet = () => {}
const home = mkdtempSync(join(tmpdir(), 'pond-backup-'))
const fresh = () => mkdtempSync(join(home, 'x'))

beforeAll(async () => {
  from = await testDatabase()
  const dataDir = fresh()
  for (const part of ['files/ab', 'keys', 'postgresql']) mkdirSync(join(dataDir, part), { recursive: true })
  writeFileSync(join(dataDir, 'files/ab/abcd'), Buffer.alloc(300_000, 7))
  writeFileSync(join(dataDir, 'keys/installation.key'), 'secret\n', { mode: 0o600 })
  writeFileSync(join(dataDir, 'postgresql/not-for-backup'), 'x')
  writeFileSync(join(dataDir, `files/ab/abcd.${'0'.repeat(12)}`), 'half written')
  const people = Array.from({ length: 3000 }, (_, at) => [randomUUID(), `Zoë \\ "tab\t" ${at}`])
  for (const row of people) await from.pool.query('insert into person (id, name) values ($1, $2)', row)
  await from.pool.query(
    `insert into address (id, person_id, kind, written, normal) select gen_random_uuid(), id, 'mail', name, id::text from person`,
  )
  // Two transactions whose numbers were handed out in the other order than they committed.
  await from.pool.query("insert into event (kind, at) select 'person.made', now() from generate_series(1, 10)")
  await from.pool.query(
    "insert into event (seq, kind, at, transaction_id) overriding system value values (90, 'late', now(), '999')",
  )
  await from.pool.query(
    "insert into event_reader (name, transaction_id, seq) values ('halfway', (select max(transaction_id) from event where seq = 5), 5)",
  )
  source = { url: from.url, dataDir, pond: '0.1.0' }
  folder = join(fresh(), 'backup')
  await saveBackup(source, folder, quiet)
})
afterAll(async () => {
  await from.close()
  rmSync(home, { recursive: true, force: true })
})

test('what is restored is row by row and byte by byte what was saved', async () => {
  const to = await emptyDatabase()
  const target = { url: to.url, dataDir: fresh() }
  const manifest = await loadBackup(folder, target, quiet)
  const findings = await checkRestored(target, folder, manifest)
  expect(findings.filter(each => !each.ok)).toEqual([])
  expect((await to.pool.query('select count(*) as n from person')).rows[0].n).toBe(3000)
  expect(readFileSync(join(target.dataDir, 'files/ab/abcd')).length).toBe(300_000)
  expect(readdirSync(join(target.dataDir, 'files/ab'))).toEqual(['abcd'])
  expect(existsSync(join(target.dataDir, 'postgresql'))).toBe(false)
  await to.close()
})

test('numbers go on where they were, and every foreign key and trigger is back', async () => {
  const to = await emptyDatabase()
  await loadBackup(folder, { url: to.url, dataDir: fresh() }, quiet)
  const last = (await from.pool.query('select max(number) as n from address')).rows[0].n
  const person = (await to.pool.query('select id from person limit 1')).rows[0].id
  const made = await to.pool.query(
    "insert into address (id, person_id, kind, written, normal) values ($1, $2, 'mail', 'x', 'x') returning number",
    [randomUUID(), person],
  )
  expect(made.rows[0].number).toBe(last + 1)
  const rules = `select conname, pg_get_constraintdef(oid) as rule from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`
  expect((await to.pool.query(rules)).rows).toEqual((await from.pool.query(rules)).rows)
  const asleep = await to.pool.query("select tgname from pg_trigger where tgenabled = 'D'")
  expect(asleep.rows).toEqual([])
  await to.close()
})

test('a reader of the log goes on at the same event, and sees what happens after the restore', async () => {
  const to = await emptyDatabase()
  await loadBackup(folder, { url: to.url, dataDir: fresh() }, quiet)
  await to.pool.query("insert into event (kind, at) values ('after', now())")
  const rest = `select kind from event e, event_reader r where r.name = 'halfway' and (e.transaction_id, e.seq) > (r.transaction_id, r.seq)
    order by e.transaction_id, e.seq`
  const before = (await from.pool.query(rest)).rows.map(row => row.kind)
  expect((await to.pool.query(rest)).rows.map(row => row.kind)).toEqual([...before, 'after'])
  await to.close()
})

test('a database that holds anything is refused, and so is a used folder', async () => {
  await expect(loadBackup(folder, { url: from.url, dataDir: fresh() }, quiet)).rejects.toThrow(/database is not empty/)
  await expect(loadBackup(folder, { url: from.url, dataDir: source.dataDir }, quiet)).rejects.toThrow(
    /is not empty: set DATA_DIR/,
  )
})

test('a backup that would lack a file is none', async () => {
  await from.pool.query("insert into file (sha256, bytes) values (decode(repeat('ab', 32), 'hex'), 5)")
  const lacking = join(fresh(), 'lacking')
  await expect(saveBackup(source, lacking, quiet)).rejects.toThrow(/files that rows name are not in the data folder/)
  await from.pool.query('delete from file')
  await expect(loadBackup(lacking, { url: from.url, dataDir: fresh() }, quiet)).rejects.toThrow(/not a complete backup/)
})

test('an empty database is nothing to save', async () => {
  const empty = await emptyDatabase()
  await expect(saveBackup({ ...source, url: empty.url }, join(fresh(), 'none'), quiet)).rejects.toThrow(
    /database is empty/,
  )
  await empty.close()
})

test('a backup never writes over another', async () => {
  await expect(saveBackup(source, folder, quiet)).rejects.toThrow(/is not empty: give a new folder/)
})

test('a damaged backup is named and restores nothing', async () => {
  const damaged = join(fresh(), 'damaged')
  await saveBackup(source, damaged, quiet)
  appendFileSync(join(damaged, 'tables/person.copy.gz'), 'x')
  appendFileSync(join(damaged, 'files/ab/abcd'), 'x')
  const to = await emptyDatabase()
  const target = { url: to.url, dataDir: fresh() }
  await expect(loadBackup(damaged, target, quiet)).rejects.toThrow(
    /person.copy.gz has .* bytes instead of .*; files\/ab\/abcd has/,
  )
  expect(readdirSync(target.dataDir)).toEqual([])
  await to.close()
})

test('a changed manifest and a list that points outside are refused', async () => {
  const changed = join(fresh(), 'changed')
  await saveBackup(source, changed, quiet)
  const to = await emptyDatabase()
  const target = { url: to.url, dataDir: fresh() }
  appendFileSync(join(changed, 'files.jsonl'), '{"path":"keys/../../../etc/x","bytes":1,"sha256":"0"}\n')
  await expect(loadBackup(changed, target, quiet)).rejects.toThrow(/which no backup of Pond holds/)
  appendFileSync(join(changed, 'manifest.json'), ' ')
  await expect(loadBackup(changed, target, quiet)).rejects.toThrow(/manifest.json was changed/)
  await to.close()
})

test('a restore that fails half way leaves the database empty for the next try', async () => {
  const to = await emptyDatabase()
  const target = { url: to.url, dataDir: join(fresh(), 'file') }
  writeFileSync(target.dataDir, 'a file where the folder should be')
  await expect(loadBackup(folder, target, quiet)).rejects.toThrow()
  expect(
    (await to.pool.query("select count(*) as n from pg_class where relnamespace = 'public'::regnamespace")).rows[0].n,
  ).toBe(0)
  await loadBackup(folder, { url: to.url, dataDir: fresh() }, quiet)
  await to.close()
})
