/** Who makes a tag by typing it: those who serve, and the administrator. The server has the last word. */
import type { Me } from '../../contract/session.ts'

export const mayMakeTags = (me: Me) =>
  me.administrator || me.teams.some(({ role }) => role === 'lead' || role === 'teammate')
