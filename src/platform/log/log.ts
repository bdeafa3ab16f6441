/** The log: one JSON object a line. Refuses to write what people said, and what opens doors (tokens, passwords, cookies). */
import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { pino } from 'pino'

export type Log = pino.Logger

const closed = ['password', 'token', 'secret', 'cookie', 'authorization', 'body', 'html', 'text', 'raw', 'link']

const keepOneOldFileAbove = 20_000_000

/** Errors of the database carry the values of a row in `detail`; only what names the fault is written. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack } = error
  const code = (error as NodeJS.ErrnoException).code
  const cause = error.cause === undefined ? {} : { cause: plainError(error.cause) }
  return { type: name, message, ...(code === undefined ? {} : { code }), stack, ...cause }
}

/** `stream: 'error'` keeps standard output free for what a command prints. */
export function createLog(options: { level: string; file?: string | undefined; stream?: 'out' | 'error' }): Log {
  return pino(
    {
      level: options.level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      serializers: { err: plainError, error: plainError },
      redact: { paths: closed.flatMap(name => [name, `*.${name}`, `*.*.${name}`]), censor: '[kept out]' },
    },
    options.file === undefined
      ? pino.destination({ fd: options.stream === 'error' ? 2 : 1, sync: true })
      : fileDestination(options.file),
  )
}

/** For tests and one-shot commands that speak to a person instead. */
export function silentLog(): Log {
  return pino({ level: 'silent' })
}

function fileDestination(file: string) {
  mkdirSync(dirname(file), { recursive: true })
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > keepOneOldFileAbove) renameSync(file, `${file}.1`)
  return pino.destination({ dest: file, sync: true, mode: 0o600 })
}
