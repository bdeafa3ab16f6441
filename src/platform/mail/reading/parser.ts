/**
 * Reads many mails in a child process that is killed when one of them takes too long, too much memory, or crashes it (R14, S18).
 * The culprit is tried once more alone and then quarantined; the other mails of its batch come through. It stores nothing.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Answer, Batch } from './parserChild.ts'
import type { Reading, ReadingOptions } from './reading.ts'

/** `reading` is null only when the parser could not get through this mail; then `quarantine` says why. */
export type Outcome = { id: string; reading: Reading | null; quarantine: string | null }

export type Parser = {
  /** Answers in the order of the mails given. Rejects only when the parser is stopped or can't start, never because of a mail. */
  readMany(mails: { id: string; raw: Buffer }[], options?: ReadingOptions): Promise<Outcome[]>
  /** Process ids of the living children. */
  pids(): number[]
  stop(): Promise<void>
}

export type ParserOptions = {
  logger?: { warn(facts: object, words: string): void }
  children?: number
  /** CPU seconds one mail may take. */
  cpuSeconds?: number
  /** Seconds one mail may take by the clock; thrice that when it is tried alone, for a busy machine is no fault of the mail's. */
  wallSeconds?: number
  /** Heap of a child. Mails and attachments lie outside it. */
  heapMegabytes?: number
}

type Job = {
  id: string
  raw: Buffer
  options: ReadingOptions
  strikes: number
  limit: number
  done: (outcome: Outcome) => void
  failed: (error: Error) => void
}

type Child = {
  process: ChildProcess
  ready: boolean
  jobs: Job[]
  /** Moment and CPU seconds of the last sign of progress. */
  since: number
  cpu: number
  killedFor: string | null
}

const childFile = fileURLToPath(new URL('./parserChild.ts', import.meta.url))
const batchMails = 32
const batchBytes = 2_000_000
const checkEvery = 100
const startSeconds = 30
/** A child killed from outside is not this mail's fault as surely as a deadline is. */
const foreignKills = 10
const stoppedWords = 'the mail parser is stopped'

