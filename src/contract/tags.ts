/** Tags: words an installation puts on its conversations. Found by typing, never all at once; made on the fly by those who serve. */
import { z } from 'zod'
import { Cursor, endpoint, Id } from './kit.ts'

/** Letters as a reader counts them, not as a computer does. */
const length = (text: string) => [...text].length

/** How a name is compared: without case, compatible forms and signs nobody sees. Two that read the same are the same. */
export function normalName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function readable(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFC')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
      .replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ')
      .replace(/[\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff]/g, '')
      .replace(/\s+/g, ' ')
      .trim()
  )
}
const says = (text: string) => /[\p{L}\p{N}\p{S}\p{P}]/u.test(normalName(text))
const isShort = (text: string) => length(text) <= 60

/** What people call a tag or a field: one line, 60 letters at most, something to see in it. What turns text around or cannot be seen is taken out. */
export const MarkName = z
  .string()
  .max(1000)
  .transform(readable)
  .refine(says, 'has nothing to read in it')
  .refine(isShort, 'is longer than 60 letters')
/** The same for browsers, where no shapes are: the name that a text is, or null. */
export function markNameOf(text: string): string | null {
  const name = readable(text)
  return says(name) && isShort(name) ? name : null
}

export const Tint = z.enum(['stone', 'water', 'leaf', 'sand', 'rose', 'violet'])
export type Tint = z.infer<typeof Tint>
export const TagRef = z.object({ id: Id, name: z.string(), tint: Tint })
export type TagRef = z.infer<typeof TagRef>
/** `used`: on how many conversations that one sees, up to a hundred; null when it was not asked for. */
export const TagView = TagRef.extend({
  archived: z.boolean(),
  used: z.object({ count: z.number(), more: z.boolean() }).nullable(),
})
export type TagView = z.infer<typeof TagView>

/** Those that begin like this first, then those that hold it. `exact`: one is called just that, whatever its case, even if it was archived. */
export const tags = endpoint(
  'GET',
  '/api/v1/tags',
  z.strictObject({
    like: z.string().trim().max(100).optional(),
    archived: z.enum(['with', 'without', 'only']).default('without'),
    counted: z.stringbool().default(false),
    after: Cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  z.object({ tags: z.array(TagView), next: Cursor.nullable(), exact: TagView.nullable() }),
)
export const makeTag = endpoint(
  'POST',
  '/api/v1/tags',
  z.strictObject({ name: MarkName, tint: Tint.optional() }),
  z.object({ tag: TagRef }),
)
/** 409 `tag-there` with facts {tagId, name} when another one is called that: the two can be merged. */
export const changeTag = endpoint(
  'PUT',
  '/api/v1/tags/:tagId',
  z.strictObject({
    tagId: Id,
    name: MarkName.optional(),
    tint: Tint.optional(),
    archived: z.boolean().optional(),
  }),
  z.object({ tag: TagRef }),
)
/** All conversations that carry it carry the other one from now on; its name leads there, too. Cannot be undone. */
export const mergeTag = endpoint(
  'POST',
  '/api/v1/tags/:tagId/merge',
  z.strictObject({ tagId: Id, intoId: Id }),
  z.object({ tag: TagRef }),
)

/** Any number at once, by id or, for those who serve, by name: one that does not exist yet is made. State and promises stay. */
export const tagConversation = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/tags',
  z.strictObject({
    conversationId: Id,
    add: z.array(Id).max(50).default([]),
    make: z.array(MarkName).max(50).default([]),
    remove: z.array(Id).max(100).default([]),
  }),
  z.object({ tags: z.array(TagRef) }),
)
