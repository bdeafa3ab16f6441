/**
 * Gathers words that are said at the same moment into one transaction, one word for each conversation. When a batch fails each is
 * tried alone, so that nobody's word fails with another's. Holds nothing that was not answered yet: a crash loses no promise.
 */
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { exchange, type Spoken, type Word } from './exchange.ts'

const most = 40
const patienceMs = 4
/** While many speak, what comes meanwhile goes together: a batch costs as much as several words. */
const restMs = 5

type Waiting = { word: Word; done: (spoken: Spoken) => void; failed: (error: unknown) => void }
export type Say = (word: Word) => Promise<Spoken>

export function gatherWords(parts: { db: Db; clock: () => Date; said: (conversationIds: string[]) => void }): Say {
  const waiting: Waiting[] = []
  let busy = false

  async function run(batch: Waiting[]): Promise<void> {
    try {
      const spoken = await inTransaction(parts.db, tx =>
        exchange(
          tx,
          batch.map(each => each.word),
          parts.clock(),
        ),
      )
      parts.said(batch.map(each => each.word.conversationId))
      for (const each of batch) each.done(spoken.get(each.word)!)
    } catch (error) {
      if (batch.length === 1) return batch[0]!.failed(error)
      for (const each of batch) await run([each])
    }
  }

  async function go(): Promise<void> {
    if (busy) return
    busy = true
    await new Promise(resolve => setTimeout(resolve, patienceMs))
    while (waiting.length > 0) {
      await run(nextBatch(waiting))
      if (waiting.length > 0 && waiting.length < most) await new Promise(resolve => setTimeout(resolve, restMs))
    }
    busy = false
  }

  return word =>
    new Promise((done, failed) => {
      waiting.push({ word, done, failed })
      void go()
    })
}

/** In the order in which they came; what belongs to a conversation that is in it already waits. */
function nextBatch(waiting: Waiting[]): Waiting[] {
  const [batch, rest, taken] = [[] as Waiting[], [] as Waiting[], new Set<string>()]
  for (const each of waiting) {
    const { conversationId, messageId } = each.word
    const fits = batch.length < most && !taken.has(conversationId) && !taken.has(messageId)
    if (fits) batch.push(each)
    else rest.push(each)
    taken.add(conversationId).add(messageId)
  }
  waiting.splice(0, waiting.length, ...rest)
  return batch
}
