/** A copy of this checkout in a folder of its own, started and ended the way a person would. Shares nothing with the checkout but the installed packages. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const checkout = join(import.meta.dirname, '../..')

export const root = process.getuid?.() === 0

export type Account = { name: string; uid: number; gid: number }

/** The ordinary user that every Linux has; undefined when we are one ourselves. */
export const ordinary: Account | undefined = root ? { name: 'nobody', uid: 65534, gid: 65534 } : undefined

export type Run = { said: () => string; npm: ChildProcess; ended: Promise<number | null> }

export class Installation {
  readonly folder: string
  readonly home: string
  readonly as: Account | undefined
  port = 0
  private readonly runs: Run[] = []

  private constructor(home: string, as: Account | undefined) {
    this.home = home
    this.folder = join(home, 'pond')
    this.as = as
  }

  /** `installed: false` leaves node_modules away, as in a fresh clone. `closed`: other users cannot enter. */
  static async make(
    options: { as?: Account | undefined; installed?: boolean; closed?: boolean } = {},
  ): Promise<Installation> {
    const home = mkdtempSync('/tmp/pond-house-')
    const made = new Installation(home, options.as)
    chmodSync(home, options.closed ? 0o700 : 0o755)
    copyCheckout(made.folder)
    if (options.installed !== false) linkPackages(made.folder)
    if (options.as) execFileSync('chown', ['-R', '--from=0', `${options.as.uid}:${options.as.gid}`, ...ownable(home)])
    made.port = await freePort()
    return made
  }

  get dataDir() {
    return join(this.folder, 'data')
  }

  get url() {
    return `http://localhost:${this.port}`
  }

  /** `npm run up -- …`, in a process group of its own as in a terminal. */
  up(args: string[] = [], env: Record<string, string> = {}): Run {
    return this.start('npm', ['run', 'up', ...(args.length > 0 ? ['--', ...args] : [])], env)
  }

  start(program: string, args: string[], env: Record<string, string> = {}): Run {
    const npm = spawn(program, args, { cwd: this.folder, env: this.environment(env), ...this.identity() })
    let said = ''
    npm.stdout.on('data', chunk => (said += chunk))
    npm.stderr.on('data', chunk => (said += chunk))
    const ended = new Promise<number | null>(resolve => npm.once('exit', code => resolve(code)))
    const run = { said: () => said, npm, ended }
    this.runs.push(run)
    return run
  }

  /** Up, and answering. */
  async running(args: string[] = [], env: Record<string, string> = {}): Promise<Run> {
    const run = this.up(args, env)
    let ended = false
    void run.ended.then(() => {
      ended = true
    })
    await until(() => ended || run.said().includes('Pond is running:'), 120_000, run.said)
    if (!run.said().includes('Pond is running:')) throw new Error(`It ended instead of running: ${run.said()}`)
    return run
  }

  async isReady(url = this.url): Promise<boolean> {
    return (await fetch(`${url}/readyz`).catch(() => undefined))?.status === 200
  }

  /** `bin/pond …`, to its end. */
  pond(args: string[], env: Record<string, string> = {}) {
    const options = { cwd: this.folder, env: this.environment(env), encoding: 'utf8' as const, ...this.identity() }
    const { status, stdout, stderr } = spawnSync(join(this.folder, 'bin/pond'), args, options)
    return { status, stdout, stderr }
  }

  /** Pids by role, as the running installation itself names them. */
  pids() {
    const app = JSON.parse(readFileSync(join(this.dataDir, 'run.json'), 'utf8')).pid as number
    const up = JSON.parse(readFileSync(join(this.dataDir, 'up.json'), 'utf8')).pid as number
    return { app, up, postgresql: this.postmaster() }
  }

  /** Undefined for the moments in which it is being started again. */
  private postmaster(): number | undefined {
    const [home = join(this.dataDir, 'postgresql')] = this.elsewhere()
    const file = join(home, 'cluster/postmaster.pid')
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
  }

  /** As root the database of a closed folder lies outside of it. */
  private elsewhere(): string[] {
    const file = join(this.dataDir, 'database-elsewhere.json')
    return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')).home] : []
  }

  /** Every process that has a folder of ours on its command line. */
  processes(): string[] {
    const homes = [this.folder, ...this.elsewhere()]
    return readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(pid => `${pid} ${commandLine(pid)}`)
      .filter(line => homes.some(home => line.includes(home)))
  }

  /** Ends whatever of it still runs: first those who would start the app again, then the app, then the server. */
  async end() {
    for (const { npm } of this.runs.splice(0)) npm.kill('SIGTERM')
    await until(() => this.processes().length === 0, 10_000).catch(() => {})
    const tell = (signal: NodeJS.Signals) => {
      for (const line of this.processes()) end(Number(line.trim().split(' ')[0]), signal)
    }
    tell('SIGTERM')
    await until(() => this.processes().length === 0, 30_000).catch(() => tell('SIGKILL'))
  }

  async remove() {
    await this.end()
    for (const home of this.elsewhere()) rmSync(home, { recursive: true, force: true })
    rmSync(this.home, { recursive: true, force: true })
  }

  private identity() {
    return this.as ? { uid: this.as.uid, gid: this.as.gid } : {}
  }

  /** A login shell's environment: nothing of the test run's, above all not the Node it put on the path. */
  private environment(env: Record<string, string>): Record<string, string> {
    const path = (process.env.PATH ?? '').split(':').filter(part => !part.includes('node_modules'))
    const npmCache = process.env.npm_config_cache ?? join(process.env.HOME ?? '/root', '.npm')
    return {
      PATH: path.join(':'),
      HOME: this.home,
      PORT: String(this.port),
      npm_config_prefer_offline: 'true',
      npm_config_update_notifier: 'false',
      ...(this.as ? {} : { npm_config_cache: npmCache }),
      ...inherited('npm_config_registry', 'npm_config_cafile', 'NODE_EXTRA_CA_CERTS', 'HTTPS_PROXY', 'https_proxy'),
      ...env,
    }
  }
}

/** Empty for one that has ended meanwhile. */
function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function inherited(...names: string[]) {
  return Object.fromEntries(names.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** Not the hard-linked packages: their owner is the checkout's, too. */
function ownable(home: string): string[] {
  const found = execFileSync('find', [home, '-name', 'node_modules', '-prune', '-o', '-print0'], { encoding: 'utf8' })
  return ['--no-dereference', ...found.split('\0').filter(Boolean)]
}

/** Hard links: the packages of the checkout, in no time and no space; copies where /tmp is another disk. */
function linkPackages(to: string) {
  const from = join(checkout, 'node_modules')
  if (spawnSync('cp', ['-al', from, to], { stdio: 'ignore' }).status === 0) return
  rmSync(join(to, 'node_modules'), { recursive: true, force: true })
  execFileSync('cp', ['-a', from, to])
}

function copyCheckout(to: string) {
  const listed = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: checkout, encoding: 'utf8' })
  const files = listed.stdout.split('\0').filter(path => path && existsSync(join(checkout, path)))
  for (const file of [...files, ...['dist'].filter(path => existsSync(join(checkout, path)))]) {
    mkdirSync(dirname(join(to, file)), { recursive: true })
    cpSync(join(checkout, file), join(to, file), { recursive: true })
  }
}

export function end(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself.
  }
}

export async function until(
  holds: () => boolean | Promise<boolean>,
  ms: number,
  explain: () => string = () => '',
): Promise<void> {
  const deadline = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come true within ${ms} ms. ${explain()}`)
    await pause(50)
  }
}

export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, 'localhost', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
