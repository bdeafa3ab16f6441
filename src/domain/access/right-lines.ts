/**
 * What each role may do, as the desk shows it: every line is a question put to the policy on behalf of somebody who has that role
 * and no other. Pure. States nothing by itself, so that it can't say anything else than what is enforced.
 */
import type { z } from 'zod'
import type { Column, GrantNames, Grants, May, RightLine } from '../../contract/rights.ts'
import type { Member } from './actor.ts'
import { isOffered } from './grants.ts'
import * as policy from './policy.ts'

const team = 'team'
const they = 'they'

type Line = z.input<typeof RightLine>
type Asked = (member: Member, ownerId: string | null) => boolean
const place = (ownerId: string | null): policy.Place => ({ teamId: team, ownerId })

const questions: { name: string; about: Line['about']; ask: Asked; grant?: (typeof GrantNames)[number] }[] = [
  { name: 'read', about: 'conversations', ask: (member, owner) => policy.mayRead(member, place(owner)) },
  { name: 'write', about: 'conversations', ask: (member, owner) => policy.mayWrite(member, place(owner)) },
  { name: 'begin', about: 'conversations', ask: member => policy.mayBegin(member, team) },
  { name: 'hand-over', about: 'conversations', ask: (member, owner) => policy.mayHandOver(member, place(owner)) },
  ...(['put-away', 'merge', 'bulk'] as const).map(grant => ({
    name: grant,
    grant,
    about: 'conversations' as const,
    ask: (member: Member, owner: string | null) =>
      policy.mayRead(member, place(owner)) && policy.granted(member, grant, team),
  })),
  { name: 'find-people', about: 'team', ask: member => policy.mayFindPeople(member) },
  { name: 'see-team', about: 'team', ask: member => policy.seesTeam(member, team) },
  ...(['make-tags', 'team-views', 'rules', 'export', 'audit'] as const).map(grant => ({
    name: grant,
    grant,
    about: 'team' as const,
    ask: (member: Member) => policy.granted(member, grant, team),
  })),
  { name: 'settle-team', about: 'settings', ask: member => policy.maySettle(member, team) },
  { name: 'installation', about: 'settings', ask: member => policy.learnsOfInstallation(member) },
]

export function rightLines(grants: Grants): Line[] {
  return questions.map(({ name, about, ask, grant }) => ({
    name,
    about,
    may: {
      administrator: mayAs('administrator', grants, ask),
      lead: mayAs('lead', grants, ask),
      teammate: mayAs('teammate', grants, ask),
      colleague: mayAs('colleague', grants, ask),
      partner: mayAs('partner', grants, ask),
    },
    switches: grant ? (['lead', 'teammate', 'colleague'] as const).filter(role => isOffered(grant, role)) : [],
  }))
}

function mayAs(column: Column, grants: Grants, ask: Asked): May {
  const member: Member = {
    is: 'member',
    personId: they,
    name: '',
    sessionId: '',
    administrator: column === 'administrator',
    roles: new Map(column === 'administrator' ? [] : [[team, column]]),
    grants,
  }
  if (ask(member, null)) return 'yes'
  return ask(member, they) ? 'own' : 'no'
}
