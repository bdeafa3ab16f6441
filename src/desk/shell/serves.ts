/** Whether somebody serves in any team: leads and teammates do. The server decides; this only hides what it would refuse. */
import type { Me } from '../../contract/session.ts'

export const servesSomewhere = ({ teams }: Pick<Me, 'teams'>): boolean =>
  teams.some(({ role }) => role === 'lead' || role === 'teammate')
