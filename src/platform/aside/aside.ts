/**
 * Work that would hold up everybody else's requests, in a thread of its own. The thread starts when it is needed, ends when it
 * has been idle, and is ended when one job takes too long: then that job is refused.
 */
import { Worker } from 'node:worker_threads'
import { Refusal } from '../http/refusal.ts'

const longest = 20_000
const idle = 30_000

type Answer<Told> = { id: number; it: Told } | { id: number; failure: string }

/** `module` answers with `answerAside`. */
export function aside<Asked, Told>(module: URL): (asked: Asked) => Promise<Told> {
  type Job = { done: (it: Told) => void; failed: (error: Error) => void; until: NodeJS.Timeout }
  let worker: Worker | null = null
  let ending: NodeJS.Timeout | undefined
  const jobs = new Map<number, Job>()
  let last = 0

  function start(): Worker {
    const started = new Worker(module, { env: {}, resourceLimits: { maxOldGenerationSizeMb: 256 } })
    started.unref()
    started.on('message', (answer: Answer<Told>) => {
      const job = settled(answer.id)
      if ('it' in answer) job?.done(answer.it)
      else job?.failed(new Error(answer.failure))
      if (jobs.size === 0) {
        ending = setTimeout(() => stop(started, new Error('idle')), idle)
        ending.unref()
      }
    })
    started.on('error', error => stop(started, error instanceof Error ? error : new Error(String(error))))
    started.on('exit', () => stop(started, new Error('the thread for long work ended')))
    return started
  }

  function settled(id: number): Job | undefined {
    const job = jobs.get(id)
    jobs.delete(id)
    clearTimeout(job?.until)
    return job
  }

  /** Whoever waits for it is told; the next job starts another. */
  function stop(which: Worker, why: Error) {
    if (worker !== which) return
    worker = null
    void which.terminate()
    for (const id of [...jobs.keys()]) settled(id)?.failed(why)
  }

  return asked => {
    clearTimeout(ending)
    worker ??= start()
    const at = worker
    const id = ++last
    return new Promise<Told>((done, failed) => {
      const until = setTimeout(() => stop(at, new Refusal('too-large', 413)), longest)
      jobs.set(id, { done, failed, until })
      at.postMessage({ id, asked })
    })
  }
}
