/** "Later": a reminder to oneself, inside. It takes a conversation out of one's own list and changes nothing that is owed. Pure. */
import type { Moves, OpenPromise } from '../promises/index.ts'
import type { Standing } from './standing.ts'

export function remindersOf(open: readonly OpenPromise[], personId: string): OpenPromise[] {
  return open.filter(each => each.kind === 'reminder' && each.byPersonId === personId)
}

/** One at a time: another time takes the place of the one before. */
export function afterSnooze(before: Standing, personId: string, until: Date): Moves {
  return {
    ends: remindersOf(before.open, personId).map(each => ({ id: each.id, how: 'replaced', why: null, replacedBy: 0 })),
    makes: [
      {
        kind: 'reminder',
        direction: 'inside',
        byPersonId: personId,
        byTeamId: null,
        toPersonId: personId,
        words: '',
        automatic: false,
        dueAt: until,
        told: false,
      },
    ],
  }
}

/** Its time has come, or it is looked at before: either way one has come back to it. */
export function afterWake(before: Standing, personId: string): Moves {
  return { ends: remindersOf(before.open, personId).map(each => ({ id: each.id, how: 'kept', why: null })), makes: [] }
}
