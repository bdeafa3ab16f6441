/** Journeys in a real browser against a real Pond with its own PostgreSQL and a real mail server. Three lanes; each file has a house of its own. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { browserPath } from './place.ts'

/** Journeys through one part each, minutes together: with LONG_TESTS. Every run walks through the others. */
const long = [
  'composer',
  'every-page',
  'every-page-bare',
  'every-public-page',
  'keeping',
  'notifications',
  'offline',
  'same-look',
  'security',
  'sorting',
  'structure',
  'views',
]

/** Another project is another worker, and with it another house: no journey meets what others left behind. */
const size = (name: string) => statSync(join(import.meta.dirname, `${name}.spec.ts`)).size
const projects = readdirSync(import.meta.dirname)
  .flatMap(file => file.match(/^(.+)\.spec\.ts$/)?.[1] ?? [])
  .filter(name => process.env.LONG_TESTS || !long.includes(name))
  // The long ones first: at the end no lane shall wait for the other.
  .sort((a, b) => size(b) - size(a))
  .map(name => ({ name, testMatch: `${name}.spec.ts` }))

export default defineConfig({
  testDir: '.',
  projects,
  outputDir: '../../test-results/browser',
  globalSetup: './house.ts',
  // A journey waits a third of its time, also on two cores.
  workers: 3,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    launchOptions: { executablePath: browserPath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    // It keeps all files of the desk in every fresh browser: only journeys that are about it bring it in.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    trace: 'off',
  },
})
