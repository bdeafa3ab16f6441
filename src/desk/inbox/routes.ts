/** Where the inbox is: `/inbox/mine`, `/inbox/open?team=…`; a conversation chosen beside the list is `?chosen=…`. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { Sort, View } from '../../contract/conversations.ts'
import { deskRoute } from '../shell/routes.ts'

const inboxRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/inbox',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$view', params: { view: 'mine' }, search: {} })
  },
})
export type InboxSearch = { team?: string; sort?: 'due' | 'latest'; chosen?: string }
const viewRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/inbox/$view',
  params: { parse: ({ view }) => ({ view: View.catch('mine').parse(view) }) },
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    ...(typeof search.team === 'string' ? { team: search.team } : {}),
    ...(Sort.safeParse(search.sort).success ? { sort: search.sort as 'due' | 'latest' } : {}),
    ...(typeof search.chosen === 'string' ? { chosen: search.chosen } : {}),
  }),
  component: lazyRouteComponent(() => import('./InboxPage.tsx'), 'InboxPage'),
})
export const inboxRoutes = [inboxRoute, viewRoute]
