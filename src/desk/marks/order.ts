/** A list after one of it was moved to a place, and before which one it stands now. Pure. */
export function movedTo<T extends { id: string }>(
  all: readonly T[],
  id: string,
  to: number,
): { order: T[]; beforeId: string | null } {
  const one = all.find(each => each.id === id)
  if (!one) return { order: [...all], beforeId: null }
  const order = all.filter(each => each.id !== id).toSpliced(to, 0, one)
  return { order, beforeId: order[order.indexOf(one) + 1]?.id ?? null }
}
