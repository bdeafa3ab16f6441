/** Where the pond is: `/pond?as=table&show=past&sort=touch`. The address holds what is shown, narrowed and sorted, and who is looked at. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'
import { pondSearch } from './pondSearch.ts'

export const pondRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/pond',
  validateSearch: pondSearch,
  component: lazyRouteComponent(() => import('./PondPage.tsx'), 'PondPage'),
})
