/**
 * By which way something is told, and when: what somebody gets who chose nothing, and when quiet hours let a mail or a push go. Pure: no clock, no database. All zone arithmetic is Temporal's.
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
  'topic-mention': { app: true, mail: 'at-once', push: true },
  'topic-answered': { app: true, mail: 'digest', push: false },
  'topic-post': { app: true, mail: 'digest', push: false },
  'topic-begun': { app: true, mail: 'digest', push: false },
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
