/** `npm test -- PATTERN`: the tests whose path has PATTERN in it, first Node's, then the browser's. Ends with "N passed, N failed". */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './house/installed.mjs'
import { run, tool } from './house/steps.mjs'

const results = join(root, 'test-results')

/** `house`: also whole installations, which take minutes. */
export async function test(patterns, { house = false } = {}) {
  mkdirSync(results, { recursive: true })
  const node = await testNode(patterns, house || patterns.some(pattern => pattern.includes('house')))
  const browser = await testBrowser(patterns)
  return { passed: node.passed + browser.passed, failed: node.failed + browser.failed }
}

async function testNode(patterns, house) {
  const report = fresh('node.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = [tool('vitest/vitest.mjs'), 'run', '--passWithNoTests', ...reporters, ...patterns]
  const { ok } = await run(args, { show: true, env: house ? { HOUSE_TESTS: '1' } : {} })
  const read = readReport(report)
  const failed = (read?.numFailedTests ?? 0) + (read?.numFailedTestSuites && !read.numFailedTests ? 1 : 0)
  return { passed: read?.numPassedTests ?? 0, failed: ok ? failed : Math.max(failed, 1) }
}

/** A journey that passes at its second try is no failure, but Playwright says which. */
async function testBrowser(patterns) {
  const config = ['playwright.config.ts', 'test/browser/playwright.config.ts'].find(path =>
    existsSync(join(root, path)),
  )
  if (!config || !hasJourney(patterns)) return { passed: 0, failed: 0 }
  const report = fresh('browser.json')
  const args = [
    tool('@playwright/test/cli.js'),
    'test',
    '--config',
    config,
    '--pass-with-no-tests',
    '--reporter=list,json',
  ]
  const { ok } = await run([...args, ...patterns.map(asExpression)], {
    show: true,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  })
  const stats = readReport(report)?.stats ?? { expected: 0, flaky: 0, unexpected: 0 }
  return { passed: stats.expected + stats.flaky, failed: ok ? stats.unexpected : Math.max(stats.unexpected, 1) }
}

/** Asked first, since the journeys start a whole Pond before they look what there is to do. */
function hasJourney(patterns) {
  const specs = readdirSync(join(root, 'test/browser')).filter(name => name.endsWith('.spec.ts'))
  return specs.some(name => patterns.length === 0 || patterns.some(pattern => `test/browser/${name}`.includes(pattern)))
}

/** Playwright reads a pattern as a regular expression. */
function asExpression(pattern) {
  return pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

function fresh(name) {
  const file = join(results, name)
  rmSync(file, { force: true })
  return file
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const patterns = process.argv.slice(2)
  const count = await test(patterns)
  if (count.passed + count.failed === 0)
    console.log(`No test has ${patterns.map(each => `"${each}"`).join(' or ')} in its path.`)
  console.log(`${count.passed} passed, ${count.failed} failed`)
  process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0
}
