/** Several marks one after the other, by the same person within minutes, are one line of history; what was taken back at once is none. Pure. */
import type { z } from 'zod'
import type { Happening } from '../../contract/conversations.ts'

type Happened = z.infer<typeof Happening>
type Facts = Happened['facts']
const near = 10 * 60_000
const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []

/** The two as one; 'nothing' when the second undid the first; null when each stands for itself. */
export function folded(one: Happened, next: Happened): Happened | 'nothing' | null {
  if (one.kind !== next.kind || one.actor?.id !== next.actor?.id) return null
  if (Date.parse(next.at) - Date.parse(one.at) > near) return null
  const facts = folds[one.kind]?.(one.facts, next.facts)
  if (facts === undefined || facts === null) return null
  return facts === 'nothing' ? facts : { ...next, facts: { ...next.facts, ...facts } }
}

const folds: Record<string, (one: Facts, next: Facts) => Facts | 'nothing' | null> = {
  'conversation.tagged': tagged,
  'conversation.field-set': (one, next) => {
    if ((one.cleared === true) !== (next.cleared === true)) return null
    return { fields: [...new Set([...(list(one.fields).length > 0 ? list(one.fields) : [one.field]), next.field])] }
  },
  'conversation.prioritised': (one, next) => (one.before === next.priority ? 'nothing' : { before: one.before }),
  'conversation.followed': (one, next) => (one.following === next.following ? null : 'nothing'),
}

function tagged(one: Facts, next: Facts): Facts | 'nothing' | null {
  const names = new Map<string, string>()
  for (const facts of [one, next])
    for (const [ids, words] of [
      [list(facts.added), list(facts.addedNames)],
      [list(facts.removed), list(facts.removedNames)],
    ] as const) {
      // One that is gone has no name: then which is which cannot be said.
      if (ids.length !== words.length) return null
      for (const [at, id] of ids.entries()) names.set(id, words[at] ?? '')
    }
  const added = new Set(list(one.added))
  const removed = new Set(list(one.removed))
  for (const id of list(next.added)) if (!removed.delete(id)) added.add(id)
  for (const id of list(next.removed)) if (!added.delete(id)) removed.add(id)
  if (added.size + removed.size === 0) return 'nothing'
  const called = (ids: Set<string>) => [...ids].map(id => names.get(id) ?? '')
  return { added: [...added], addedNames: called(added), removed: [...removed], removedNames: called(removed) }
}
