/** Where asks are: `/asks` for what I was asked, `/asks/<id>` for one of them. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'

export const askRoutes = [
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/asks',
    component: lazyRouteComponent(() => import('./AsksPage.tsx'), 'AsksPage'),
  }),
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/asks/$askId',
    component: lazyRouteComponent(() => import('./AskPage.tsx'), 'AskPage'),
  }),
]
