/**
 * Who may do what, as sentences. Pure, and the only place that decides it: routes and doors ask here. Refuses to let
 * being administrator of the installation open a conversation: that takes a role in its team.
 */
import type { GrantName } from '../../contract/rights.ts'
import type { Role } from '../../contract/session.ts'
import type { Actor, Member } from './actor.ts'
import { isGranted, isOfAdministrators } from './grants.ts'

/** What a decision about a conversation rests on. */
export type Place = { teamId: string; ownerId: string | null }

/** Leads and teammates serve: everything in their team's conversations is theirs to read and do. */
export function serves(role: Role | undefined): boolean {
  return role === 'lead' || role === 'teammate'
}

/** A colleague owns what is addressed to them. A partner owns nothing: they see only what they were asked. */
export function mayOwn(role: Role | undefined): boolean {
  return serves(role) || role === 'colleague'
}

export function servesIn(actor: Actor, teamId: string): boolean {
  return actor.is === 'system' || serves(actor.roles.get(teamId))
}

export function servesAnywhere(actor: Actor): boolean {
  return actor.is === 'system' || [...actor.roles.values()].some(serves)
}

export function leadsAnywhere(actor: Actor): boolean {
  return actor.is === 'system' || [...actor.roles.values()].includes('lead')
}

/** Those who serve in its team read a conversation, and a colleague of that team who owns it. Leaving the team ends both. */
export function mayRead(actor: Actor, place: Place): boolean {
  if (servesIn(actor, place.teamId)) return true
  return actor.is === 'member' && actor.personId === place.ownerId && mayOwn(actor.roles.get(place.teamId))
}

/** Whoever reads a conversation may answer in it and note. */
export function mayWrite(actor: Actor, place: Place): boolean {
  return mayRead(actor, place)
}

/** Handing over, assigning and taking ownership are for those who serve in its team. */
export function mayHandOver(actor: Actor, place: Place): boolean {
  return servesIn(actor, place.teamId)
}

/** Whether a role was given what the installation switches per role. Says nothing about seeing the conversation. */
export function granted(actor: Actor, name: GrantName, teamId: string): boolean {
  if (actor.is === 'system' || (actor.administrator && isOfAdministrators(name))) return true
  const role = actor.roles.get(teamId)
  return role !== undefined && role !== 'partner' && isGranted(actor.grants ?? {}, name, role)
}

/** The same for what belongs to no team: in any of theirs. */
export function grantedAnywhere(actor: Actor, name: GrantName): boolean {
  if (actor.is === 'system' || (actor.administrator && isOfAdministrators(name))) return true
  return [...actor.roles.keys()].some(teamId => granted(actor, name, teamId))
}

/** Spam, trash and taking either back. */
export function mayPutAway(actor: Actor, place: Place): boolean {
  return mayRead(actor, place) && granted(actor, 'put-away', place.teamId)
}

/** Merging and splitting, in a conversation one reads. */
export function mayMerge(actor: Actor, place: Place): boolean {
  return mayRead(actor, place) && granted(actor, 'merge', place.teamId)
}

/** And opening a conversation in that team. */
export function mayBegin(actor: Actor, teamId: string): boolean {
  return servesIn(actor, teamId)
}

/** The name, members and duty of a team: whoever serves knows all teams, because conversations are handed over between them; a colleague knows their own. */
export function seesTeam(actor: Actor, teamId: string): boolean {
  if (actor.is === 'system' || actor.administrator || servesAnywhere(actor)) return true
  return actor.roles.get(teamId) === 'colleague'
}

/** Its settings, roles and duty are its lead's and the administrator's. */
export function maySettle(actor: Actor, teamId: string): boolean {
  return actor.is === 'system' || actor.administrator || actor.roles.get(teamId) === 'lead'
}

/** What comes in for a team is sorted by those who serve there, and by who settles it. */
export function sortsIn(actor: Actor, teamId: string): boolean {
  return servesIn(actor, teamId) || maySettle(actor, teamId)
}

/** Searching people is for those who serve somewhere. */
export function mayFindPeople(actor: Actor): boolean {
  return servesAnywhere(actor)
}

/** Figures name nobody: who serves has those of their teams, an administrator those of all. */
export function mayReadInsight(actor: Actor): boolean {
  return actor.is === 'system' || actor.administrator || servesAnywhere(actor)
}

/** What is written for inside: whoever has a part in a team, and who looks after the installation. Who is only asked now and then does not. */
export function readsKnowledge(actor: Actor): boolean {
  return actor.is === 'system' || actor.administrator || [...actor.roles.values()].some(mayOwn)
}

/** Whoever serves writes down what they know. */
export function writesKnowledge(actor: Actor): boolean {
  return actor.is === 'system' || actor.administrator || servesAnywhere(actor)
}

/** Two records of one person become one for every team: for those who merge conversations in a team of theirs. */
export function mayMergePeople(actor: Actor): boolean {
  return servesAnywhere(actor) && grantedAnywhere(actor, 'merge')
}

/** Tags are everybody's who has conversations; making one is for those who were given it, and for the administrator. */
export function maySeeTags(actor: Actor): boolean {
  return actor.is === 'system' || actor.administrator || [...actor.roles.values()].some(mayOwn)
}

export function mayMakeTags(actor: Actor): boolean {
  return grantedAnywhere(actor, 'make-tags')
}

/** What happens by itself in a team. */
export function maySettleRules(actor: Actor, teamId: string): boolean {
  return granted(actor, 'rules', teamId)
}

/** An administrator knows every field; everybody else those of all teams, and of the teams they have a part in. */
export function seesField(actor: Member, field: { teamId: string | null }): boolean {
  return actor.administrator || field.teamId === null || mayOwn(actor.roles.get(field.teamId))
}

/** A field of all teams is the administrator's; a team's is its lead's, too. */
export function maySettleField(actor: Member, field: { teamId: string | null }): boolean {
  return field.teamId === null ? actor.administrator : maySettle(actor, field.teamId)
}

/** Ids of the teams all of whose conversations this actor sees. Not for the system, which sees every team's. */
export function visibleTeams(actor: Member): string[] {
  return teamsWhere(actor, serves)
}

/** Ids of the teams in which this actor sees what they own and nothing else. */
export function ownedOnlyTeams(actor: Member): string[] {
  return teamsWhere(actor, role => role === 'colleague')
}

function teamsWhere(actor: Member, fits: (role: Role) => boolean): string[] {
  return [...actor.roles].filter(([, role]) => fits(role)).map(([teamId]) => teamId)
}

/**
 * Whose events an actor learns of live: their own and those of the teams in which they serve. Events without a scope
 * are the installation's and go to administrators (`learnsOfInstallation`).
 */
export function scopesOf(actor: Member): string[] {
  return [actor.personId, ...visibleTeams(actor)]
}

export function learnsOfInstallation(actor: Member): boolean {
  return actor.administrator
}

/** Both together, as live updates ask. */
export function liveSightOf(actor: Member): { scopes: string[]; installation: boolean } {
  return { scopes: scopesOf(actor), installation: learnsOfInstallation(actor) }
}
