/** Who did what: the part of the log that administrators, and leads for their teams, may read. */
import { z } from 'zod'
import { Cursor, endpoint, Id, Moment } from './kit.ts'

/** What an entry is about, by the first word of its kind; `sign-ins` takes its kinds out of those of people. */
export const AuditAbouts = ['sign-ins', 'people', 'teams', 'mail', 'work', 'relations', 'installation', 'data'] as const
export const AuditAbout = z.enum(AuditAbouts)
export type AuditAbout = z.infer<typeof AuditAbout>

const signIns = ['member.signed-in', 'member.session-ended', 'member.second-step-refused']
const firsts: Record<Exclude<AuditAbout, 'sign-ins'>, readonly string[]> = {
  people: ['member', 'permission'],
  teams: ['team', 'calendar', 'absence'],
  mail: ['mailbox', 'sender', 'signature'],
  work: ['tag', 'field', 'rule', 'saved-reply', 'view'],
  relations: ['organisation', 'membership', 'sight'],
  installation: ['installation'],
  data: ['retention', 'backup', 'export', 'sample', 'import'],
}
/** Kinds whose first word is audited and who say nothing an audit needs: told live, or counted elsewhere. */
const notAudited = ['rule.applied', 'backup.asked', 'membership.suggested']
/** Of what is told about people we serve these alone are audited. */
const ofPeople = ['person.merged', 'person.unmerged']
const ofCommunity = ['community.changed', 'community-person.stopped', 'community-person.trusted']
const ofTheirData = ['person.erased', 'person.exported', 'customer.erasure-asked']

/** The same as the function `is_audited` of the database, which enforces it. */
export function isAudited(kind: string): boolean {
  return aboutOf(kind) !== null
}

export function aboutOf(kind: string): AuditAbout | null {
  if (signIns.includes(kind)) return 'sign-ins'
  if (notAudited.includes(kind)) return null
  if (ofPeople.includes(kind)) return 'relations'
  if (ofCommunity.includes(kind)) return 'work'
  if (ofTheirData.includes(kind)) return 'data'
  const first = kind.split('.')[0]!
  const found = Object.entries(firsts).find(([, words]) => words.includes(first))
  return (found?.[0] as AuditAbout | undefined) ?? null
}

export const AuditEntry = z.object({
  id: z.string(),
  kind: z.string(),
  at: Moment,
  /** null: Pond itself */
  actor: z.object({ id: Id, name: z.string() }).nullable(),
  /** a person, team, mailbox or whatever else has a name; null when it has none, or is gone */
  subject: z.object({ id: Id, name: z.string().nullable() }).nullable(),
  facts: z.record(z.string(), z.unknown()),
  /** of the ids in the facts */
  names: z.record(z.string(), z.string()),
})
export type AuditEntry = z.infer<typeof AuditEntry>

const Filter = {
  personId: Id.optional(),
  about: AuditAbout.optional(),
  from: Moment.optional(),
  to: Moment.optional(),
}
export const audit = endpoint(
  'GET',
  '/api/v1/audit',
  z.strictObject({ ...Filter, after: Cursor.optional() }),
  z.object({
    entries: z.array(AuditEntry),
    next: z.string().nullable(),
    /** those who may be asked for */
    people: z.array(z.object({ id: Id, name: z.string() })),
    mayExport: z.boolean(),
  }),
)
/** A route of its own, because what comes back is a file. */
export const auditExportPath = '/api/v1/audit/export'
export const AuditExport = z.strictObject(Filter)
