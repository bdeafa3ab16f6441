/** `npm run check`: types, style, borders, what nobody uses, the database's shape, sizes and floors. Changes no file. */
import { pathToFileURL } from 'node:url'
import { checkFloors } from './house/floors.mjs'
import { checkGraph } from './house/graph.mjs'
import { checkLock } from './house/lock.mjs'
import { checkManners } from './house/manners.mjs'
import { run, runSteps, tool } from './house/steps.mjs'

/** `more`: steps that go along with them, so that neither core waits. */
export function check(more = []) {
  return runSteps([
    ['the server is typed', () => run([tool('ts7/bin/tsc'), '-p', 'tsconfig.json'])],
    ['the desk is typed', () => run([tool('ts7/bin/tsc'), '-p', 'src/desk/tsconfig.json'])],
    ...more,
    ['style and lint', () => run([tool('@biomejs/biome/bin/biome'), 'ci', '--colors=off', '--max-diagnostics=40'])],
    ['imports point the right way', () => run([tool('dependency-cruiser/bin/dependency-cruiser.mjs'), ...cruised])],
    ['the picture of the slices is true', checkGraph],
    ['nothing is there that nobody uses', () => run([tool('knip/bin/knip.js'), '--no-progress'])],
    ['the written shape is the database’s', () => run(['scripts/shape.ts', '--check'])],
    ['the description of the API is the contract’s', () => run(['scripts/api.ts', '--check'])],
    ['files are small, named well and say what they are for', checkManners],
    ['no part is older than its floor', checkFloors],
    ['the lock is complete', checkLock],
  ])
}

const cruised = ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'scripts', 'test', 'bench']

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const count = await check()
  console.log(`${count.passed} passed, ${count.failed} failed`)
  process.exitCode = count.failed > 0 ? 1 : 0
}
