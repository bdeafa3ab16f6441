/** Journeys in a real browser against a real Pond with its own PostgreSQL and a real mail server. Two lanes, each with a house of its own. */
import { defineConfig } from '@playwright/test'
import { browserPath } from './place.ts'

export default defineConfig({
  testDir: '.',
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
    screenshot: 'only-on-failure',
    trace: 'off',
  },
})
