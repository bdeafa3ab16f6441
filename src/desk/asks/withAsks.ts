/** Puts asks into the stream of their conversation, where they were asked. Pure. */
import type { AskView } from '../../contract/asks.ts'
import type { StreamItem } from '../conversation/streamOrder.ts'

const timeOf = (item: StreamItem): string => {
  if (item.is === 'message') return item.message.at
  if (item.is === 'happening') return item.happening.at
  return item.is === 'ask' ? item.ask.askedAt : item.at
}

/** What was asked before the messages on the screen comes with them, when they are asked for. */
export function withAsks(items: readonly StreamItem[], asks: readonly AskView[], oldest: string | null): StreamItem[] {
  const stream = [...items]
  for (const ask of asks) {
    const at = Date.parse(ask.askedAt)
    if (oldest !== null && at < Date.parse(oldest)) continue
    const place = stream.findIndex(item => Date.parse(timeOf(item)) > at)
    stream.splice(place < 0 ? stream.length : place, 0, { is: 'ask', key: `ask ${ask.id}`, ask })
  }
  return stream
}