export function startParser(options: ParserOptions = {}): Parser {
  const cpuSeconds = options.cpuSeconds ?? 2
  const wallSeconds = options.wallSeconds ?? 5
  const queue: Job[] = []
  const children: Child[] = []
  let stopped = false
  let failedStarts = 0

  const cache = compileCache()

  const spawn = () => {
    const process_ = fork(childFile, [], {
      serialization: 'advanced',
      execArgv: [
        '--permission',
        '--allow-fs-read=*',
        ...(cache ? [`--allow-fs-write=${cache}`, `--allow-fs-write=${cache}/*`] : []),
        `--max-old-space-size=${options.heapMegabytes ?? 192}`,
        '--max-semi-space-size=2',
      ],
      // Nothing of our configuration: what reads hostile mail knows no secret.
      env: {
        NODE_ENV: 'production',
        TZ: 'UTC',
        MALLOC_ARENA_MAX: '2',
        ...(cache ? { NODE_COMPILE_CACHE: cache } : {}),
      },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const child: Child = { process: process_, ready: false, jobs: [], since: Date.now(), cpu: 0, killedFor: null }
    children.push(child)
    process_.on('message', (answer: Answer) => receive(child, answer))
    process_.on('error', () => process_.kill('SIGKILL'))
    process_.on('exit', (code, signal) => bury(child, code, signal))
  }

  const receive = (child: Child, answer: Answer) => {
    child.since = Date.now()
    child.cpu = cpuOf(child.process.pid)
    if ('ready' in answer) {
      child.ready = true
      failedStarts = 0
    } else {
      const job = child.jobs.shift()
      if (job && 'reading' in answer)
        job.done({ id: job.id, reading: answer.reading, quarantine: answer.reading.quarantine })
      else if (job && 'failure' in answer) {
        options.logger?.warn({ mail: job.id, failure: answer.failure }, 'a mail could not be read')
        job.done({ id: job.id, reading: null, quarantine: 'parser-failed' })
      }
    }
    pump()
  }

  const bury = (child: Child, code: number | null, signal: string | null) => {
    children.splice(children.indexOf(child), 1)
    const [culprit, ...others] = child.jobs
    queue.unshift(...others)
    // Killed from outside while starting says nothing about whether it can start.
    if (!child.ready && signal !== 'SIGKILL' && signal !== 'SIGTERM') failedStarts++
    if (culprit) {
      const reason =
        child.killedFor ?? (signal === 'SIGKILL' || signal === 'SIGTERM' ? 'parser-killed' : 'parser-crashed')
      culprit.strikes++
      culprit.limit = Math.max(culprit.limit, reason === 'parser-killed' ? foreignKills : 2)
      options.logger?.warn(
        { mail: culprit.id, reason, code, signal, strikes: culprit.strikes },
        'the mail parser ended while reading',
      )
      if (culprit.strikes >= culprit.limit) culprit.done({ id: culprit.id, reading: null, quarantine: reason })
      else queue.unshift(culprit)
    }
    pump()
  }

  const pump = () => {
    if (stopped) return
    while (children.length < (options.children ?? 1) && (queue.length > 0 || failedStarts === 0)) {
      if (failedStarts >= 5) {
        for (const job of queue.splice(0)) job.failed(new Error('the mail parser does not start'))
        failedStarts = 0
        return
      }
      spawn()
    }
    for (const child of children) if (child.ready && child.jobs.length === 0 && child.process.connected) hand(child)
  }

  const hand = (child: Child) => {
    const first = queue.shift()
    if (!first) return
    child.jobs = [first]
    let bytes = first.raw.length
    // One that was there when a child died goes alone.
    while (
      first.strikes === 0 &&
      queue[0]?.strikes === 0 &&
      queue[0].options === first.options &&
      child.jobs.length < batchMails
    ) {
      bytes += queue[0].raw.length
      if (bytes > batchBytes) break
      child.jobs.push(queue.shift()!)
    }
    child.since = Date.now()
    child.cpu = cpuOf(child.process.pid)
    const batch: Batch = { mails: child.jobs.map(job => job.raw), options: first.options }
    child.process.send(batch, error => {
      if (error) child.process.kill('SIGKILL')
    })
  }

  const watch = setInterval(() => {
    for (const child of children) {
      const job = child.jobs[0]
      if ((!job && child.ready) || child.killedFor) continue
      const wall = (Date.now() - child.since) / 1000
      const limit = !job || !child.ready ? startSeconds : job.strikes > 0 ? wallSeconds * 3 : wallSeconds
      if (wall < Math.min(cpuSeconds, limit)) continue
      if (wall <= limit && (!child.ready || !job)) continue
      if (wall <= limit && cpuOf(child.process.pid) - child.cpu <= cpuSeconds) continue
      child.killedFor = 'parser-too-slow'
      child.process.kill('SIGKILL')
    }
  }, checkEvery)
  watch.unref()
  pump()

  return {
    readMany: (mails, readingOptions = {}) => {
      if (stopped) return Promise.reject(new Error(stoppedWords))
      const shared = { ...readingOptions }
      const all = mails.map(
        ({ id, raw }) =>
          new Promise<Outcome>((done, failed) =>
            queue.push({ id, raw, options: shared, strikes: 0, limit: 2, done, failed }),
          ),
      )
      pump()
      return Promise.all(all)
    },
    pids: () => children.flatMap(child => child.process.pid ?? []),
    stop: async () => {
      stopped = true
      clearInterval(watch)
      for (const job of queue.splice(0)) job.failed(new Error(stoppedWords))
      const ends = children.map(child => new Promise(resolve => child.process.once('exit', resolve)))
      for (const child of children) {
        for (const job of child.jobs.splice(0)) job.failed(new Error(stoppedWords))
        child.process.kill('SIGKILL')
      }
      await Promise.all(ends)
    },
  }
}

/** Compiled code of the child, used by it alone: it then starts three times as fast in a third less memory. Null where nothing may be written. */
function compileCache(): string | null {
  const folder = fileURLToPath(new URL('../../../../node_modules/.cache/pond-parser', import.meta.url))
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  } catch {
    return null
  }
}

/** CPU seconds a process has used; 0 where the system does not tell (then the clock alone decides). */
function cpuOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}
