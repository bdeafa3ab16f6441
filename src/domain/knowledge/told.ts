/** What is said in the log about articles: ids and facts, to those who serve. */
import type { EventKind } from '../../contract/events.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { type Member, visibleTeams } from '../access/index.ts'
import type { ArticleRow } from './tables.ts'

export function tell(
  tx: Tx,
  actor: Member | null,
  it: { kind: EventKind; articleId: string; ownerId: string; facts?: Record<string, unknown> },
  at: Date,
) {
  const scopes = [it.ownerId, ...(actor ? [actor.personId, ...visibleTeams(actor)] : [])]
  return record(tx, {
    kind: it.kind,
    subjectId: it.articleId,
    actorId: actor?.personId ?? null,
    scopes: [...new Set(scopes)],
    facts: it.facts ?? {},
    at,
  })
}

/** A happening of one article. */
export const about = (
  article: ArticleRow,
  what: 'changed' | 'published' | 'withdrawn' | 'removed',
  facts: Record<string, unknown>,
) => ({
  kind: `article.${what}` as const,
  articleId: article.id,
  ownerId: article.ownerId,
  facts,
})
