/** What the address of the list says: only what fits, as an address is written by anybody. */
import { articleStates } from '../../contract/knowledge.ts'

export type ListSearch = {
  state?: (typeof articleStates)[number]
  language?: string
  category?: string
  q?: string
}

export function listSearch(search: Record<string, unknown>): ListSearch {
  const state = articleStates.find(each => each === search.state)
  return {
    ...(state ? { state } : {}),
    ...(typeof search.language === 'string' && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(search.language)
      ? { language: search.language }
      : {}),
    ...(typeof search.category === 'string' && /^[0-9a-f-]{36}$/.test(search.category)
      ? { category: search.category }
      : {}),
    ...(typeof search.q === 'string' && search.q.trim() ? { q: search.q.slice(0, 200) } : {}),
  }
}
