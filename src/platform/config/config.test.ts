import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigProblem, readConfig } from './config.ts'

const folder = mkdtempSync(join(tmpdir(), 'config-'))
afterAll(() => rmSync(folder, { recursive: true }))

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (error instanceof ConfigProblem) return error.problems
    throw error
  }
}

test('without any setting Pond listens on this machine only, with its own database', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    port: 4747,
    host: 'localhost',
    baseUrl: 'http://localhost:4747',
    databaseUrl: undefined,
  })
  expect(config.dataDir).toBe(join(import.meta.dirname, '../../../data'))
})

test('everything that is wrong is told at once, each with its remedy', () => {
  const problems = problemsOf({
    PORT: '99999',
    BASE_URL: 'desk.example.org',
    DATABASE_URL: 'mysql://x',
    LOG_LEVEL: 'loud',
    POND_TRUSTED_PROXIES: 'proxy.example.org',
  })
  expect(problems).toHaveLength(5)
  for (const problem of problems) expect(problem).toMatch(/: (give|choose|list) /)
})

test('a secret may lie in a file, and is trimmed; it never stands in a problem', () => {
  const file = join(folder, 'url')
  writeFileSync(file, 'postgresql://desk:secret@db/desk\n')
  expect(readConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgresql://desk:secret@db/desk')
  writeFileSync(file, 'desk:hunter2@db')
  expect(problemsOf({ DATABASE_URL_FILE: file }).join()).not.toContain('hunter2')
})

test('a secret given twice, or in a file that is not there, is a problem', () => {
  expect(problemsOf({ POND_KEY: '0'.repeat(64), POND_KEY_FILE: '/nowhere' })[0]).toContain('both set')
  expect(problemsOf({ POND_KEY_FILE: '/nowhere' })[0]).toContain('cannot be read (ENOENT)')
})

test('an empty value means not set, as container tools write it', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '', BASE_URL: '' }).port).toBe(4747)
})

test('a misspelled POND_ name is warned about and stops nothing', () => {
  expect(readConfig({ POND_SMPT_PORT: '25' }).warnings[0]).toContain('POND_SMPT_PORT is not a setting')
})

test('listening for others without an address of its own is warned about', () => {
  expect(readConfig({ HOST: '0.0.0.0' }).warnings[0]).toContain('BASE_URL is not set')
  expect(readConfig({ HOST: '0.0.0.0', BASE_URL: 'https://desk.example.org/' })).toMatchObject({
    warnings: [],
    baseUrl: 'https://desk.example.org',
  })
})
