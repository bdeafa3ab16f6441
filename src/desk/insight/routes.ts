/** Where Insight is: `/insight/promises?days=90&team=…`. The address holds page, period and team. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'
import { insightSearch } from './insightSearch.ts'

export const insightRoutes = [
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/insight',
    beforeLoad: () => {
      throw redirect({ to: '/insight/$page', params: { page: 'promises' }, search: {} })
    },
  }),
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/insight/$page',
    validateSearch: insightSearch,
    component: lazyRouteComponent(() => import('./InsightPage.tsx'), 'InsightPage'),
  }),
]
