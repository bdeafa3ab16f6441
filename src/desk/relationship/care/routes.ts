/** Where keeping in touch is: the list, one check-in, and the quick page for a call or visit. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { CheckInList } from '../../../contract/care.ts'
import { deskRoute } from '../../shell/routes.ts'

type CheckInsSearch = { which?: Exclude<CheckInList, 'mine'> }

export const careRoutes = [
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/check-ins',
    validateSearch: (search: Record<string, unknown>): CheckInsSearch =>
      search.which === 'left' || search.which === 'quiet' ? { which: search.which } : {},
    component: lazyRouteComponent(() => import('./CheckInsPage.tsx'), 'CheckInsPage'),
  }),
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/check-ins/$checkInId',
    component: lazyRouteComponent(() => import('./CheckInPage.tsx'), 'CheckInPage'),
  }),
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/touch',
    component: lazyRouteComponent(() => import('./TouchPage.tsx'), 'TouchPage'),
  }),
] as const
