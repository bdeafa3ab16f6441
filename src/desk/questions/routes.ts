/** Where one sees what is asked again and again: `/asked-again?team=…`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'

export const questionRoutes = [
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/asked-again',
    validateSearch: (search: Record<string, unknown>): { team?: string } =>
      typeof search.team === 'string' && /^[0-9a-f-]{36}$/.test(search.team) ? { team: search.team } : {},
    component: lazyRouteComponent(() => import('./RecurringPage.tsx'), 'RecurringPage'),
  }),
]
