/**
 * `npm run verify`: everything that must hold, from a fresh checkout: installs what the tests need, checks, builds, tests.
 * Never removes a program of this machine. Its last line is "N passed, N failed".
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { install } from './house/install.mjs'
import { root, runtime } from './house/installed.mjs'
import { installPrograms } from './house/programs.mjs'

const obstacle = installPrograms() ?? install()
if (obstacle) end(0, 1, obstacle)

// Only now are there packages to load.
const { check } = await import('./check.mjs')
const { test } = await import('./test.mjs')

const checked = await check()
const built = spawnSync(runtime, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' }).status === 0
console.log(built ? 'ok      the pages are built' : 'FAILED  the pages are built')
const tested = await test([], { house: true })
const passed = checked.passed + tested.passed + (built ? 1 : 0)
end(passed, checked.failed + tested.failed + (built ? 0 : 1))

function end(passed, failed, why) {
  if (why) console.error(why)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed > 0 ? 1 : 0)
}
