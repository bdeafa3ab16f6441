/** Where lists of conversations are: `/inbox/mine`, `/inbox/open?team=…`. The address holds the whole filter; `at` is the number the cursor stands on. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { View } from '../../contract/conversations.ts'
import { cache } from '../cache.ts'
import { deskRoute } from '../shell/routes.ts'
import { filterOf, listOptions, type Shown, shownOf } from './filter.ts'

export type InboxSearch = Pick<Shown, 'team' | 'sort'> & { at?: number }

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
  params: { parse: ({ view }) => ({ view: View.catch('mine').parse(view) }) },
  validateSearch: (search: Record<string, unknown>): InboxSearch => {
    const { team, sort } = shownOf(search)
    const at = Number(search.at)
    return { ...(team ? { team } : {}), ...(sort ? { sort } : {}), ...(Number.isInteger(at) && at > 0 ? { at } : {}) }
  },
  loaderDeps: ({ search: { team, sort } }) => ({ team, sort }),
  loader: ({ params, deps }) => {
    // Begins to read before the page's code is there; the page itself shows how it goes.
    void cache.prefetchInfiniteQuery(listOptions(filterOf(shownOf({ ...deps, view: params.view }))))
  },
  component: lazyRouteComponent(() => import('./InboxPage.tsx'), 'InboxPage'),
})
export const inboxRoutes = [inboxRoute, viewRoute]
