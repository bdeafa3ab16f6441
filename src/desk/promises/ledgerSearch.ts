/** What the address of the ledger holds. What does not fit is left out: an address is written by anybody. */
import { LedgerDirection, LedgerState } from '../../contract/ledger.ts'

const whose = ['mine', 'all', 'team', 'person', 'customer'] as const

export type LedgerSearch = {
  /** mine when nobody is named; `all`: everybody's one sees */
  of?: (typeof whose)[number] | undefined
  id?: string | undefined
  name?: string | undefined
  direction?: LedgerDirection | undefined
  state?: LedgerState | undefined
  late?: boolean | undefined
}

export function ledgerSearch(search: Record<string, unknown>): LedgerSearch {
  const of = whose.find(each => each === search.of)
  const [direction, state] = [
    LedgerDirection.safeParse(search.direction).data,
    LedgerState.safeParse(search.state).data,
  ]
  return {
    ...(of ? { of } : {}),
    ...(typeof search.id === 'string' && /^[0-9a-f-]{36}$/i.test(search.id) ? { id: search.id } : {}),
    ...(typeof search.name === 'string' ? { name: search.name.slice(0, 300) } : {}),
    ...(direction ? { direction } : {}),
    ...(state ? { state } : {}),
    ...(typeof search.late === 'boolean' ? { late: search.late } : {}),
  }
}
