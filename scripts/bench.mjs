/** `npm run bench -- NAME [--json] …`: runs bench/NAME.ts. Measures nothing itself. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { compiled, root, runtime } from './house/installed.mjs'

const [name = '', ...rest] = process.argv.slice(2)
const file = join(root, 'bench', `${name}.ts`)
if (!/^[a-z-]+$/.test(name) || !existsSync(file)) {
  const names = readdirSync(join(root, 'bench'))
    .filter(each => /^[a-z-]+\.ts$/.test(each))
    .map(each => each.slice(0, -3))
  console.error(
    `Which one? npm run bench -- NAME [--json], where NAME is one of: ${names.join(', ')}. bench/README.md explains each.`,
  )
  process.exit(2)
}
// As `npm run up` starts it.
const env = { ...process.env, ...compiled, NODE_ENV: process.env.NODE_ENV || 'production' }
const done = spawnSync(runtime, [file, ...rest], { cwd: root, env, stdio: 'inherit' })
process.exit(done.status ?? 1)
