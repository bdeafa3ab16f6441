/** How the Node tests run. Browser journeys are Playwright's and stay out of here. */
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // test/house starts whole installations and takes minutes; `npm run verify` runs it once.
    exclude: ['node_modules/**', 'dist/**', 'test/browser/**', ...(process.env.HOUSE_TESTS ? [] : ['test/house/**'])],
    globalSetup: ['test/postgres.ts'],
    pool: 'forks',
    // Tests wait more than they compute; the smallest machine has two cores.
    maxWorkers: 2,
    // Real servers on a busy machine take their time; what hangs is still found.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
