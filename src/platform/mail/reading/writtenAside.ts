/**
 * Reads large words of members in a thread of its own, so that nobody else's request waits for a pasted novel. The thread
 * starts when it is needed, ends when it has been idle, and is ended when one text takes too long: then that text is refused.
 */
import { Worker } from 'node:worker_threads'
import { Refusal } from '../../http/refusal.ts'
import { type Inside, type Written, written } from './written.ts'

export type { Written }

/** Characters that are read at once: some 30 ms. */
const small = 20_000
const longest = 20_000
const idle = 30_000

type Job = { done: (it: Written) => void; failed: (error: Error) => void; until: NodeJS.Timeout }
let worker: Worker | null = null
let ending: NodeJS.Timeout | undefined
const jobs = new Map<number, Job>()
let last = 0

export async function writtenAside(body: string, inside: Inside = {}): Promise<Written> {
  if (body.length <= small) return written(body, inside)
  clearTimeout(ending)
  worker ??= start()
  const at = worker
  const id = ++last
  return new Promise<Written>((done, failed) => {
    const until = setTimeout(() => stop(at, new Refusal('too-large', 413)), longest)
    jobs.set(id, { done, failed, until })
    at.postMessage({ id, body, inside })
  })
}

function start(): Worker {
  const started = new Worker(new URL('./writtenWorker.ts', import.meta.url), {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  started.unref()
  started.on('message', (answer: { id: number; it: Written } | { id: number; failure: string }) => {
    const job = settled(answer.id)
    if ('it' in answer) job?.done(answer.it)
    else job?.failed(new Error(answer.failure))
    if (jobs.size === 0) {
      ending = setTimeout(() => stop(started, new Error('idle')), idle)
      ending.unref()
    }
  })
  started.on('error', error => stop(started, error instanceof Error ? error : new Error(String(error))))
  started.on('exit', () => stop(started, new Error('the thread that reads large words ended')))
  return started
}

function settled(id: number): Job | undefined {
  const job = jobs.get(id)
  jobs.delete(id)
  clearTimeout(job?.until)
  return job
}

/** Whoever waits for it is told; the next text starts another. */
function stop(which: Worker, why: Error) {
  if (worker !== which) return
  worker = null
  void which.terminate()
  for (const id of [...jobs.keys()]) settled(id)?.failed(why)
}
