/**
 * What is told to whom by which way, and when: which events are news, what somebody gets who chose nothing, and when quiet
 * hours let a mail or a push go. Pure: no clock, no database. All zone arithmetic is Temporal's.
 */
import { Temporal } from 'temporal-polyfill'
import { type Choices, type NotificationKind, NotificationKinds, type Ways } from '../../contract/notifications.ts'

/** What is read within this time on a screen goes nowhere else. */
export const grace = { mailMs: 60_000, pushMs: 5_000 }

const usualWays: Record<NotificationKind, Ways> = {
  message: { app: true, mail: 'digest', push: true },
  given: { app: true, mail: 'at-once', push: true },
  mention: { app: true, mail: 'at-once', push: true },
  verdict: { app: true, mail: 'digest', push: false },
  choice: { app: true, mail: 'at-once', push: true },
  'due-soon': { app: true, mail: 'no', push: true },
  overdue: { app: true, mail: 'at-once', push: true },
  reminder: { app: true, mail: 'no', push: true },
  unsent: { app: true, mail: 'at-once', push: true },
  mailbox: { app: true, mail: 'at-once', push: false },
  unowned: { app: true, mail: 'at-once', push: true },
  unheeded: { app: true, mail: 'no', push: true },
  // The question itself comes by mail, to be answered there.
  asked: { app: true, mail: 'no', push: true },
  'ask-answered': { app: true, mail: 'at-once', push: true },
  'ask-judged': { app: true, mail: 'digest', push: false },
  'handed-again': { app: true, mail: 'digest', push: false },
  'goodwill-asked': { app: true, mail: 'at-once', push: true },
  'goodwill-decided': { app: true, mail: 'digest', push: true },
  'decision-asked': { app: true, mail: 'at-once', push: true },
  'decision-made': { app: true, mail: 'digest', push: false },
}

export const usual: Choices = {
  kinds: usualWays,
  digest: { every: 'day', minute: 480 },
  quiet: null,
  reachedOn: [1, 2, 3, 4, 5, 6, 7],
  pausedUntil: null,
  showsWords: false,
}

/** What was chosen over what is usual. */
export function choicesOver(chosen: Partial<Choices>): Choices {
  return { ...usual, ...chosen, kinds: { ...usualWays, ...chosen.kinds } }
}

/** Only what differs from the usual is kept: what is usual may change with time. */
export function differing(kinds: Choices['kinds']): Partial<Choices['kinds']> {
  const differs = (kind: NotificationKind) => {
    const [one, other] = [kinds[kind], usualWays[kind]]
    return one.app !== other.app || one.mail !== other.mail || one.push !== other.push
  }
  return Object.fromEntries(NotificationKinds.filter(differs).map(kind => [kind, kinds[kind]]))
}

type Hours = Pick<Choices, 'quiet' | 'reachedOn' | 'pausedUntil'>

export function isQuiet(hours: Hours, zone: string, at: Date): boolean {
  if (hours.pausedUntil && at < new Date(hours.pausedUntil)) return true
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
  if (!hours.reachedOn.includes(local.dayOfWeek)) return true
  if (!hours.quiet || hours.quiet.from === hours.quiet.to) return false
  const minute = local.hour * 60 + local.minute
  const { from, to } = hours.quiet
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}

/** `at` itself where it is not quiet, else the first moment after it that is not. */
export function afterQuiet(hours: Hours, zone: string, at: Date): Date {
  const paused = hours.pausedUntil ? new Date(hours.pausedUntil) : at
  const from = paused > at ? paused : at
  if (!isQuiet(hours, zone, from)) return from
  const local = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone)
  const today = local.toPlainDate()
  const turn = local.getTimeZoneTransition('next')
  const candidates = turn ? [new Date(turn.epochMilliseconds)] : []
  // It ends at a midnight, at the end of the nightly hours, or where clocks jump over one of these; within eight days one of them.
  for (let days = 0; days <= 8; days++) {
    const day = today.add({ days })
    const midnight = day.toZonedDateTime(zone)
    candidates.push(new Date(midnight.epochMilliseconds))
    if (hours.quiet) candidates.push(new Date(atMinute(day, hours.quiet.to, zone).epochMilliseconds))
  }
  const ends = candidates.filter(each => each > from && !isQuiet(hours, zone, each))
  return ends.sort((a, b) => a.getTime() - b.getTime())[0] ?? from
}

function atMinute(day: Temporal.PlainDate, minute: number, zone: string): Temporal.ZonedDateTime {
  return day.toZonedDateTime({
    timeZone: zone,
    plainTime: new Temporal.PlainTime(Math.floor(minute / 60), minute % 60),
  })
}

/** The next digest strictly after `at`. */
export function nextDigest(digest: Choices['digest'], zone: string, at: Date): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone)
  if (digest.every === 'hour') {
    const hour = local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).add({ hours: 1 })
    return new Date(hour.epochMilliseconds)
  }
  for (let days = 0; ; days++) {
    const next = new Date(atMinute(local.toPlainDate().add({ days }), digest.minute, zone).epochMilliseconds)
    if (next > at) return next
  }
}

/** When something of this kind that happened at `at` may go out, and whether it shows in the app. */
export function goesOut(choices: Choices, kind: NotificationKind, zone: string, at: Date) {
  const ways = choices.kinds[kind]
  const mailFrom = ways.mail === 'digest' ? nextDigest(choices.digest, zone, at) : new Date(at.getTime() + grace.mailMs)
  return {
    inApp: ways.app,
    mailAt: ways.mail === 'no' ? null : afterQuiet(choices, zone, mailFrom),
    pushAt: ways.push ? afterQuiet(choices, zone, new Date(at.getTime() + grace.pushMs)) : null,
  }
}

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

/** What an event settles, so that nobody has to read of it any more. */
export type Settled =
  | { is: 'promises'; ids: string[] }
  | { is: 'mailbox'; id: string }
  /** it was answered, relayed or closed: nobody has to be told of what came before */
  | { is: 'ask'; id: string; kind: 'asked' | 'ask-answered' }
  /** who acts in a conversation has seen what is in it */
  | { is: 'seen'; personId: string; conversationId: string }

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
  return settled
}
