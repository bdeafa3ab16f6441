/** A mail as it came, for whoever wants to see what Pond made of it. */
import { z } from 'zod'
import { endpoint, Id } from './kit.ts'

/** `source` is cut after 200,000 characters; the whole is GET /raw/:messageId, a download. */
export const original = endpoint(
  'GET',
  '/api/v1/messages/:messageId/original',
  z.strictObject({ messageId: Id }),
  z.object({
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
    source: z.string(),
    cut: z.boolean(),
    bytes: z.number(),
  }),
)

/** A small picture of an attachment that is one, as WebP, at most 480 × 320. Absent for what is none. */
export const smallPath = (attachmentAddress: string) => `${attachmentAddress}/small`

/** A picture that a mail names elsewhere, fetched by us: its sender learns that somebody looked, and not who or where. */
export const remotePath = (messageId: string, address: string) =>
  `/pictures/${messageId}?address=${encodeURIComponent(address)}`
