import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Installation } from './installation.ts'

let here: Installation | undefined
afterEach(async () => {
  await here?.remove()
  here = undefined
})

test('a fresh clone comes up with install scripts off and strict engines; a backup of it restores and verifies', {
  timeout: 240_000,
}, async () => {
  here = await Installation.make({ installed: false })
  await here.running([], { npm_config_ignore_scripts: 'true', npm_config_engine_strict: 'true' })
  expect(await here.isReady()).toBe(true)

  const doctor = here.pond(['doctor', '--json'])
  const { lines } = JSON.parse(doctor.stdout)
  expect(lines.filter((line: { health: string }) => line.health === 'fail')).toEqual([])

  const saved = here.pond(['backup', join(here.home, 'backup')])
  expect(saved, saved.stderr).toMatchObject({ status: 0 })
  const elsewhere = join(here.home, 'restored')
  mkdirSync(elsewhere)
  const restored = here.pond(['restore', join(here.home, 'backup'), '--verify'], { DATA_DIR: elsewhere })
  expect(restored, restored.stderr + restored.stdout).toMatchObject({ status: 0 })
  expect(restored.stdout).toMatch(/all \d+ checks are fine/)

  const again = here.pond(['restore', join(here.home, 'backup')], { DATA_DIR: elsewhere })
  expect(again.status).toBe(1)
  expect(again.stderr).toContain('is not empty')
})
