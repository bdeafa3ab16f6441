/** What customers meet at /help: whether it is open, under which name of a host, and its own words. */
import { z } from 'zod'
import { endpoint, Nothing } from './kit.ts'

export const PortalSettings = z.object({
  on: z.boolean(),
  /** "help.example.com", where a proxy hands requests for it to Pond; null: it is under /help of the desk's address only */
  host: z
    .string()
    .trim()
    .toLowerCase()
    .max(253)
    .regex(/^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:\d{1,5})?$/)
    .nullable(),
  /** beneath the title of the home */
  intro: z.string().trim().max(500),
  /** beside it: what to do when it cannot wait */
  note: z.object({ title: z.string().trim().min(1).max(100), words: z.string().trim().min(1).max(500) }).nullable(),
  /** below every page: who this is, and where */
  foot: z.string().trim().max(300),
})
export type PortalSettings = z.infer<typeof PortalSettings>

export const portalUnset: PortalSettings = { on: true, host: null, intro: '', note: null, foot: '' }

export const portalSettings = endpoint(
  'GET',
  '/api/v1/portal',
  Nothing,
  z.object({ settings: PortalSettings, address: z.url() }),
)
/** Answers what it was before, for taking it back. */
export const setPortalSettings = endpoint(
  'PUT',
  '/api/v1/portal',
  z.strictObject(PortalSettings.shape),
  z.object({ settings: PortalSettings, before: PortalSettings, address: z.url() }),
)
