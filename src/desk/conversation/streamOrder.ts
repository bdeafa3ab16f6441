/** Puts messages and happenings of a conversation into one stream, oldest first. Decides what is worth a line; draws nothing. */
import type { z } from 'zod'
import type { AskView } from '../../contract/asks.ts'
import type { ConversationView, Happening, MessageView } from '../../contract/conversations.ts'
import { folded } from '../marks/fold.ts'

export type Happened = z.infer<typeof Happening>
export type StreamItem =
  | { is: 'message'; key: string; message: MessageView }
  | { is: 'happening'; key: string; happening: Happened }
  | { is: 'ask'; key: string; ask: AskView }
  /** where what came while one was writing begins */
  | { is: 'fresh'; key: string; at: string }

/** Events that say something a message, a promise or the header doesn't say already. */
const telling = new Set([
  'conversation.begun',
  'conversation.closed',
  'conversation.owned',
  'conversation.handed-over',
  'conversation.put-away',
  'conversation.taken-back',
  'conversation.needed-by-set',
  'conversation.customer-changed',
  'conversation.took-in',
  'conversation.unmerged',
  'conversation.split',
  'conversation.linked',
  'conversation.unlinked',
  'conversation.moved',
  'conversation.snoozed',
  'conversation.act-undone',
  'reply.scheduled',
  'reply.rescheduled',
  'reply.unscheduled',
  'reply.stopped',
  'conversation.tagged',
  'conversation.field-set',
  'conversation.prioritised',
  'conversation.followed',
  'participant.settled',
  'message.taken-back',
  'follow-up.judged',
  'follow-up.silent',
  'follow-up.not-asked',
  'follow-up.put-off',
  'options.picked',
  'options.refused',
  'options.withdrawn',
  'promise.renegotiated',
  'promise.kept',
  'message.received',
  'rule.applied',
  'spam.suspected',
  'goodwill.granted',
  'goodwill.asked',
  'goodwill.declined',
  'goodwill.withdrawn',
])

export function streamOf(
  view: Pick<ConversationView, 'messages' | 'happenings' | 'earlier'>,
  fresh: ReadonlySet<string> = new Set(),
): StreamItem[] {
  const oldest = view.messages[0]?.at
  const items: { at: string; rank: number; item: StreamItem }[] = []
  for (const message of view.messages)
    items.push({ at: message.at, rank: 0, item: { is: 'message', key: message.id, message } })
  for (const happening of view.happenings) {
    if (!isTelling(happening, view.messages)) continue
    // What happened before the messages on the screen comes with them, when they are asked for.
    if (view.earlier !== null && oldest !== undefined && happening.at < oldest) continue
    items.push({ at: happening.at, rank: 1, item: { is: 'happening', key: `h${happening.seq}`, happening } })
  }
  items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.rank - b.rank)
  const stream: StreamItem[] = []
  for (const { item } of items) {
    const before = stream.at(-1)
    const together =
      item.is === 'happening' && before?.is === 'happening' ? folded(before.happening, item.happening) : null
    if (together !== null) stream.pop()
    if (together !== 'nothing')
      stream.push(item.is === 'happening' && together ? { ...item, happening: together } : item)
  }
  const first = stream.findIndex(item => item.is === 'message' && fresh.has(item.message.id))
  const start = stream[first]
  if (start?.is === 'message') stream.splice(first, 0, { is: 'fresh', key: 'fresh', at: start.message.at })
  return stream
}

/** They say more than the message that came with them. */
const said = new Set([
  'conversation.begun',
  'conversation.handed-over',
  'follow-up.judged',
  'options.picked',
  'options.refused',
])

function isTelling(happening: Happened, messages: readonly MessageView[]): boolean {
  if (!telling.has(happening.kind)) return false
  // An acknowledgement is no message in the stream: the event of what it answered tells of it.
  if (happening.kind === 'message.received') return happening.facts.acknowledged === true
  // A reply that keeps a promise or closes the matter stands there itself.
  const by = happening.facts.messageId
  if (said.has(happening.kind)) return true
  return typeof by !== 'string' || !messages.some(message => message.id === by)
}

/** Messages of others that are newer than what the writer had seen: what stops a stale reply. */
export function cameWhileWriting(
  seen: ReadonlySet<string>,
  messages: readonly MessageView[],
  me: string,
): MessageView[] {
  return messages.filter(
    message =>
      !seen.has(message.id) &&
      message.takenBackAt === null &&
      message.author?.id !== me &&
      (message.kind === 'message' || message.kind === 'reply' || message.kind === 'call' || message.kind === 'note'),
  )
}
