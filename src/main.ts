/** The app process: reads the configuration, starts Pond, tells whoever started it, and ends in good order. Wires nothing itself; see pond.ts. */
import { flushCompileCache } from 'node:module'
import { configuredOrEnd } from './configured.ts'
import { MigrationProblem } from './platform/db/index.ts'
import { createLog } from './platform/log/log.ts'
import { type Pond, startPond } from './pond.ts'
import { forgetRun, rememberRun } from './running.ts'

const patience = 25_000

const config = configuredOrEnd()
const log = createLog({ level: config.logLevel, file: config.logFile })
for (const line of config.warnings) log.warn(line)

let ending = false
// From the first moment on: a Ctrl-C while Pond starts must not leave its PostgreSQL behind.
const starting = startPond(config, log, { sample: process.argv.includes('--sample') })
process.on('SIGTERM', () => void end('SIGTERM', 0))
process.on('SIGINT', () => void end('SIGINT', 0))
// The `up` that started us was killed: nobody would stop us later.
process.on('disconnect', () => void end('whoever started it is gone', 0))
process.on('uncaughtException', error => {
  log.fatal({ err: error }, 'A bug: nobody caught this')
  void end('a bug', 70)
})

try {
  const pond = await starting
  if (!ending) tell(pond)
} catch (error) {
  log.fatal({ err: error }, 'Pond could not start')
  console.error(error instanceof MigrationProblem ? error.message : `Pond could not start: ${(error as Error).message}`)
  process.exit(1)
}

function tell({ address, firstLink }: Pond) {
  rememberRun(config.dataDir, address)
  log.info({ address }, 'Pond is running')
  if (process.send) process.send({ is: 'ready', address, link: firstLink })
  // Started by hand: standard output is the log's.
  else console.error(`Pond is running: ${address}${firstLink ? `\nMake the first account here: ${firstLink}` : ''}`)
  // The next start finds what was compiled for this one, also when this one is killed.
  flushCompileCache()
}

async function end(why: string, code: number) {
  // A terminal's Ctrl-C reaches us twice: directly and by way of `up`.
  if (ending) return
  ending = true
  log.info({ why }, 'Pond is stopping')
  setTimeout(() => {
    log.error('Pond did not stop in time')
    process.exit(1)
  }, patience).unref()
  try {
    const pond = await starting
    await pond.stop()
    log.info('Pond has stopped')
  } catch (error) {
    log.error({ err: error }, 'Pond did not stop cleanly')
    code = 1
  }
  forgetRun(config.dataDir)
  process.exit(code)
}
