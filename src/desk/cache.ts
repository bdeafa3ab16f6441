/** The one cache of answers in this tab. Retries what was silent, never what was refused. */
import { QueryClient } from '@tanstack/react-query'
import { Problem } from './api.ts'

export const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        (error instanceof Problem ? error.status === 0 || error.status >= 502 : false) && failures < 3,
      retryDelay: attempt => Math.min(500 * 2 ** attempt, 8000),
    },
    mutations: { retry: false },
  },
})
