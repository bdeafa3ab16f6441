/** Whose saved replies a member sees, and which they may change. Pure. */
import type { Role } from '../../contract/session.ts'

type Whose = { ownerId: string | null; teamId: string | null }
/** What a decision needs to know of whoever asks. */
type Asking = { personId: string; administrator: boolean; roles: ReadonlyMap<string, Role> }

/** One's own, those of a team in which one answers, and everybody's; an administrator looks after all but other people's own. */
export function seesSavedReply(actor: Asking, { ownerId, teamId }: Whose): boolean {
  if (ownerId) return ownerId === actor.personId
  if (!teamId || actor.administrator) return true
  const role = actor.roles.get(teamId)
  return role !== undefined && role !== 'partner'
}

/** One's own; a lead the team's; an administrator all. */
export function mayChange(actor: Asking, { ownerId, teamId }: Whose): boolean {
  if (ownerId) return ownerId === actor.personId
  if (actor.administrator) return true
  return teamId !== null && actor.roles.get(teamId) === 'lead'
}
