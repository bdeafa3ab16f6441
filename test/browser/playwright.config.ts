/** Journeys in a real browser against a real Pond with its own PostgreSQL and a real mail server. Two lanes, each with a house of its own. */
import { defineConfig } from '@playwright/test'
import { browserPath } from './place.ts'

/** Journeys through one part each, minutes together: with LONG_TESTS. Every run walks through the others. */
const long = [
  'composer',
  'every-page',
  'keeping',
  'notifications',
  'offline',
  'security',
  'sorting',
  'structure',
  'views',
]

export default defineConfig({
  testDir: '.',
  testIgnore: process.env.LONG_TESTS ? [] : long.map(name => `${name}.spec.ts`),
  outputDir: '../../test-results/browser',
  globalSetup: './house.ts',
  workers: 2,
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
