/** Writes db/schema.sql and src/platform/db/generated.ts from the migrations; with --check it writes nothing and fails when they are stale. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPool } from '../src/platform/db/index.ts'
import { migrate } from '../src/platform/db/migrate.ts'
import { describeShape } from '../src/platform/db/shape.ts'
import { forTests, startEmbedded } from '../src/platform/embedded/index.ts'
import { silentLog } from '../src/platform/log/log.ts'

const root = join(import.meta.dirname, '..')
const checking = process.argv.includes('--check')
const folder = mkdtempSync(join(tmpdir(), 'pond-shape-'))
chmodSync(folder, 0o711)
const embedded = await startEmbedded({ dataDir: folder, log: silentLog(), settings: forTests })
const stale: string[] = []
try {
  await migrate(embedded.url)
  const pool = createPool({ url: embedded.url, log: silentLog() })
  compare('db/schema.sql', await describeShape(pool))
  await pool.end()
  compare('src/platform/db/generated.ts', typesOf(embedded.url))
} finally {
  await embedded.stop()
  rmSync(folder, { recursive: true, force: true })
}
if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run "npm run db:shape" and commit what it writes.`)
  process.exitCode = 1
}

function compare(path: string, wanted: string) {
  const file = join(root, path)
  if (!checking) writeFileSync(file, wanted)
  else if (readOr(file) !== wanted) stale.push(path)
}

function readOr(file: string) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** The generator reads the catalogue; bigint and timestamps as the pool parses them. */
function typesOf(url: string): string {
  const out = join(folder, 'types.ts')
  const made = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      ...[
        '--dialect',
        'postgres',
        '--url',
        url,
        '--camel-case',
        '--default-schema',
        'public',
        '--include-pattern',
        'public.*',
      ],
      ...['--out-file', out, '--type-mapping', '{"int8":"number"}'],
    ],
    { encoding: 'utf8' },
  )
  if (made.status !== 0) throw new Error(`kysely-codegen: ${made.stderr}`)
  const text = readFileSync(out, 'utf8').replace(/^\/\*\*[\s\S]*?\*\/\s*/, '')
  return `/** Made by \`npm run db:shape\` from the migrated database. Do not edit. */\n// biome-ignore-all format: made by a program\n\n${text}`
}
