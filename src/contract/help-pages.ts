/** Pages of an installation's own at /help/pages/…: their words in several languages, their address, and where a link leads to them. */
import { z } from 'zod'
import { Done, endpoint, Html, Id, Moment, Nothing } from './kit.ts'
import { Language, Slug } from './knowledge.ts'

export const HelpPagePlace = z.enum(['head', 'foot', 'nowhere'])
export type HelpPagePlace = z.infer<typeof HelpPagePlace>

const Text = z.strictObject({
  language: Language,
  title: z.string().trim().min(1).max(100),
  body: Html.max(400_000),
})

export const HelpPage = z.object({
  id: Id,
  slug: z.string(),
  /** under the host of the help pages */
  path: z.string(),
  place: HelpPagePlace,
  published: z.boolean(),
  revision: z.int(),
  changedAt: Moment,
  texts: z.array(z.object(Text.shape)),
})
export type HelpPage = z.infer<typeof HelpPage>

export const helpPages = endpoint(
  'GET',
  '/api/v1/help-pages',
  Nothing,
  z.object({ pages: z.array(HelpPage), origin: z.url() }),
)
/** Makes it, or replaces all of it. `seenRevision` 0: it is new. Another address leaves the old one leading there. */
export const saveHelpPage = endpoint(
  'PUT',
  '/api/v1/help-pages/:pageId',
  z.strictObject({
    pageId: Id,
    seenRevision: z.int().min(0),
    /** made of the first title where it is empty */
    slug: Slug.default(''),
    place: HelpPagePlace,
    published: z.boolean(),
    texts: z
      .array(Text)
      .min(1)
      .max(40)
      .refine(texts => new Set(texts.map(({ language }) => language)).size === texts.length, 'has a language twice'),
  }),
  z.object({ page: HelpPage }),
)
export const removeHelpPage = endpoint('DELETE', '/api/v1/help-pages/:pageId', z.strictObject({ pageId: Id }), Done)
