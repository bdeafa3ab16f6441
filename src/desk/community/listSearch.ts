/** What the address of the list says: only what fits, as an address is written by anybody. */
import { topicFilters } from '../../contract/community-desk.ts'

export type ListSearch = { show?: (typeof topicFilters)[number]; category?: string; q?: string }

export function listSearch(search: Record<string, unknown>): ListSearch {
  const show = topicFilters.find(each => each === search.show)
  return {
    ...(show ? { show } : {}),
    ...(typeof search.category === 'string' && /^[0-9a-f-]{36}$/.test(search.category)
      ? { category: search.category }
      : {}),
    ...(typeof search.q === 'string' && search.q.trim() ? { q: search.q.slice(0, 200) } : {}),
  }
}
