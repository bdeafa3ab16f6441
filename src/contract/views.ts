/** Built-in lists as filters: one mechanism with what people type and save. Pure. */
import type { Sort, View } from './conversation-views.ts'
import { parseFilter, printFilter, saysState, states, type Term } from './filter-text.ts'

/** What I put aside until later is not among mine until then. */
const filters: Record<View, string> = {
  mine: 'is:open is:mine -is:snoozed',
  unowned: 'is:open is:unowned',
  open: 'is:open',
  pending: 'is:pending',
  solved: 'is:solved',
  closed: 'is:closed',
  all: 'is:all',
  aside: 'is:aside',
  spam: 'is:spam',
  trash: 'is:trash',
}

const about = (term: Term, value: string) =>
  term.is === 'operator' && term.name === 'is' && term.values.some(each => each.toLowerCase() === value)
const isState = (term: Term) => states.some(state => about(term, state))

/** A list and what was typed into it. Who names states, or what is snoozed, means those instead of the list's. */
export function filterOfView(view: View, typed: readonly Term[]): Term[] {
  const said = saysState(typed)
  const own = parseFilter(filters[view]).filter(
    term => !(said && isState(term)) && !(about(term, 'snoozed') && typed.some(each => about(each, 'snoozed'))),
  )
  return [...own, ...typed]
}

export function filterTextOfView(view: View, q: string): string {
  return printFilter(filterOfView(view, parseFilter(q)))
}

/** The states a filter asks for; without any word about them all but spam, trash and what was merged. */
export function statesOf(terms: readonly Term[]): string[] {
  const said = terms.flatMap(term =>
    term.is === 'operator' && term.name === 'is' && !term.not
      ? term.values.map(value => value.toLowerCase()).filter(value => (states as readonly string[]).includes(value))
      : [],
  )
  return said.length > 0 ? [...new Set(said)] : ['all']
}

/** The orders a list has: only what is open has a due time and waits; what is pending has the time at which we ask again. The first is its own. */
export function sortsFor(said: readonly string[]): Sort[] {
  const [only] = said.length === 1 ? said : []
  if (only === 'open') return ['due', 'priority', 'waiting', 'latest', 'oldest']
  if (only === 'pending') return ['latest', 'due', 'oldest']
  return ['latest', 'oldest']
}
