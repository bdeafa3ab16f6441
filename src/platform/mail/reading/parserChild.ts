/** The process that reads hostile mail: takes batches by IPC, answers mail by mail in order, and may be killed at any moment. It touches no file, database or network. */
import { flushCompileCache } from 'node:module'
import { read } from './read.ts'
import type { Reading, ReadingOptions } from './reading.ts'

export type Batch = { mails: Buffer[]; options: ReadingOptions }
export type Answer = { ready: true } | { reading: Reading } | { failure: string }

function answer(it: Answer): Promise<void> {
  return new Promise(resolve => {
    if (!process.send?.(it, undefined, {}, () => resolve())) return
    setImmediate(resolve)
  })
}

let queue = Promise.resolve()

process.on('message', (batch: Batch) => {
  queue = queue.then(async () => {
    for (const raw of batch.mails) {
      let found: Answer
      try {
        found = { reading: read(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), batch.options) }
      } catch (error) {
        // Not swallowed: the failure travels to the parent, which quarantines the mail and logs it.
        found = { failure: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown' }
      }
      await answer(found)
    }
  })
})
process.on('disconnect', () => process.exit(0))
void answer({ ready: true })
// It is ended by a kill, so what was compiled is kept now or never.
flushCompileCache()
