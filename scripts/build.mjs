/** `npm run build`: makes what browsers need, with Vite. With --if-changed it does nothing when nothing it reads has changed. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { root, runtime } from './house/installed.mjs'

// In this order: the service worker names the desk's files.
const parts = [
  { name: 'the desk', config: 'src/desk/vite.config.ts', out: 'dist/desk' },
  { name: 'its service worker', config: 'src/desk/worker/vite.config.ts', out: 'dist/worker' },
  { name: 'the pages outside', config: 'src/portal/vite.config.ts', out: 'dist/portal', inputs: ['src/portal'] },
  {
    name: 'the script of the pages outside',
    config: 'src/portal/script/vite.config.ts',
    out: 'dist/outside',
    inputs: ['src/portal/script'],
  },
  { name: 'the widget', config: 'src/widget/vite.config.ts', out: 'dist/widget', inputs: ['src/widget'] },
]
const shared = ['package-lock.json', 'scripts/build.mjs']
const inputs = ['src/desk', 'src/ui', 'src/contract', 'src/words', ...shared]

let changed = false
for (const part of parts.filter(each => existsSync(join(root, each.config)))) {
  const mark = join(root, `${part.out}.inputs`)
  const now = hashOf(part.inputs ? [...part.inputs, ...shared] : inputs)
  if (process.argv.includes('--if-changed') && readOr(mark) === now) continue
  console.log(`Building ${part.name}.`)
  const args = [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--config', part.config, '--logLevel', 'error']
  const env = { ...process.env, NODE_ENV: 'production' }
  const done = spawnSync(runtime, args, { cwd: root, env, stdio: 'inherit' })
  if (done.status !== 0) process.exit(done.status ?? 1)
  changed = true
  writeFileSync(mark, now)
}
if (changed) compress(join(root, 'dist/desk'))

/** Made small once, here, and not at every request. The server hands out what the browser can read. */
function compress(folder) {
  const made = readdirSync(folder, { recursive: true, withFileTypes: true })
  for (const entry of made.filter(each => each.isFile() && /\.(js|css|html|svg|webmanifest)$/.test(each.name))) {
    const file = join(entry.parentPath, entry.name)
    const content = readFileSync(file)
    if (content.length < 1000) continue
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
    writeFileSync(`${file}.br`, brotliCompressSync(content, { params: quality }))
  }
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap(filesUnder).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (path.includes('.')) return [path]
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
}

function readOr(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
