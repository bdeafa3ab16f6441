/** The policy's sentence on reading conversations as a condition of a query, so that lists hold only what the actor may see. Decides nothing of its own. */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from './actor.ts'
import { ownedOnlyTeams, visibleTeams } from './policy.ts'

/** `table` is the name or alias of a table with team_id and owner_id. */
export function conversationsSeenBy(actor: Actor, table = 'conversation'): RawBuilder<boolean> {
  if (actor.is === 'system') return sql<boolean>`true`
  const teams = visibleTeams(actor)
  const ownedOnly = ownedOnlyTeams(actor)
  const inTeams = sql<boolean>`${sql.ref(`${table}.teamId`)} = any(${teams}::uuid[])`
  if (ownedOnly.length === 0) return inTeams
  return sql<boolean>`(${inTeams} or (${sql.ref(`${table}.ownerId`)} = ${actor.personId}::uuid and ${sql.ref(`${table}.teamId`)} = any(${ownedOnly}::uuid[])))`
}

/** The same for statements written by hand: `team_id = any(teams) or (owner_id = me and team_id = any(ownedOnly))`. Null: no limit. */
export function sightOf(actor: Actor): { teams: string[]; me: string; ownedOnly: string[] } | null {
  if (actor.is === 'system') return null
  return { teams: visibleTeams(actor), me: actor.personId, ownedOnly: ownedOnlyTeams(actor) }
}
