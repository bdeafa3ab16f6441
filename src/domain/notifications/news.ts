/** Which events are news, of what kind and about what, and what an event settles so that nobody has to read of it any more. Pure: who hears of it is found where the rows are. */
import type { NotificationKind } from '../../contract/notifications.ts'

/** What an event may be news of; who hears of it is found where the rows are. */
export type News = {
  kind: NotificationKind
  seq: number
  at: Date
  actorId: string | null
  conversationId: string | null
  promiseId: string | null
  messageId: string | null
  mailboxId: string | null
  askId: string | null
  /** of the community; then `aboutId` is its topic */
  postId: string | null
  /** what it is about, where that is neither a conversation, a promise nor an ask */
  aboutId: string | null
  /** whom it is for, where the event says so */
  toId: string | null
  /** the first of its conversation */
  fresh: boolean
}

export type Happening = {
  seq: number
  kind: string
  subjectId: string | null
  actorId: string | null
  facts: Record<string, unknown>
  at: Date
}

const text = (fact: unknown) => (typeof fact === 'string' ? fact : null)
const firstOf = (fact: unknown) => (Array.isArray(fact) ? text(fact[0]) : null)
/** Kinds of promises whose time is a reminder to oneself rather than something somebody waits for. */
const reminding = new Set(['reminder', 'ask-again', 'follow-up', 'check-in'])

export function newsOf({ seq, kind, subjectId, actorId, facts, at }: Happening): News[] {
  const conversationId = text(facts.conversationId) ?? subjectId
  const bare = {
    seq,
    at,
    actorId,
    promiseId: null,
    messageId: null,
    mailboxId: null,
    askId: text(facts.askId),
    postId: null,
    aboutId: null,
    toId: null,
    fresh: facts.fresh === true,
  }
  const here = { ...bare, conversationId, messageId: text(facts.messageId) }
  const given = { aboutId: text(facts.goodwillId), toId: text(facts.toId) }
  switch (kind) {
    case 'message.received':
      return facts.state === 'open' ? [{ ...here, kind: 'message' }] : []
    case 'message.replied':
      return [{ ...here, kind: 'message' }]
    case 'message.noted':
      return [
        { ...here, kind: 'mention' },
        { ...here, kind: 'message' },
      ]
    case 'follow-up.judged':
      return [{ ...here, kind: 'verdict' }]
    case 'options.picked':
    case 'options.refused':
      return [{ ...here, kind: 'choice' }]
    case 'conversation.owned':
      return text(facts.ownerId) ? [{ ...here, kind: 'given', toId: text(facts.ownerId) }] : []
    case 'conversation.handed-over':
      return [
        ...(text(facts.toId) ? [{ ...here, kind: 'given' as const, toId: text(facts.toId) }] : []),
        ...(Number(facts.count) > 1 ? [{ ...here, kind: 'handed-again' as const }] : []),
      ]
    case 'goodwill.asked':
      // With the promise to decide: whoever keeps it has read of it.
      return [{ ...here, ...given, kind: 'goodwill-asked', promiseId: firstOf(facts.made) }]
    case 'goodwill.granted':
    case 'goodwill.declined':
      return facts.decided === true ? [{ ...here, ...given, kind: 'goodwill-decided' }] : []
    case 'goodwill.withdrawn':
      return [{ ...here, ...given, kind: 'goodwill-decided' }]
    case 'question.decision-asked': {
      const of = { conversationId: null, aboutId: subjectId, promiseId: text(facts.promiseId) }
      return [{ ...bare, ...of, kind: 'decision-asked', toId: text(facts.byId) }]
    }
    case 'question.decided':
      return [{ ...bare, conversationId: null, aboutId: subjectId, kind: 'decision-made', toId: text(facts.toId) }]
    case 'ask.told':
      // To the expert: of the ask alone, and nothing of where it was asked.
      if (facts.what === 'closed' || !bare.askId) return []
      return [
        {
          ...bare,
          conversationId: null,
          kind: facts.what === 'made' || facts.what === 'question' ? 'asked' : 'ask-judged',
        },
      ]
    case 'ask.answered':
      return bare.askId ? [{ ...bare, conversationId, actorId: text(facts.authorId), kind: 'ask-answered' }] : []
    case 'ask.bounced':
      return bare.askId ? [{ ...bare, conversationId, kind: 'unsent' }] : []
    case 'message.troubled':
    case 'message.bounced':
      return here.messageId && conversationId ? [{ ...here, kind: 'unsent' }] : []
    case 'mailbox.alerted':
      return subjectId ? [{ ...bare, conversationId: null, mailboxId: subjectId, kind: 'mailbox' }] : []
    case 'topic.begun':
    case 'post.written':
    case 'post.changed':
    case 'post.settled':
      return newsOfPost({ ...bare, conversationId: null, aboutId: subjectId, postId: text(facts.postId) }, facts)
    case 'promise.coming-due':
    case 'promise.fell-due': {
      const promiseId = text(facts.promiseId)
      // With whom to be in touch stands on Today; nobody is nagged about it.
      if (!promiseId || facts.kind === 'check-in') return []
      const fallen = kind === 'promise.fell-due'
      const reminds = reminding.has(String(facts.kind))
      if (reminds && !fallen) return []
      const is = reminds ? 'reminder' : fallen ? 'overdue' : 'due-soon'
      return [{ ...bare, conversationId: subjectId, promiseId, kind: is }]
    }
    case 'promise.went-unheeded': {
      const promiseId = text(facts.promiseId)
      return promiseId ? [{ ...bare, conversationId: subjectId, promiseId, kind: 'unheeded' }] : []
    }
    default:
      return []
  }
}

