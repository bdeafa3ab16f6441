/** How a ledger row becomes what screens draw; the columns are named here once for every query that shows promises. */
import { type RawBuilder, sql } from 'kysely'
import type { PromiseKind, PromiseTarget, PromiseView } from '../../contract/promises.ts'
import { type EndedHow, stateOf } from './state.ts'

export type PromiseRow = {
  id: string
  conversationId: string | null
  kind: PromiseKind
  direction: 'ours' | 'theirs' | 'inside'
  byPersonId: string | null
  byTeamId: string | null
  byName: string
  toPersonId: string | null
  toTeamId: string | null
  toName: string | null
  words: string
  automatic: boolean
  madeAt: Date
  dueAt: Date
  toldAt: Date | null
  toldBy: string | null
  endedAt: Date | null
  endedHow: EndedHow | null
  endedWhy: string | null
  endedWords: string | null
  target: PromiseTarget | null
  remindedAt: Date | null
  relationshipId: string | null
  movedTo: Date | null
}

/** Columns and joins for `promise p`. */
export const promiseColumns: RawBuilder<unknown> = sql`p.id, p.conversation_id, p.kind, p.direction, p.by_person_id, p.by_team_id, coalesce(bp.name, bt.name) as by_name,
  p.to_person_id, p.to_team_id, coalesce(tp.name, tt.name) as to_name, p.words, p.automatic, p.made_at, p.due_at, p.told_at, p.told_by,
  p.ended_at, p.ended_how, p.ended_why, p.ended_words, p.target, p.reminded_at, p.relationship_id, rp.due_at as moved_to`
export const promiseJoins: RawBuilder<unknown> = sql`left join person bp on bp.id = p.by_person_id left join team bt on bt.id = p.by_team_id
  left join person tp on tp.id = p.to_person_id left join team tt on tt.id = p.to_team_id left join promise rp on rp.id = p.replaced_by`

export function viewOfPromise(row: PromiseRow, now: Date): PromiseView {
  return {
    id: row.id,
    conversationId: row.conversationId,
    kind: row.kind,
    direction: row.direction,
    by: row.byPersonId
      ? { id: row.byPersonId, name: row.byName, is: 'person' }
      : { id: row.byTeamId!, name: row.byName, is: 'team' },
    to: row.toPersonId
      ? { id: row.toPersonId, name: row.toName ?? '', is: 'person' }
      : row.toTeamId
        ? { id: row.toTeamId, name: row.toName ?? '', is: 'team' }
        : null,
    words: row.words,
    automatic: row.automatic,
    madeAt: row.madeAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    toldAt: row.toldAt?.toISOString() ?? null,
    state: stateOf(row, now),
    endedAt: row.endedAt?.toISOString() ?? null,
    endedWhy: row.endedWhy,
    endedWords: row.endedWords,
    target: row.target,
    remindedAt: row.remindedAt?.toISOString() ?? null,
    movedTo: row.movedTo?.toISOString() ?? null,
  }
}
