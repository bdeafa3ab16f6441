/** Who may erase a person. Pure. */
import type { Role } from '../../contract/session.ts'

export type Hinder = 'member' | 'other-teams' | null

type Whose = { member: boolean; teams: readonly string[] }
type By = { administrator: boolean; roles: ReadonlyMap<string, Role> }

/** Whoever looks after the installation, or leads every team that talked with them. An account is closed first, by its own way. */
export function hinders(actor: By, { member, teams }: Whose): Hinder {
  if (member) return 'member'
  return actor.administrator || teams.every(teamId => actor.roles.get(teamId) === 'lead') ? null : 'other-teams'
}

/** As it stands, but for case and for spaces that nobody sees. */
export function isTheName(typed: string, name: string): boolean {
  const plain = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim().toLowerCase()
  return plain(typed) === plain(name)
}
