/** What an action does to the conversation on the screen before the server has answered. Pure; the fresh fetch has the last word. */
import type { ConversationView, MessageView, NextStep, State } from '../../contract/conversations.ts'
import type { PromiseView } from '../../contract/promises.ts'

type Person = { id: string; name: string }

export const stateAfter: Record<NextStep['is'], State> = {
  'we-get-back': 'open',
  'your-turn': 'pending',
  answered: 'solved',
  'we-cannot': 'solved',
  'nothing-owed': 'closed',
}

/** Adds older messages in front; one that is there already is not doubled. */
export function withEarlier(
  view: ConversationView,
  page: { messages: MessageView[]; earlier: string | null },
): ConversationView {
  const known = new Set(view.messages.map(message => message.id))
  const older = page.messages.filter(message => !known.has(message.id))
  return { ...view, messages: [...older, ...view.messages], earlier: page.earlier }
}

/** A fresh fetch brings the newest messages only: those loaded from further back stay in front of them. */
export function keepingEarlier(before: ConversationView | undefined, fresh: ConversationView): ConversationView {
  if (!before || before.id !== fresh.id || before.messages.length === 0) return fresh
  const known = new Set(fresh.messages.map(message => message.id))
  const oldest = fresh.messages[0]?.at
  if (oldest === undefined || fresh.earlier === null) return fresh
  const older = before.messages.filter(message => !known.has(message.id) && Date.parse(message.at) < Date.parse(oldest))
  // A gap between the two would show as if nothing had been said there: then start from the fresh end.
  const joined = before.messages.some(message => known.has(message.id))
  if (older.length === 0 || !joined) return fresh
  return { ...fresh, messages: [...older, ...fresh.messages], earlier: before.earlier }
}

export function withMessage(view: ConversationView, message: MessageView): ConversationView {
  return { ...view, messages: [...view.messages.filter(other => other.id !== message.id), message] }
}

export function withoutMessage(view: ConversationView, messageId: string): ConversationView {
  return { ...view, messages: view.messages.filter(message => message.id !== messageId) }
}

export function withOwner(view: ConversationView, owner: Person): ConversationView {
  return { ...view, owner, answering: owner }
}

/** The promise the header shows: our earliest open one; theirs when nothing of ours is open. */
export function leadingPromise(promises: readonly PromiseView[]): PromiseView | null {
  const open = promises.filter(
    ({ state, direction }) => direction !== 'inside' && (state === 'open' || state === 'soon' || state === 'overdue'),
  )
  const byDue = open.toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
  return byDue.find(promise => promise.direction === 'ours') ?? byDue[0] ?? null
}

/** A message as it stands in the stream while it is on its way to the server. */
export function onItsWay(
  sent: {
    id: string
    kind: 'reply' | 'note'
    html: string
    text: string
    recipients: MessageView['recipients']
    from: string | null
    nextStep: NextStep | null
  },
  author: Person,
  at: Date,
): MessageView {
  return {
    id: sent.id,
    kind: sent.kind,
    author,
    authorRaw: null,
    ours: true,
    recipients: sent.recipients,
    from: sent.from,
    at: at.toISOString(),
    subject: null,
    html: sent.html,
    trimmedHtml: null,
    text: sent.text,
    trimmed: null,
    language: null,
    attachments: [],
    hasRaw: false,
    nextStep: sent.nextStep,
    sending: [],
    undoUntil: null,
    takenBackAt: null,
    promises: [],
    offer: null,
  }
}
