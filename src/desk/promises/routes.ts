/** Where the ledger is; what is chosen stands in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'
import { ledgerSearch } from './ledgerSearch.ts'

export const promisesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/promises',
  validateSearch: ledgerSearch,
  component: lazyRouteComponent(() => import('./PromisesPage.tsx'), 'PromisesPage'),
})
