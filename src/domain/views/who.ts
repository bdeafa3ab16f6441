/** Who may see, make and change a saved view. Pure. A team's view is for those who serve in it; its lead and its maker change it. */
import { granted, type Member, servesIn } from '../access/index.ts'

type Whose = { teamId: string | null; makerId: string }

export function maySeeView(actor: Member, view: Whose): boolean {
  return view.teamId ? servesIn(actor, view.teamId) : view.makerId === actor.personId
}

export function mayMakeTeamView(actor: Member, teamId: string): boolean {
  return servesIn(actor, teamId) && granted(actor, 'team-views', teamId)
}

export function mayChangeView(actor: Member, view: Whose): boolean {
  if (!maySeeView(actor, view)) return false
  return view.makerId === actor.personId || (view.teamId !== null && actor.roles.get(view.teamId) === 'lead')
}
