/** What sorting leaves behind of a batch: which rules matched, and the events that tell of it. Holds no database. */
import type { Happened } from '../../platform/events/index.ts'
import type { Match } from '../automation/index.ts'
import type { Batch, Working } from './batch.ts'

export function matchesOf(batch: Batch, at: Date): Match[] {
  return [...batch.sorted].flatMap(([working, { place }]) =>
    (place.sorted?.applied ?? []).map(({ ruleId, tagIds, priority }) => ({
      ruleId,
      conversationId: working.id,
      tagIds,
      priority,
      at,
    })),
  )
}

export function eventsOfSorting(batch: Batch, at: Date): Happened[] {
  const by = { actorId: null, at }
  const told = [...batch.sorted].flatMap(([working, { place, byRule }]): Happened[] => {
    const about = { ...by, subjectId: working.id, scopes: scopesOf(working) }
    const applied = (place.sorted?.applied ?? []).map(
      (one): Happened => ({
        ...about,
        kind: 'rule.applied',
        facts: { ...one, ownerId: one.ownerId === working.ownerId ? one.ownerId : null },
      }),
    )
    if (!working.ownerId) return applied
    const facts = byRule
      ? { ownerId: working.ownerId, byRule }
      : { ownerId: working.ownerId, automatic: place.mailbox.assigns }
    return [...applied, { ...about, kind: 'conversation.owned', facts }]
  })
  const suspected = batch.verdicts.map(({ conversationId, why, score, blockedId }): Happened => {
    const working = batch.conversations.get(conversationId)!
    const facts = { why, score, blockedId }
    return { ...by, kind: 'spam.suspected', subjectId: conversationId, scopes: scopesOf(working), facts }
  })
  return [...told, ...suspected]
}

export function scopesOf(working: Working): string[] {
  return working.ownerId ? [working.teamId, working.ownerId] : [working.teamId]
}
