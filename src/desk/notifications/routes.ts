/** Where notifications are: `/notifications?kind=mention`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { NotificationKind } from '../../contract/notifications.ts'
import { deskRoute } from '../shell/routes.ts'

export const notificationsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/notifications',
  validateSearch: (search: Record<string, unknown>): { kind?: NotificationKind } => {
    const kind = NotificationKind.safeParse(search.kind)
    return kind.success ? { kind: kind.data } : {}
  },
  component: lazyRouteComponent(() => import('./NotificationsPage.tsx'), 'NotificationsPage'),
})
