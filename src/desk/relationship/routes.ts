/** Where relationships are: `/people` lists people or organisations, `/people/…` and `/organisations/…` are their pages; `kinds` narrows what happened. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { TimelineKind } from '../../contract/relations.ts'
import { deskRoute } from '../shell/routes.ts'

export type PeopleSearch = { show?: 'organisations'; q?: string; archived?: true }
export type PageSearch = { kinds?: TimelineKind[] }

const pageSearch = (search: Record<string, unknown>): PageSearch => {
  const asked = Array.isArray(search.kinds) ? search.kinds : []
  const kinds = TimelineKind.options.filter(kind => asked.includes(kind))
  return kinds.length > 0 ? { kinds } : {}
}

const peopleRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/people',
  validateSearch: (search: Record<string, unknown>): PeopleSearch => ({
    ...(search.show === 'organisations' ? { show: search.show } : {}),
    ...(typeof search.q === 'string' && search.q ? { q: search.q.slice(0, 100) } : {}),
    ...(search.archived === true ? { archived: true as const } : {}),
  }),
  component: lazyRouteComponent(() => import('./PeoplePage.tsx'), 'PeoplePage'),
})
const personRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/people/$personId',
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import('./PersonPage.tsx'), 'PersonPage'),
})
const organisationRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/organisations/$organisationId',
  validateSearch: pageSearch,
  component: lazyRouteComponent(() => import('./OrganisationPage.tsx'), 'OrganisationPage'),
})
export const relationshipRoutes = [peopleRoute, personRoute, organisationRoute]
