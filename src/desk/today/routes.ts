/** Where Today is: the start page. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'

export const todayRoutes = [
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./TodayPage.tsx'), 'TodayPage'),
  }),
]
