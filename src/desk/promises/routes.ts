/** Where the ledger is; what is chosen stands in the address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { LedgerDirection, LedgerState } from '../../contract/ledger.ts'
import { deskRoute } from '../shell/routes.ts'

const Search = z.object({
  /** mine when nobody is named; `all`: everybody's one sees */
  of: z.enum(['mine', 'all', 'team', 'person', 'customer']).optional().catch(undefined),
  id: z.uuid().optional().catch(undefined),
  name: z.string().max(300).optional().catch(undefined),
  direction: LedgerDirection.optional().catch(undefined),
  state: LedgerState.optional().catch(undefined),
  late: z.boolean().optional().catch(undefined),
})
export type LedgerSearch = z.infer<typeof Search>

export const promisesRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/promises',
  validateSearch: Search,
  component: lazyRouteComponent(() => import('./PromisesPage.tsx'), 'PromisesPage'),
})
