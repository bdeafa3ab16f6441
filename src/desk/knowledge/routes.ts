/** Where articles are: `/knowledge`, one at `/knowledge/…`, and what was looked for in vain. The list's filter is in its address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { deskRoute } from '../shell/routes.ts'
import { listSearch } from './listSearch.ts'

const under = { getParentRoute: () => deskRoute } as const

export const knowledgeRoutes = [
  createRoute({
    ...under,
    path: '/knowledge',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./KnowledgePage.tsx'), 'KnowledgePage'),
  }),
  createRoute({
    ...under,
    path: '/knowledge/searches',
    component: lazyRouteComponent(() => import('./SearchesPage.tsx'), 'SearchesPage'),
  }),
  createRoute({
    ...under,
    path: '/knowledge/$articleId',
    validateSearch: (search: Record<string, unknown>): { language?: string } =>
      typeof search.language === 'string' && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(search.language)
        ? { language: search.language }
        : {},
    component: lazyRouteComponent(() => import('./ArticlePage.tsx'), 'ArticlePage'),
  }),
]
