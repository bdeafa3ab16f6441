/** Counts by hand what Insight counts by one statement: a second way to the same figures, to hold the first one to. */
import { Because } from '../src/contract/promises.ts'

export const dayIn = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(at)

const begin = Date.parse('2026-10-24T22:30:00Z')
/** So many hours after the story begins, in the week in which clocks go back. */
export const at = (hour: number) => new Date(begin + hour * 3_600_000)

export type Promised = {
  kind: string
  direction: string
  due: number
  end: number | null
  how: string | null
  why: string | null
}

/** What happened in one conversation, kept beside the database so that it can be counted by hand. */
export type Told = {
  team: string
  state: string
  opened: Date
  promises: Promised[]
  said: { at: Date; is: 'reply' | 'customer'; takenBack?: boolean }[]
  verdicts: { at: Date; verdict: string }[]
  handovers: { at: Date; from: string; to: string }[]
}

export function countedByHand(all: Iterable<Told>): Record<string, number> {
  const sums: Record<string, number> = {}
  const add = (told: Told, when: Date, measure: string) => {
    const key = `${told.team} ${dayIn(when)} ${measure}`
    sums[key] = (sums[key] ?? 0) + 1
  }
  for (const told of all) {
    if (told.state === 'spam') continue
    for (const { kind, direction, due, end, how, why } of told.promises) {
      if (
        end === null ||
        !['ours', 'theirs'].includes(direction) ||
        !['reply', 'action'].includes(kind) ||
        how === 'released'
      )
        continue
      const is = how === 'kept' ? (end <= due ? 'kept' : 'kept-late') : brokenAs(why)
      add(told, at(end), `${direction}.${is}`)
      if (is === 'kept-late' && direction === 'ours') add(told, at(end), `ours.late-${lateAs(why)}`)
    }
    const replies = told.said.filter(each => each.is === 'reply' && !each.takenBack).sort((a, b) => +a.at - +b.at)
    replies.forEach((reply, n) => {
      add(told, reply.at, 'answer.given')
      add(told, reply.at, 'said.people')
      const until = replies[n + 1]?.at ?? new Date(8.64e15)
      const judged = told.verdicts.find(each => each.at >= reply.at && each.at < until)?.verdict
      const again = told.said.some(each => each.is === 'customer' && each.at > reply.at)
      if (judged === 'worked' || (judged === 'silent' && !again)) add(told, reply.at, 'answer.held')
      else if (judged === 'wrong' || judged === 'incomplete' || again) add(told, reply.at, 'answer.not-held')
    })
    for (const each of told.verdicts) add(told, each.at, `verdict.${each.verdict}`)
    const first = told.verdicts.find(each => each.verdict !== 'silent')
    if (first) add(told, first.at, first.verdict === 'worked' ? 'first.worked' : 'first.other')
    const turns = told.handovers.toSorted((a, b) => +a.at - +b.at)
    turns.forEach((each, n) => {
      add(told, each.at, 'handover')
      if (n > 0) add(told, each.at, 'handover.second')
      if (turns.slice(0, n + 1).some(before => before.from === each.to)) add(told, each.at, 'handover.back')
    })
    add(told, told.opened, 'begun')
    const waits = replies.filter(each => each.at >= told.opened).map(each => (+each.at - +told.opened) / 3_600_000)[0]
    add(
      told,
      told.opened,
      waits === undefined
        ? 'human.none'
        : waits < 1
          ? 'human.hour'
          : waits < 4
            ? 'human.four'
            : waits < 24
              ? 'human.day'
              : waits < 72
                ? 'human.days'
                : 'human.later',
    )
  }
  return sums
}

const lateAs = (why: string | null) => (why !== null && Because.options.some(each => each === why) ? why : 'unsaid')

const brokenAs = (why: string | null) =>
  why === null
    ? 'broken-unsaid'
    : why === 'we-cannot'
      ? 'broken-no'
      : why === 'lost-sight'
        ? 'broken-lost-sight'
        : 'broken-other'
