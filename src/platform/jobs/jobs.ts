/**
 * Jobs: work that is asked for in a transaction and done after it, and work that comes round by the clock. Each task may
 * run twice (a process can die at any moment) and must come to the same end. Holds no state that another process misses.
 */
import { EventEmitter } from 'node:events'
import { Logger, makeWorkerUtils, parseCronItems, type Runner, run, type WorkerEvents } from 'graphile-worker'
import { CompiledQuery } from 'kysely'
import type { Pool, Tx } from '../db/index.ts'
import type { Log } from '../log/log.ts'
import { startLiveness } from './liveness.ts'

export type Task = {
  /** a verb and its object, such as `sweep-files` */
  name: string
  /** `signal` is given when Pond stops: what is left is done next time */
  act: (payload: unknown, signal: AbortSignal) => Promise<void>
  /** comes round by itself: five fields of crontab, in UTC */
  every?: string
  /** for what comes daily: a turn that was missed while nothing ran is made up for at the start */
  catchUp?: boolean
}

export type Jobs = {
  /** when the worker last looked for a job, or now while one is running; milliseconds since 1970 */
  beatAt: () => number
  /** Running jobs may finish; what takes longer goes back and is done by whoever is next. */
  stop: () => Promise<void>
}

export type JobsOptions = {
  /** A direct connection: session locks do not pass a transaction pooler. */
  url: string
  pool: Pool
  log: Log
  tasks: readonly Task[]
  /** milliseconds a running job gets when Pond stops */
  patienceMs?: number
  /** milliseconds between two looks for jobs of dead workers */
  lookMs?: number
}

const atOnce = 2
const dayMs = 24 * 3_600_000

export async function startJobs(options: JobsOptions): Promise<Jobs> {
  const { pool, log } = options
  const logger = loggerOf(log)
  const utils = await makeWorkerUtils({ pgPool: pool, logger })
  await utils.migrate()
  const liveness = await startLiveness(options)

  const events: WorkerEvents = new EventEmitter()
  let beatAt = Date.now()
  let running = 0
  events.on('worker:getJob:start', () => {
    beatAt = Date.now()
  })
  events.on('pool:create', ({ workerPool }) => liveness.hold(workerPool.id))
  events.on('job:start', () => running++)
  events.on('job:complete', () => running--)
  events.on('job:error', ({ job, error }) => log.error({ err: error, task: job.task_identifier }, 'a job failed'))

  const begin = () =>
    run({
      pgPool: pool,
      logger,
      events,
      concurrency: atOnce,
      noHandleSignals: true,
      pollInterval: 2000,
      gracefulShutdownAbortTimeout: 0,
      taskList: Object.fromEntries(
        options.tasks.map(task => [
          task.name,
          (payload: unknown, { abortSignal }: { abortSignal: AbortSignal }) => task.act(payload, abortSignal),
        ]),
      ),
      parsedCronItems: parseCronItems(
        options.tasks
          .filter(task => task.every !== undefined)
          .map(task => ({
            task: task.name,
            match: task.every!,
            identifier: task.name,
            // A turn that waits when the next one comes is one with it.
            options: { jobKey: `every ${task.name}`, maxAttempts: 3, backfillPeriod: task.catchUp ? dayMs : 0 },
          })),
      ),
    })

  let stopped = false
  let runner: Runner = await begin()
  const standing = (async () => {
    while (!stopped) {
      await runner.promise.catch(error => log.error({ err: error }, 'the worker of jobs ended and begins again'))
      running = 0
      while (!stopped) {
        await new Promise(resolve => setTimeout(resolve, 1000))
        if (stopped) break
        try {
          runner = await begin()
          break
        } catch (error) {
          log.warn({ err: error }, 'jobs wait for the database')
        }
      }
    }
  })()

  return {
    beatAt: () => (running > 0 ? Date.now() : beatAt),
    async stop() {
      stopped = true
      const ended = await end(runner, options.patienceMs ?? 10_000, log)
      // A task that hears no signal may never end: its job goes back all the same.
      if (ended) await standing
      await liveness.stop()
      await utils.release()
    },
  }
}

/** False: it had to be cut short. */
async function end(runner: Runner, patienceMs: number, log: Log): Promise<boolean> {
  const ended = runner.stop().then(
    () => true,
    error => {
      log.warn({ err: error }, 'the worker of jobs did not end well')
      return true
    },
  )
  if (await Promise.race([ended, after(patienceMs)])) return true
  await Promise.race([runner.kill().catch(() => {}), after(500)])
  return false
}

function after(ms: number): Promise<false> {
  return new Promise(resolve => setTimeout(() => resolve(false), ms).unref())
}

/** Part of the caller's transaction: no job without its cause, and none for what was rolled back. With a key there is one of a kind; jobs of one queue go one after the other. */
export async function addJob(
  tx: Tx,
  name: string,
  payload: Record<string, unknown>,
  more: { key?: string; runAt?: Date; queue?: string } = {},
): Promise<void> {
  await tx.executeQuery(
    CompiledQuery.raw(
      'select from graphile_worker.add_job($1, payload := $2::json, run_at := $3::timestamptz, job_key := $4, queue_name := $5)',
      [name, JSON.stringify(payload), more.runAt ?? null, more.key ?? null, more.queue ?? null],
    ),
  )
}

/** The library tells of every job at `info`; our log keeps that for those who look closer. */
function loggerOf(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
  return new Logger(scope => (level, message) => {
    log[levels[level]]({ part: 'jobs', task: scope.taskIdentifier, job: scope.jobId }, message)
  })
}
