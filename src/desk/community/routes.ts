/** Where the community is at the desk: `/community`, one topic at `/community/…`, and what waits for a look. The list's filter is in its address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'
import { listSearch } from './listSearch.ts'

const under = { getParentRoute: () => deskRoute } as const

export const communityRoutes = [
  createRoute({
    ...under,
    path: '/community',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./CommunityPage.tsx'), 'CommunityPage'),
  }),
  createRoute({
    ...under,
    path: '/community/queue',
    component: lazyRouteComponent(() => import('./QueuePage.tsx'), 'QueuePage'),
  }),
  createRoute({
    ...under,
    path: '/community/$topicId',
    component: lazyRouteComponent(() => import('./TopicPage.tsx'), 'TopicPage'),
  }),
]
