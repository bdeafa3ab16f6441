/** How the Node tests run. Browser journeys are Playwright's and stay out of here. */
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The longest first, since whatever is long and begins last keeps everybody waiting; and what waits for servers of mail beside
 * what computes, so that no core stands still.
 */
const longest = [
  'test/house/up',
  'test/mail/fetching',
  'test/mail/sending',
  'test/mail/round-trip',
  'test/matrix',
  'test/failpoints/failpoints',
  'test/house/fresh',
  'test/stop',
  'test/crash',
  'test/model/conversations',
  'test/live',
  'test/mail/corpora',
  'test/matrix-bad-input',
  'test/house/external',
  'src/platform/backup/backup.pg',
  'src/platform/embedded/embedded',
  'src/platform/mail/reading/parser',
  'src/platform/mail/reading/corpora',
  'src/platform/jobs/jobs.pg',
  'test/cli',
]
const place = ({ moduleId }: TestSpecification) => {
  const at = longest.findIndex(name => moduleId.endsWith(`/${name}.test.ts`))
  return at < 0 ? longest.length : at
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // test/house starts whole installations and takes minutes; `npm run verify` runs it once.
    exclude: ['node_modules/**', 'dist/**', 'test/browser/**', ...(process.env.HOUSE_TESTS ? [] : ['test/house/**'])],
    globalSetup: ['test/postgres.ts'],
    pool: 'forks',
    // Tests wait more than they compute; the smallest machine has two cores.
    maxWorkers: 2,
    // Each file has a database of its own; what it loads it may share with those that ran before it.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Real servers on a busy machine take their time; what hangs is still found.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
