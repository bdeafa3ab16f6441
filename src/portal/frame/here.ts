/** Who is there and by when an answer comes, in words: on every page a person is one step away, with a time. */
import { type Presence as Found, presence } from '../../domain/customers/index.ts'
import type { Home, Presence } from '../page/home.ts'
import { anyOf, minutesOf, timeOf, weekday } from './times.ts'
import type { Visit } from './visit.ts'

/** More names than these are "one of us". */
const mostNames = 3

export function presenceFor(visit: Visit, mailboxId: string | null = null): Promise<Found | null> {
  const { db, customer, now } = visit
  return visit.recall(`presence ${mailboxId}`, () =>
    presence(db, { mailboxId, personId: customer?.personId ?? null }, now),
  )
}

/** Names of people on duty now, and of nobody else. */
export function namesOf(found: Found): string[] {
  const names = found.people.map(({ name }) => name).filter(name => !name.includes('@'))
  return names.length > mostNames ? [] : names
}

export function hereFor(visit: Visit, found: Found): Presence {
  const { say, language, at, to, clock } = visit
  const names = namesOf(found)
  const when = at(found.replyBy)
  const who = {
    when,
    count: names.length,
    names: anyOf(names, language, 'conjunction'),
  }
  const { until } = found
  return {
    title: say('here.title'),
    here: until ? say('here.until', { time: timeOf(until, clock) }) : null,
    words: names.length > 0 ? say('here.answering', who) : say('here.anybody', who),
    strong: say('here.by', { when }),
    write: { label: say('nav.write'), address: to('/help/ask') },
  }
}

const isWhole = ({ stretches: [only, more] }: Pick<Found['days'][number], 'stretches'>) =>
  more === undefined && only?.from === 0 && only.to === 24 * 60

/** "write now" and "… Ana or Hiroshi answers by 12:45 today", around a link. */
export function narrowFor({ say, language, at, to }: Visit, found: Found): Home['narrow'] {
  const names = namesOf(found)
  const who = { when: at(found.replyBy), names: anyOf(names.map(first), language, 'disjunction'), count: names.length }
  return {
    before: say('here.orPerson'),
    link: { label: say('here.writeNow'), address: to('/help/ask') },
    after: names.length > 0 ? say('here.andAnswers', who) : say('here.andAnybody', who),
  }
}

export const first = (name: string) => name.split(/\s+/)[0] ?? name

export function hoursFor({ say, language }: Visit, found: Found): Home['hours'] {
  if (found.days.every(({ stretches }) => stretches.length === 0)) return null
  if (found.days.every(isWhole)) return { title: say('hours.title'), rows: [], beneath: say('hours.always') }
  return {
    title: say('hours.title'),
    rows: found.days.map(({ day, holiday, stretches }, at) => ({
      day: say(at === 0 ? (holiday ? 'hours.todayNamed' : 'hours.today') : holiday ? 'hours.named' : 'hours.day', {
        day: weekday(day, language),
        name: holiday ?? '',
      }),
      times:
        stretches.length === 0
          ? say('hours.closed')
          : isWhole({ stretches })
            ? say('hours.whole')
            : stretches.map(({ from, to }) => `${minutesOf(from)}–${minutesOf(to)}`).join(', '),
      now: at === 0,
    })),
    beneath: null,
  }
}
