/** Pages before anyone is signed in: sign-in, one-time links, the first administrator; and the first hour after it. Tokens stand in the fragment only, which no server sees. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { known, rootRoute, signedIn } from '../shell/routes.ts'

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { back?: string } =>
    typeof search.back === 'string' && /^\/(?![/\\])/.test(search.back) ? { back: search.back } : {},
  component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
})
const welcomeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./LinkPage.tsx'), 'LinkPage'),
})
const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link',
  component: lazyRouteComponent(() => import('./LinkPage.tsx'), 'LinkPage'),
})

/** How to begin, without the frame: after the first account, and from an empty Today. */
const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/start',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('./StartPage.tsx'), 'StartPage'),
})
/** What is asked for before anything opens. */
const setUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/second-factor',
  beforeLoad: known,
  component: lazyRouteComponent(() => import('../security/SetUpPage.tsx'), 'SetUpPage'),
})
export const sessionRoutes = [signInRoute, welcomeRoute, linkRoute, startRoute, setUpRoute]
