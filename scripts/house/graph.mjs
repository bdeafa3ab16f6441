/**
 * `npm run graph`: draws which slice imports which into docs/architecture.md, from the imports themselves. With --check it
 * writes nothing and fails when the picture is not the code's any more.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './installed.mjs'
import { run, tool } from './steps.mjs'

const page = join(root, 'docs/architecture.md')
const [begin, end] = ['```mermaid\n', '```\n']

export async function drawn() {
  const collapse = '^src/domain/[^/]+'
  const args = [
    '--no-config',
    '--ts-pre-compilation-deps',
    '--ts-config',
    'tsconfig.json',
    '--include-only',
    '^src/domain',
  ]
  const { said } = await run([
    tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
    ...[...args, '--exclude', '\\.test\\.ts$', '--collapse', collapse, '--output-type', 'json', 'src/domain'],
  ])
  const { modules } = JSON.parse(said.slice(said.indexOf('{')))
  const nameOf = path => path.split('/')[2]
  const edges = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => `  ${nameOf(source)} --> ${nameOf(resolved)}`),
  )
  return `${begin}flowchart LR\n${[...new Set(edges)].sort().join('\n')}\n${end}`
}

export async function checkGraph() {
  const text = readFileSync(page, 'utf8')
  return {
    ok: text.includes(await drawn()),
    said: 'run "npm run graph": the picture in docs/architecture.md is not the code’s',
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = readFileSync(page, 'utf8')
  const from = text.indexOf(begin)
  const to = text.indexOf(end, from + begin.length) + end.length
  writeFileSync(page, text.slice(0, from) + (await drawn()) + text.slice(to))
}
