/** Who saves a view for a team: whoever serves there, unless the installation says otherwise. The server has the last word. */
import type { Me } from '../../contract/session.ts'

export const mayMakeTeamView = (me: Me, teamId: string) =>
  me.may.includes('team-views') &&
  me.teams.some(({ id, role }) => id === teamId && (role === 'lead' || role === 'teammate'))
