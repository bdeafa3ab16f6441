/** Where the ledger of goodwill is; what it is narrowed to stands in its address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { GoodwillKind, GoodwillState } from '../../contract/goodwill.ts'
import { deskRoute } from '../shell/routes.ts'

type GoodwillSearch = {
  state?: GoodwillState
  kind?: GoodwillKind
  by?: string
  from?: string
  to?: string
}

/** Only what fits: an address is written by anybody. */
function goodwillSearch(search: Record<string, unknown>): GoodwillSearch {
  const [state, kind] = [GoodwillState.safeParse(search.state).data, GoodwillKind.safeParse(search.kind).data]
  const day = (value: unknown) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  return {
    ...(state ? { state } : {}),
    ...(kind ? { kind } : {}),
    ...(typeof search.by === 'string' && /^[0-9a-f-]{36}$/.test(search.by) ? { by: search.by } : {}),
    ...(day(search.from) ? { from: search.from as string } : {}),
    ...(day(search.to) ? { to: search.to as string } : {}),
  }
}

export const goodwillRoutes = [
  createRoute({
    getParentRoute: () => deskRoute,
    path: '/goodwill',
    validateSearch: goodwillSearch,
    component: lazyRouteComponent(() => import('./GoodwillPage.tsx'), 'GoodwillPage'),
  }),
] as const
