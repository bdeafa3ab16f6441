/** The thread that reads large words. It touches no file, database or network. */
import { parentPort } from 'node:worker_threads'
import { type Inside, written } from './written.ts'

parentPort?.on('message', ({ id, body, inside }: { id: number; body: string; inside: Inside }) => {
  try {
    parentPort?.postMessage({ id, it: written(body, inside) })
  } catch (error) {
    // Not swallowed: whoever asked is told, and logs it.
    parentPort?.postMessage({ id, failure: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' })
  }
})
