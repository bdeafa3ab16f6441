/** The command line as a person uses it: the real program, on a real database. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from './database.ts'

let database: TestDatabase
const dataDir = mkdtempSync(join(tmpdir(), 'pond-cli-'))
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(async () => {
  await database.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const program = join(import.meta.dirname, '../bin/pond')

function pond(args: string[], env: Record<string, string> = {}, name = program) {
  const its = { PATH: process.env.PATH, DATA_DIR: dataDir, DATABASE_URL: database.url, ...env }
  return spawnSync(name, args, { env: its, encoding: 'utf8', cwd: tmpdir() })
}

test('it finds itself through a link, from any folder', () => {
  const link = join(dataDir, 'pond')
  symlinkSync(program, link)
  expect(pond(['--version'], {}, link).stdout.trim()).toBe('0.1.0')
})

test('the doctor has a line for everything, each problem with what to do, and the code says whether something fails', () => {
  const { stdout, status } = pond(['doctor', '--json'])
  const { lines, healthy } = JSON.parse(stdout)
  expect(lines.map((line: { about: string }) => line.about)).toEqual(
    expect.arrayContaining([
      'node',
      'data folder',
      'disk',
      'port',
      'address',
      'database',
      'encoding',
      'shape',
      'clock',
      'outbox',
      'mailboxes',
    ]),
  )
  for (const line of lines) if (line.health !== 'ok') expect(line.remedy).toBeTruthy()
  // The server of a test run writes without waiting for the disk, and the doctor sees that.
  expect(lines.find((line: { about: string }) => line.about === 'durability').health).toBe('fail')
  expect({ healthy, status }).toEqual({ healthy: false, status: 1 })
})

test('a database that does not answer, and wrong settings, are lines of the doctor too', () => {
  const away = pond(['doctor'], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' })
  expect(away).toMatchObject({ status: 1, stdout: expect.stringContaining('FAIL  database: it cannot be reached') })
  const wrong = pond(['doctor'], { PORT: 'x', LOG_LEVEL: 'y' })
  expect(wrong.stdout.match(/^FAIL {2}configuration/gm)).toHaveLength(2)
})

test('a link for the first administrator is printed until there is one; each replaces the one before', async () => {
  const first = pond(['link', '--first'], { BASE_URL: 'https://desk.example.org' })
  expect(first.stdout).toMatch(/^https:\/\/desk\.example\.org\/link#token=\S+\n$/)
  expect(pond(['link', '--first']).stdout).not.toBe(first.stdout)
  const { rows } = await database.pool.query('select count(*)::int as n from sign_in_link where used_at is null')
  expect(rows[0].n).toBe(1)
})

test('somebody unknown gets no link, and is told in a sentence', () => {
  const asked = pond(['link', '--for', 'nobody@example.org'])
  expect(asked.status).toBe(1)
  expect(asked.stdout).toBe('')
  expect(asked.stderr).not.toContain('    at ')
})

test('a mail is inspected without a database; a missing file is one line', () => {
  const file = join(dataDir, 'a.eml')
  writeFileSync(file, 'From: Ana <ana@example.org>\r\nTo: help@example.org\r\nSubject: Hello\r\n\r\nIs it open?\r\n')
  const read = JSON.parse(
    pond(['mail', 'inspect', file, '--json'], { DATABASE_URL: 'postgresql://x@127.0.0.1:9/x' }).stdout,
  )
  expect(read).toMatchObject({ from: { address: 'ana@example.org' }, kind: 'message', quarantine: null })
  const missing = pond(['mail', 'inspect', '/nowhere.eml'])
  expect(missing).toMatchObject({ status: 1, stderr: expect.stringMatching(/^It could not be done: ENOENT.*\n$/) })
})

test('an unknown command or option is refused with a hint', () => {
  expect(pond(['dance'])).toMatchObject({ status: 1, stderr: expect.stringContaining('unknown command') })
  expect(pond(['backup'])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("missing required argument 'folder'"),
  })
})
