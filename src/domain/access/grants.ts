/** What an installation may switch on and off per role, and how it stands at first. Pure. Refuses to offer what would not be safe: a partner is given nothing. */
import type { GrantName, GrantRole, Grants } from '../../contract/rights.ts'

/** Where a role has no entry there is no switch: it never may. */
const standing: Record<GrantName, Partial<Record<GrantRole, boolean>>> = {
  'put-away': { lead: true, teammate: true, colleague: false },
  merge: { lead: true, teammate: true },
  bulk: { lead: true, teammate: true, colleague: false },
  'make-tags': { lead: true, teammate: true, colleague: false },
  'team-views': { lead: true, teammate: true },
  rules: { lead: true, teammate: false },
  export: { lead: true, teammate: false },
  audit: { lead: true },
}

/** What an administrator may without any role: settings, never a team's conversations. */
const ofAdministrators: readonly GrantName[] = ['make-tags', 'team-views', 'rules', 'export', 'audit']

export function isOffered(name: GrantName, role: GrantRole): boolean {
  return standing[name][role] !== undefined
}

export function isOfAdministrators(name: GrantName): boolean {
  return ofAdministrators.includes(name)
}

export function isGranted(changed: Grants, name: GrantName, role: GrantRole): boolean {
  const first = standing[name][role]
  return first !== undefined && (changed[name]?.[role] ?? first)
}
