/** The pieces every contract is made of: endpoints, ids, moments, pages and refusals. Runs anywhere; imports zod only. */
import { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** One thing the outside may ask: `input` holds path parameters, query and body together; unknown keys are refused. */
export type Endpoint<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  method: Method
  path: string
  input: I
  output: O
}

export function endpoint<I extends z.ZodType, O extends z.ZodType>(
  method: Method,
  path: string,
  input: I,
  output: O,
): Endpoint<I, O> {
  return { method, path, input, output }
}

/** A UUID as text; one spelling, so that equal ids are equal texts. */
export const Id = z.uuid().toLowerCase()
/** A moment in time on the wire: ISO 8601 with zone or Z. */
export const Moment = z.iso.datetime({ offset: true })
/** Words a person wrote, one line or a few. */
export const Words = z.string().trim().min(1).max(2000)
/** HTML or text a person wrote in the composer; made safe again by the server. */
export const Html = z.string().max(1_000_000)
export const Nothing = z.strictObject({})
/** How an endpoint says that it did what was asked. */
export const Done = z.object({ done: z.literal(true) })
/** Opaque place in a list; comes back as `next` and goes in as `after`. */
export const Cursor = z.string().max(400)
const mailAddress = /^[^\s@<>"]+@[^\s@<>"]+$/
const longestMailAddress = 320
export const MailAddress = z.string().trim().max(longestMailAddress).regex(mailAddress)
/** The same for browsers, where no shapes are: the address that a text is, or null. */
export function mailAddressOf(text: string): string | null {
  const address = text.trim()
  return address.length <= longestMailAddress && mailAddress.test(address) ? address : null
}
/** An IANA zone name that this runtime knows. */
export const Zone = z
  .string()
  .max(64)
  .refine(name => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name })
      return true
    } catch {
      return false
    }
  })

/** RFC 9457 problem details: what a refused request gets. `code` is stable; `fields` names what is wrong where. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string().optional(),
  fields: z.array(z.object({ path: z.string(), says: z.string() })).optional(),
  /** facts a screen needs to help: e.g. the messages that came while one was writing */
  facts: z.record(z.string(), z.unknown()).optional(),
})
export type Problem = z.infer<typeof Problem>
