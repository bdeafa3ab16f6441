/** What the desk may ask about keeping in touch: how often we write unasked. */
import { z } from 'zod'
import { endpoint, Nothing } from './kit.ts'

/** Days that lie between two things we send somebody unasked; a pulse has a limit of its own as well. */
export const ContactBudget = z.object({ days: z.int().min(1).max(365), pulseDays: z.int().min(30).max(1095) })
export type ContactBudget = z.infer<typeof ContactBudget>
export const startingBudget: ContactBudget = { days: 14, pulseDays: 180 }

/** And how often relationships are tended where nobody has said it of one. */
export const CareSettings = ContactBudget.extend({ rhythmDays: z.int().min(1).max(730) })
export type CareSettings = z.infer<typeof CareSettings>
export const startingCare: CareSettings = { ...startingBudget, rhythmDays: 90 }

export const careSettings = endpoint('GET', '/api/v1/care-settings', Nothing, CareSettings)
export const setCareSettings = endpoint(
  'PUT',
  '/api/v1/care-settings',
  z.strictObject(CareSettings.shape),
  CareSettings,
)
