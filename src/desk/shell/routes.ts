/** The two roots of the desk: pages for nobody yet (sign-in, links), and the shell, which needs somebody signed in. */
import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { Problem } from '../api.ts'
import { cache } from '../cache.ts'
import { meQuery } from '../session/me.ts'

export const rootRoute = createRootRoute()

/** The same, and nothing that was asked of them first is missing. */
export async function signedIn(at: { location: { href: string } }) {
  const me = await known(at)
  if (me.mustSetUp) throw redirect({ to: '/second-factor' })
}

/** Lets only somebody signed in go on; others sign in first and come back. */
export async function known({ location }: { location: { href: string } }) {
  try {
    return await cache.ensureQueryData(meQuery)
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
    const back = location.href === '/' ? undefined : location.href
    throw redirect({ to: '/sign-in', search: back ? { back } : {} })
  }
}

export const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'desk',
  beforeLoad: signedIn,
  component: lazyRouteComponent(() => import('./Shell.tsx'), 'Shell'),
})

/** What a phone's tabs have no room for. */
export const moreRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/more',
  component: lazyRouteComponent(() => import('./MorePage.tsx'), 'MorePage'),
})
