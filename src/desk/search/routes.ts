/** Where search is: `/search?q=…&sort=newest`. The address holds the whole search. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { longestFilter } from '../../contract/filter-text.ts'
import { deskRoute } from '../shell/routes.ts'

export const searchRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/search',
  validateSearch: (search: Record<string, unknown>): { q?: string; sort?: 'newest' } => ({
    // A number in an address is read as one.
    ...(typeof search.q === 'string' || typeof search.q === 'number'
      ? { q: String(search.q).slice(0, longestFilter) }
      : {}),
    ...(search.sort === 'newest' ? { sort: 'newest' } : {}),
  }),
  component: lazyRouteComponent(() => import('./SearchPage.tsx'), 'SearchPage'),
})
