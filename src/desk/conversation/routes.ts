/** Where one conversation is: `/conversations/4817` or by its id; `?write=reply` opens the composer at once; `view`, `team`, `q`, `sort` and `saved` name the list one came from. `/write` begins a new one. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { Sort, View } from '../../contract/conversations.ts'
import { shownOf } from '../inbox/filter.ts'
import { deskRoute } from '../shell/routes.ts'

export type ConversationSearch = {
  write?: 'reply' | 'note' | 'follow-up'
  view?: View
  team?: string
  q?: string
  sort?: Sort
  columns?: string
  saved?: string
}
/** `to` is a person; `checkIn` the check-in that this writing is. */
export type WriteSearch = { is?: 'written' | 'phone'; to?: string; checkIn?: string }

const conversationRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/conversations/$conversationId',
  validateSearch: (search: Record<string, unknown>): ConversationSearch => {
    const { write } = search
    const { view, ...rest } = shownOf(search)
    return {
      ...(write === 'reply' || write === 'note' || write === 'follow-up' ? { write } : {}),
      // Without a list there is no next and no previous one.
      ...(search.view === view ? { view, ...rest } : {}),
    }
  },
  component: lazyRouteComponent(() => import('./ConversationPage.tsx'), 'ConversationPage'),
})
const printRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/conversations/$conversationId/print',
  component: lazyRouteComponent(() => import('./PrintPage.tsx'), 'PrintPage'),
})
const writeRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/write',
  validateSearch: (search: Record<string, unknown>): WriteSearch => ({
    ...(search.is === 'written' || search.is === 'phone' ? { is: search.is } : {}),
    ...(typeof search.to === 'string' ? { to: search.to } : {}),
    ...(typeof search.checkIn === 'string' && /^[0-9a-f-]{36}$/.test(search.checkIn)
      ? { checkIn: search.checkIn }
      : {}),
  }),
  component: lazyRouteComponent(() => import('../compose/WritePage.tsx'), 'WritePage'),
})
export const conversationRoutes = [conversationRoute, printRoute, writeRoute]
