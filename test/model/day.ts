/** A random day's shared pieces: the desk it happens at, what is known of its conversations, and how steps act. Decides nothing. */
import type { Member } from '../../src/domain/access/index.ts'
import { inTransaction, type Tx } from '../../src/platform/db/index.ts'
import type { Position } from '../../src/platform/events/index.ts'
import type { aDesk } from '../desk.ts'
import type { Expected, Step } from './expected.ts'
import type { Chance } from './random.ts'

export let desk: Awaited<ReturnType<typeof aDesk>>
export let members: [Member, Member]

/** The steps of a file act on one desk. */
export function actOn(it: typeof desk, who: typeof members) {
  desk = it
  members = who
}

export type Known = { expected: Expected; customer: string; id: string; mailId: string }
export type Day = {
  chance: Chance
  known: Map<string, Known>
  cached: Map<string, { state: string; version: number }>
  position: Position
  /** events read so far */
  heard: number
  mails: number
  /** in which both members serve as well */
  otherTeam: string
  held: { messageId: string; by: Member; before: Expected; id: string } | null
}

/** A note is seen by who is writing an answer, and takes nobody's undo away. */
export function noted(day: Day, it: Known) {
  it.expected = { ...it.expected, version: it.expected.version + 1 }
  if (day.held?.id === it.id) day.held.before = { ...day.held.before, version: day.held.before.version + 1 }
}

export const act = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(desk.db, run)
export const hours = (n: number) => new Date(desk.clock.now.getTime() + n * 3_600_000).toISOString()

export function stepOf(is: Step, kind: 'reply' | 'action') {
  switch (is) {
    case 'we-get-back':
      return { is, words: 'we say more', dueAt: hours(20), kind }
    case 'your-turn':
      return { is, askAgainAt: hours(70), theirs: { words: 'the log', dueAt: hours(40) } }
    case 'answered':
      return { is, followUpAt: hours(170) }
    case 'we-cannot':
      return {
        is,
        personalWord: 'I am sorry',
        alternative: { is: 'none' as const, because: 'it is no longer made' },
        followUpAt: hours(170),
      }
    case 'nothing-owed':
      return { is, because: 'thanks' as const }
  }
}