/** Who is mentioned was not told of it before; who follows hears the first time that others can read it. */
function newsOfPost(bare: Omit<News, 'kind'>, facts: Record<string, unknown>): News[] {
  if (!bare.postId || !bare.aboutId) return []
  const named = Array.isArray(facts.named) ? facts.named.flatMap(id => text(id) ?? []) : []
  const mentions = named.map(toId => ({ ...bare, toId, kind: 'topic-mention' as const }))
  if (!bare.fresh) return mentions
  const begins = Number(facts.number ?? 1) === 1
  return [
    ...mentions,
    ...(begins ? (['topic-begun'] as const) : (['topic-answered', 'topic-post'] as const)).map(kind => ({
      ...bare,
      kind,
    })),
  ]
}

/** What an event settles, so that nobody has to read of it any more. */
export type Settled =
  | { is: 'promises'; ids: string[] }
  | { is: 'mailbox'; id: string }
  /** it was answered, relayed or closed: nobody has to be told of what came before */
  | { is: 'ask'; id: string; kind: 'asked' | 'ask-answered' }
  /** who acts in a conversation has seen what is in it */
  | { is: 'seen'; personId: string; conversationId: string }
  /** and who writes in a topic what is in that */
  | { is: 'seen-topic'; personId: string; topicId: string }

const acts = new Set(['message.replied', 'message.noted', 'conversation.closed', 'conversation.handed-over'])

export function settledBy({ kind, subjectId, actorId, facts }: Happening): Settled[] {
  const settled: Settled[] = []
  const ended = Array.isArray(facts.ended) ? facts.ended : []
  const ids = ended.flatMap(each => text((each as { id?: unknown } | null)?.id) ?? [])
  const kept = kind === 'promise.kept' ? text(facts.promiseId) : null
  if (ids.length > 0 || kept) settled.push({ is: 'promises', ids: kept ? [...ids, kept] : ids })
  if ((kind === 'mailbox.recovered' || kind === 'mailbox.removed') && subjectId)
    settled.push({ is: 'mailbox', id: subjectId })
  const askId = text(facts.askId)
  if (askId && (kind === 'ask.closed' || (kind === 'ask.answered' && facts.back !== true)))
    settled.push({ is: 'ask', id: askId, kind: 'asked' })
  if (askId && kind === 'ask.relayed') settled.push({ is: 'ask', id: askId, kind: 'ask-answered' })
  if (acts.has(kind) && actorId && subjectId) settled.push({ is: 'seen', personId: actorId, conversationId: subjectId })
  if (kind === 'post.written' && actorId && subjectId)
    settled.push({ is: 'seen-topic', personId: actorId, topicId: subjectId })
  return settled
}
