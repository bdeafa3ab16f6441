/** Pages before anyone is signed in: sign-in, one-time links, the first administrator; and the first hour after it. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../shell/routes.ts'

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string } =>
    typeof search.back === 'string' && /^\/(?!\/)/.test(search.back) ? { back: search.back } : {},
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
})
export const sessionRoutes = [signInRoute]
