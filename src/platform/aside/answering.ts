/** The other side of `aside`: what the thread does with each job. What goes wrong is told to whoever asked, who logs it. */
import { parentPort } from 'node:worker_threads'

export function answerAside<Asked, Told>(act: (asked: Asked) => Told) {
  parentPort?.on('message', ({ id, asked }: { id: number; asked: Asked }) => {
    try {
      parentPort?.postMessage({ id, it: act(asked) })
    } catch (error) {
      parentPort?.postMessage({ id, failure: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' })
    }
  })
}
