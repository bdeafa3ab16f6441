/** Journeys in a real browser against a real Pond with its own PostgreSQL and a real mail server. The first hour goes first: it makes the account the others use. */
import { defineConfig } from '@playwright/test'
import { browserPath, port, signedInState } from './place.ts'

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/browser',
  globalSetup: './house.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    launchOptions: { executablePath: browserPath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] },
    locale: 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    screenshot: 'only-on-failure',
    trace: 'off',
  },
  projects: [
    { name: 'first hour', testMatch: 'first-hour.spec.ts' },
    {
      name: 'desk',
      testIgnore: 'first-hour.spec.ts',
      dependencies: ['first hour'],
      use: { storageState: signedInState },
    },
  ],
})
