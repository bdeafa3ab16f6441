/** Every address of the desk. Each screen is loaded when it is first opened. */
import { createRouter } from '@tanstack/react-router'
import { askRoutes } from './asks/routes.ts'
import { cache } from './cache.ts'
import { communityRoutes } from './community/routes.ts'
import { conversationRoutes } from './conversation/routes.ts'
import { goodwillRoutes } from './goodwill/routes.ts'
import { inboxRoutes } from './inbox/routes.ts'
import { insightRoutes } from './insight/routes.ts'
import { knowledgeRoutes } from './knowledge/routes.ts'
import { notificationsRoute } from './notifications/routes.ts'
import { pondRoute } from './pond/routes.ts'
import { promisesRoute } from './promises/routes.ts'
import { questionRoutes } from './questions/routes.ts'
import { careRoutes } from './relationship/care/routes.ts'
import { relationshipRoutes } from './relationship/routes.ts'
import { searchRoute } from './search/routes.ts'
import { sessionRoutes } from './session/routes.ts'
import { settingsRoutes } from './settings/routes.ts'
import { PageFails, PageMissing, PageWaits } from './shell/pages.tsx'
import { deskRoute, moreRoute, rootRoute } from './shell/routes.ts'
import { todayRoutes } from './today/routes.ts'

const tree = rootRoute.addChildren([
  ...sessionRoutes,
  deskRoute.addChildren([
    ...todayRoutes,
    notificationsRoute,
    ...inboxRoutes,
    ...conversationRoutes,
    ...askRoutes,
    ...relationshipRoutes,
    ...careRoutes,
    ...goodwillRoutes,
    promisesRoute,
    searchRoute,
    pondRoute,
    ...insightRoutes,
    ...questionRoutes,
    ...knowledgeRoutes,
    ...communityRoutes,
    ...settingsRoutes,

    moreRoute,
  ]),
])

export const router = createRouter({
  routeTree: tree,
  context: { cache },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 300,
  defaultPendingComponent: PageWaits,
  defaultErrorComponent: PageFails,
  defaultNotFoundComponent: PageMissing,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
