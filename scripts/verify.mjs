/**
 * `npm run verify`: everything that must hold, from a fresh checkout: installs what the tests need, checks, builds, tests.
 * Never removes a program of this machine. Its last line is "N passed, N failed".
 */
import { install } from './house/install.mjs'
import { installPrograms } from './house/programs.mjs'
import { run } from './house/steps.mjs'

const obstacle = installPrograms() ?? install()
if (obstacle) end(0, 1, obstacle)

// Only now are there packages to load.
const { check } = await import('./check.mjs')
const { test } = await import('./test.mjs')

const checked = await check([['the pages are built', () => run(['scripts/build.mjs'])]])
const tested = await test([], { house: true })
end(checked.passed + tested.passed, checked.failed + tested.failed)

function end(passed, failed, why) {
  if (why) console.error(why)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 ? 1 : 0)
}
