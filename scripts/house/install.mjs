/** Installs what the lock names, when it is not there. Uses the machine's own Node for npm, since npm ci removes ours while it works. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isInstalled, root, runtime } from './installed.mjs'

/** Undefined when all is well, else the sentence to end with. */
export function install() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    return `Pond needs Node 20 or newer to install itself; this is ${process.version}. It brings its own Node to run on.`
  }
  if (isInstalled()) return refuseForeignMachine()
  console.log('Installing what Pond is made of. This takes a minute the first time.')
  const npm = process.env.npm_execpath
  const [program, ...before] = npm?.endsWith('.js') ? [process.env.npm_node_execpath ?? process.execPath, npm] : ['npm']
  const args = [...before, 'ci', '--include=dev', '--include=optional', '--loglevel=error', '--engine-strict=false']
  // Neither asks a registry about weaknesses nor tells who wants money: that is not for a start to do.
  args.push('--audit=false', '--fund=false')
  const done = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) return 'The installation failed; what npm says stands above. Try again when it is solved.'
  if (existsSync(runtime)) return refuseForeignMachine()
  return `No Node 24 is packaged for ${process.platform} on ${process.arch}: Pond runs on Linux, x64 or arm64.`
}

/** The packaged Node is for Linux with glibc; on musl (Alpine) the file is there and does not run. */
function refuseForeignMachine() {
  const tried = spawnSync(runtime, ['--version'], { encoding: 'utf8' })
  if (tried.status === 0) return undefined
  const why = tried.error?.message ?? tried.stderr.trim()
  return `Pond's own Node does not run on this machine (${why}): it needs Linux with glibc 2.28 or newer, such as Debian 12.`
}
