/** What history says of merging, splitting, moving, "later" and waiting replies: the gaps of its sentences, and which one it is. */
import type { Place } from '../../ui/index.ts'
import { whenWords } from '../compose/whenWords.ts'

type Facts = Record<string, unknown>

export function structureGaps(kind: string, facts: Facts, place: Place): Record<string, unknown> {
  if (!/^(conversation|reply)\./.test(kind)) return {}
  const at = facts.until ?? facts.sendAt
  return {
    ...(typeof facts.number === 'number' ? { number: facts.number } : {}),
    ...(typeof facts.messages === 'number' ? { count: facts.messages } : {}),
    ...(typeof facts.toTeam === 'string' ? { team: facts.toTeam } : {}),
    ...(typeof facts.movedBecause === 'string' ? { reason: facts.movedBecause } : {}),
    ...(typeof at === 'string' ? { when: whenWords(at, place) } : {}),
  }
}

export function structureVariant(kind: string, facts: Facts): string {
  if (kind === 'conversation.split') return facts.as === 'part' ? '-part' : ''
  if (kind === 'conversation.unmerged') return typeof facts.number === 'number' ? '' : '-self'
  return ''
}
