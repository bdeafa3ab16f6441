/** Where the ledger is; what is chosen stands in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'
import { LedgerSearch } from './ledgerSearch.ts'

export const promisesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/promises',
  validateSearch: LedgerSearch,
  component: lazyRouteComponent(() => import('./PromisesPage.tsx'), 'PromisesPage'),
})
