/** What we have of one person, taken along or erased: what goes, what stays and why. */
import { z } from 'zod'
import { endpoint, Id, Moment } from './kit.ts'

const One = { personId: Id }
const Count = z.int().min(0)

export const Erasure = z.object({
  name: z.string(),
  /** why it can't be; null: it can */
  hinders: z.enum(['member', 'other-teams']).nullable(),
  goes: z.object({
    conversations: Count,
    /** of them not finished */
    open: Count,
    files: Count,
    /** of others, in which they wrote or were copied */
    elsewhere: Count,
    addresses: Count,
    notes: Count,
    posts: Count,
  }),
  /** figures without words or name */
  stays: z.object({ goodwill: Count }),
  /** a backup from before holds them still; null: there is none */
  backupsUntil: Moment.nullable(),
})
export type Erasure = z.infer<typeof Erasure>

export const erasure = endpoint('GET', '/api/v1/people/:personId/erasure', z.strictObject(One), Erasure)
/** For good. Their name as it stands, typed by hand. */
export const erasePerson = endpoint(
  'POST',
  '/api/v1/people/:personId/erasure',
  z.strictObject({ ...One, name: z.string().trim().min(1).max(300) }),
  z.object({ done: z.literal(true), conversations: Count }),
)
