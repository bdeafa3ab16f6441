/** Where the cursor stands in a list and what is chosen, by keys and clicks. Pure: knows ids and their order, no rows. */
export type ListState = {
  /** the current row; null before anything was chosen */
  at: string | null
  chosen: ReadonlySet<string>
  /** where a range with Shift starts */
  anchor: string | null
}
export const nothingChosen: ListState = { at: null, chosen: new Set(), anchor: null }

export type Move =
  | { is: 'down' | 'up' | 'first' | 'last' | 'clear' | 'all' }
  | { is: 'to'; id: string }
  | { is: 'toggle'; id?: string }
  | { is: 'range'; id?: string }

/** The state after a move over the rows in their present order. */
export function moved(state: ListState, move: Move, order: readonly string[]): ListState {
  switch (move.is) {
    case 'down':
    case 'up': {
      const index = state.at === null ? -1 : order.indexOf(state.at)
      const start = move.is === 'down' ? 0 : order.length - 1
      const next = index < 0 ? start : Math.min(order.length - 1, Math.max(0, index + (move.is === 'down' ? 1 : -1)))
      return { ...state, at: order[next] ?? null }
    }
    case 'first':
      return { ...state, at: order[0] ?? null }
    case 'last':
      return { ...state, at: order.at(-1) ?? null }
    case 'to':
      return { ...state, at: move.id }
    case 'toggle': {
      const id = move.id ?? state.at
      if (id === null || !order.includes(id)) return state
      const chosen = new Set(state.chosen)
      if (!chosen.delete(id)) chosen.add(id)
      return { at: id, chosen, anchor: id }
    }
    case 'range': {
      const id = move.id ?? state.at
      if (id === null) return state
      const to = order.indexOf(id)
      const from = state.anchor === null ? to : order.indexOf(state.anchor)
      if (to < 0) return state
      const [low, high] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)]
      return { ...state, at: id, chosen: new Set([...state.chosen, ...order.slice(low, high + 1)]) }
    }
    case 'all':
      return { ...state, chosen: new Set(order) }
    case 'clear':
      return { ...state, chosen: new Set(), anchor: null }
  }
}

/** After rows came and went: the cursor stays on its row, or goes to the row that took its place. */
export function settled(state: ListState, before: readonly string[], now: readonly string[]): ListState {
  const chosen = new Set([...state.chosen].filter(id => now.includes(id)))
  const anchor = state.anchor !== null && now.includes(state.anchor) ? state.anchor : null
  if (state.at === null || now.includes(state.at)) return { ...state, chosen, anchor }
  return { at: afterLeaving(state.at, before, now), chosen, anchor }
}

/** The row to go to when this one leaves the list: the one below it, else the one above. */
export function afterLeaving(id: string, before: readonly string[], now: readonly string[]): string | null {
  const index = before.indexOf(id)
  if (index < 0) return null
  const left = new Set(now)
  const below = before.slice(index + 1).find(other => left.has(other))
  return below ?? before.slice(0, index).findLast(other => left.has(other)) ?? null
}
