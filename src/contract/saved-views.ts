/** Saved views: a filter somebody gave a name, for themselves or for a team; with its order, its columns and a count. And the next one to take. */
import { z } from 'zod'
import { Count, Sort } from './conversation-views.ts'
import { FilterText } from './filter-text.ts'
import { Done, endpoint, Id, Nothing } from './kit.ts'

/** What a wide list may show in a row, besides whom and what it is about. */
export const Column = z.enum(['owner', 'promise', 'tags', 'priority', 'team', 'needed', 'last'])
export type Column = z.infer<typeof Column>
export const mostViews = 100

const Name = z.string().trim().normalize().min(1).max(60)
const Said = {
  name: Name,
  q: FilterText,
  sort: Sort,
  /** none: rows as they always look */
  columns: z.array(Column).max(7).default([]),
}
export const SavedView = z.object({
  id: Id,
  name: z.string(),
  q: z.string(),
  sort: Sort,
  columns: z.array(Column),
  /** whose it is; null: the asker's own */
  team: z.object({ id: Id, name: z.string() }).nullable(),
  mayChange: z.boolean(),
})
export type SavedView = z.infer<typeof SavedView>

const Answer = z.object({ view: SavedView })
const One = { viewId: Id }
/** One's own first, then those of the teams one serves in; each in its order. */
export const views = endpoint('GET', '/api/v1/views', Nothing, z.object({ views: z.array(SavedView) }))
/** How many each shows, capped; a view whose filter would have to look at too much has none. */
export const viewCounts = endpoint(
  'GET',
  '/api/v1/views/counts',
  Nothing,
  z.object({ counts: z.array(z.object({ viewId: Id, count: Count })) }),
)
export const saveView = endpoint(
  'POST',
  '/api/v1/views',
  z.strictObject({ ...Said, teamId: Id.nullable().default(null) }),
  Answer,
)
export const changeView = endpoint(
  'PUT',
  '/api/v1/views/:viewId',
  z.strictObject({
    ...One,
    name: Name.optional(),
    q: Said.q.optional(),
    sort: Sort.optional(),
    columns: z.array(Column).max(7).optional(),
  }),
  Answer,
)
/** They stand in this order from now on, each among its own kind. */
export const orderViews = endpoint(
  'POST',
  '/api/v1/views/order',
  z.strictObject({ viewIds: z.array(Id).min(1).max(mostViews) }),
  Done,
)
export const deleteView = endpoint('DELETE', '/api/v1/views/:viewId', z.strictObject(One), Done)
/** For a day after it was deleted. */
export const restoreView = endpoint('POST', '/api/v1/views/:viewId/restore', z.strictObject(One), Answer)

/** The most urgent conversation nobody has, of one's teams, becomes one's own. `full`: one has as many open as one shall. */
export const takeNext = endpoint(
  'POST',
  '/api/v1/conversations/next',
  Nothing,
  z.object({ is: z.enum(['taken', 'nothing', 'full']), id: Id.nullable(), number: z.number().nullable() }),
)
