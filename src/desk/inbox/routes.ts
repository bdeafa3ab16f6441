/** Where lists of conversations are: `/inbox/mine`, `/inbox/open?team=…&q=…`, `/views/…`. The address holds the whole filter; `at` is the number the cursor stands on. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { View } from '../../contract/conversations.ts'
import { cache } from '../cache.ts'
import { deskRoute } from '../shell/routes.ts'
import { filterOf, listOptions, type Shown, shownOf } from './filter.ts'
import { viewsQuery } from './savedViews.ts'

export type InboxSearch = Omit<Shown, 'view' | 'saved'> & { at?: number }

function inboxSearch(search: Record<string, unknown>): InboxSearch {
  const { view: _, saved: __, ...rest } = shownOf(search)
  const at = Number(search.at)
  return { ...rest, ...(Number.isInteger(at) && at > 0 ? { at } : {}) }
}

const inboxRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/inbox',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$view', params: { view: 'mine' }, search: {} })
  },
})
const viewRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/inbox/$view',
  params: { parse: ({ view }) => ({ view: View.safeParse(view).data ?? 'mine' }) },
  validateSearch: inboxSearch,
  loaderDeps: ({ search: { at: _, ...rest } }) => rest,
  loader: ({ params, deps }) => {
    // Begins to read before the page's code is there; the page itself shows how it goes.
    void cache.prefetchInfiniteQuery(listOptions(filterOf(shownOf({ ...deps, view: params.view }))))
  },
  component: lazyRouteComponent(() => import('./InboxPage.tsx'), 'InboxPage'),
})
const savedRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/views/$viewId',
  validateSearch: inboxSearch,
  loader: () => {
    void cache.prefetchQuery(viewsQuery)
  },
  component: lazyRouteComponent(() => import('./SavedPage.tsx'), 'SavedPage'),
})
export const inboxRoutes = [inboxRoute, viewRoute, savedRoute]
