/**
 * `npm run up`: from a fresh checkout to a running Pond, in plain JavaScript for whatever Node the machine has (20 or newer).
 * Installs and builds only what changed, and starts nothing twice.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { install } from './house/install.mjs'
import { compiled, root, runtime } from './house/installed.mjs'
import { freePort, isTaken } from './house/ports.mjs'
import { isRunning, readRun, waitUntilGone } from './house/running.mjs'

const say = line => console.log(line)
const options = readOptions(process.argv.slice(2))
const dataDir = resolve(root, process.env.DATA_DIR || 'data')
const upFile = join(dataDir, 'up.json')

Object.assign(process.env, compiled)
const obstacle = install()
if (obstacle) fail(obstacle)
refuseWrongConfiguration()
await recogniseItself()
build()
await supervise(await choosePort())

function readOptions(args) {
  const read = { sample: false, port: undefined }
  for (let at = 0; at < args.length; at++) {
    const [name, value] = args[at].split('=')
    if (name === '--sample') read.sample = true
    else if (name === '--port') read.port = value ?? args[++at]
    else fail(`${args[at]} is not known here. Use: npm run up -- [--sample] [--port 4747]`, 2)
  }
  return read
}

function refuseWrongConfiguration() {
  const env = { ...process.env, ...(options.port ? { PORT: options.port } : {}) }
  const { status } = spawnSync(runtime, [join(root, 'src/configured.ts')], { cwd: root, env, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

function build() {
  const done = spawnSync(runtime, [join(root, 'scripts/build.mjs'), '--if-changed'], { cwd: root, stdio: 'inherit' })
  if (done.status !== 0) fail('The pages could not be built; the reason stands above.')
}

/** A Pond on this data folder that somebody looks after is shown again; one that lost its `up` is ending and is waited for. */
async function recogniseItself() {
  const run = readRun(dataDir)
  if (!run) return
  const up = readJson(upFile)
  const orphaned = up?.app === run.pid && !(isRunning(up.pid) && (up.npm === null || isRunning(up.npm)))
  if (!orphaned) {
    say(`\nPond is running already, with this data folder: ${run.address}`)
    showFirstLink()
    if (options.sample) say('The sample organisation is added at a start, or on the desk by its administrator.')
    process.exit(0)
  }
  say('The Pond that ran here before is still ending; waiting for it.')
  if (!(await waitUntilGone(run.pid, 30_000)))
    fail(`It does not end. End process ${run.pid} and run "npm run up" again.`)
}

function showFirstLink() {
  const asked = spawnSync(runtime, [join(root, 'src/cli/main.ts'), 'link', '--first'], { cwd: root, encoding: 'utf8' })
  if (asked.status === 0 && asked.stdout.trim()) sayLink(asked.stdout.trim())
}

async function choosePort() {
  const wanted = Number(options.port ?? (process.env.PORT || 4747))
  const host = process.env.HOST || 'localhost'
  if (!(await isTaken(wanted, host))) return wanted
  if (process.env.BASE_URL) {
    fail(
      `Port ${wanted} is taken by another program. Give a free one with "npm run up -- --port ${await freePort(wanted + 1, host)}".`,
    )
  }
  const other = await freePort(wanted + 1, host)
  say(
    `Port ${wanted} is taken by another program, so Pond takes ${other}. To choose one: npm run up -- --port ${other}`,
  )
  return other
}

async function supervise(port) {
  let app
  let ending = false
  const end = () => {
    ending = true
    app?.kill('SIGTERM')
  }
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, end)
  const npm = process.env.npm_lifecycle_event === 'up' ? process.ppid : null
  // When npm is killed nobody can reach us any more, and whoever starts Pond again would find the port taken.
  if (npm !== null) setInterval(() => process.ppid !== npm && end(), 300).unref()

  let shown = false
  for (let wait = 500; ; wait = Math.min(wait * 2, 30_000)) {
    const startedAt = Date.now()
    let ready = false
    const onReady = message => {
      ready = true
      if (!shown) showReady(message)
      shown = true
    }
    const ended = start(port, onReady)
    app = ended.app
    rememberUp(npm, app.pid)
    const { code, signal } = await ended
    if (ending || code === 0) {
      rmSync(upFile, { force: true })
      process.exit(code ?? 0)
    }
    // What could not start even once will not start by trying again.
    if (!ready && !shown) process.exit(code ?? 1)
    if (Date.now() - startedAt > 60_000) wait = 500
    say(`Pond ended unexpectedly (${signal ?? `exit code ${code}`}); starting it again.`)
    await pause(wait)
    if (ending) process.exit(0)
  }
}

function start(port, onReady) {
  const env = { ...process.env, NODE_ENV: process.env.NODE_ENV || 'production', PORT: String(port) }
  // Each thread's own heap of the C library keeps what was freed; two for all of them save 90 MB while mail pours in.
  env.MALLOC_ARENA_MAX ||= '2'
  // On a terminal a person reads; elsewhere the log belongs on standard output.
  if (process.stdout.isTTY && !env.LOG_FILE) env.LOG_FILE = join(dataDir, 'pond.log')
  // A young generation that may grow to 48 MB is memory a small machine has better uses for.
  const args = ['--max-semi-space-size=8', join(root, 'src/main.ts'), ...(options.sample ? ['--sample'] : [])]
  const app = spawn(runtime, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  app.on('message', message => message?.is === 'ready' && onReady({ ...message, logFile: env.LOG_FILE }))
  const ended = new Promise(done => {
    app.once('exit', (code, signal) => done({ code, signal }))
    app.once('error', error => fail(`Pond could not be started: ${error.message}`))
  })
  return Object.assign(ended, { app })
}

function showReady({ address, link, logFile }) {
  say(`\nPond is running: ${address}`)
  const elsewhere = readJson(join(dataDir, 'database-elsewhere.json'))
  if (elsewhere) say(`Its database lies in ${elsewhere.home}: the account that runs it cannot enter ${dataDir}.`)
  if (link) sayLink(link)
  if (logFile) say(`Its log: ${logFile}`)
  say('Stop it with Ctrl-C.')
}

function sayLink(link) {
  say(
    `\nNobody has an account yet. Make the first administrator's here (the link works once, for an hour):\n\n  ${link}\n`,
  )
}

function rememberUp(npm, app) {
  try {
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    writeFileSync(`${upFile}.new`, JSON.stringify({ pid: process.pid, npm, app }), { mode: 0o600 })
    renameSync(`${upFile}.new`, upFile)
  } catch {
    // The app says what is wrong with the folder.
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function fail(line, code = 1) {
  console.error(line)
  process.exit(code)
}
