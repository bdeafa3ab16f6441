/** `npm run dev`: the app, started anew when a file of the server changes, and the desk served by Vite with live reload. For working on Pond only. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { install } from './house/install.mjs'
import { root, runtime } from './house/installed.mjs'

const obstacle = install()
if (obstacle) {
  console.error(obstacle)
  process.exit(1)
}
const port = process.env.PORT || '4747'
const deskPort = process.env.DESK_PORT || '4750'
const env = {
  ...process.env,
  PORT: port,
  // The desk's address is where the browser is; the app trusts that origin and no other.
  BASE_URL: process.env.BASE_URL || `http://localhost:${deskPort}`,
  DESK_PORT: deskPort,
  POND_APP: `http://localhost:${port}`,
}
const parts = [
  [['--watch-path=src', '--watch-preserve-output', 'src/main.ts'], without(env, 'POND_APP')],
  [[join(root, 'node_modules/vite/bin/vite.js'), '--config', 'src/desk/vite.config.ts', '--strictPort'], env],
]
const children = parts.map(([args, its]) => spawn(runtime, args, { cwd: root, env: its, stdio: 'inherit' }))
let ending = false
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, end)
for (const child of children) child.once('exit', end)
console.log(`The desk: http://localhost:${deskPort} (the app listens on ${port})`)

function end() {
  if (ending) return
  ending = true
  for (const child of children) child.kill('SIGTERM')
}

function without(all, name) {
  const { [name]: _, ...rest } = all
  return rest
}
