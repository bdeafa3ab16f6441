/** What each role may do: the fixed sentences, and what an installation switches per role. */
import { z } from 'zod'
import { endpoint, Nothing } from './kit.ts'

export const GrantNames = ['put-away', 'merge', 'bulk', 'make-tags', 'team-views', 'rules', 'export', 'audit'] as const
export const GrantName = z.enum(GrantNames)
export type GrantName = z.infer<typeof GrantName>
export const GrantRole = z.enum(['lead', 'teammate', 'colleague'])
export type GrantRole = z.infer<typeof GrantRole>
/** Only what was changed from how it stands at first. */
export type Grants = { [Name in GrantName]?: { [Role in GrantRole]?: boolean } }

/** `own`: only in conversations they own. */
const May = z.enum(['yes', 'own', 'no'])
export type May = z.infer<typeof May>
export const Column = z.enum(['administrator', 'lead', 'teammate', 'colleague', 'partner'])
export type Column = z.infer<typeof Column>

/** `switches`: the roles for which an administrator may change it. */
export const RightLine = z.object({
  name: z.string(),
  about: z.enum(['conversations', 'team', 'settings']),
  may: z.record(Column, May),
  switches: z.array(GrantRole),
})
export const RightsView = z.object({ lines: z.array(RightLine) })
export const rights = endpoint('GET', '/api/v1/rights', Nothing, RightsView)
export const setGrant = endpoint(
  'PUT',
  '/api/v1/rights',
  z.strictObject({ grant: GrantName, role: GrantRole, on: z.boolean() }),
  RightsView,
)
