/** Where settings are, by subject. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'

const settingsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./SettingsPage.tsx'), 'SettingsPage'),
})
const under = { getParentRoute: () => settingsRoute } as const

const pages = [
  createRoute({
    ...under,
    path: '/',
    component: lazyRouteComponent(() => import('./SettingsPage.tsx'), 'SettingsIndex'),
  }),
  createRoute({
    ...under,
    path: '/account',
    component: lazyRouteComponent(() => import('./AccountPage.tsx'), 'AccountPage'),
  }),
  createRoute({
    ...under,
    path: '/people',
    component: lazyRouteComponent(() => import('./PeoplePage.tsx'), 'PeoplePage'),
  }),
  createRoute({
    ...under,
    path: '/teams',
    component: lazyRouteComponent(() => import('./TeamsPage.tsx'), 'TeamsPage'),
  }),
  createRoute({
    ...under,
    path: '/teams/$teamId',
    component: lazyRouteComponent(() => import('./TeamPage.tsx'), 'TeamPage'),
  }),
  createRoute({
    ...under,
    path: '/hours',
    component: lazyRouteComponent(() => import('./HoursPage.tsx'), 'HoursPage'),
  }),
  createRoute({
    ...under,
    path: '/mailboxes',
    component: lazyRouteComponent(() => import('../mailboxes/MailboxesPage.tsx'), 'MailboxesPage'),
  }),
  createRoute({
    ...under,
    path: '/mailboxes/connect',
    validateSearch: (search: Record<string, unknown>): { address?: string } =>
      typeof search.address === 'string' ? { address: search.address } : {},
    component: lazyRouteComponent(() => import('../mailboxes/ConnectPage.tsx'), 'ConnectPage'),
  }),
  createRoute({
    ...under,
    path: '/mailboxes/$mailboxId',
    component: lazyRouteComponent(() => import('../mailboxes/ConnectPage.tsx'), 'ChangePage'),
  }),
  createRoute({
    ...under,
    path: '/health',
    component: lazyRouteComponent(() => import('../quarantine/HealthPage.tsx'), 'HealthPage'),
  }),
] as const

export const settingsRoutes = [settingsRoute.addChildren(pages)] as const
