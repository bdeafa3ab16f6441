/** Where one conversation is: `/conversations/ID`, and `?write=reply` opens the composer at once; `/write` begins a new one. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'

export type ConversationSearch = { write?: 'reply' | 'note' | 'follow-up' }
const conversationRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/conversations/$conversationId',
  validateSearch: (search: Record<string, unknown>): ConversationSearch =>
    search.write === 'reply' || search.write === 'note' || search.write === 'follow-up' ? { write: search.write } : {},
  component: lazyRouteComponent(() => import('./ConversationPage.tsx'), 'ConversationPage'),
})
const writeRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/write',
  component: lazyRouteComponent(() => import('./WritePage.tsx'), 'WritePage'),
})
export const conversationRoutes = [conversationRoute, writeRoute]
