/** Which saved replies are meant by what somebody typed: the shortcut first, then names that have the word. Pure. */
type Named = { name: string; shortcut: string | null; used: number }

export function savedThatFit<T extends Named>(all: readonly T[], typed: string): T[] {
  const like = folded(typed)
  const ranked = all.flatMap(one => {
    const rank = rankOf(one, like)
    return rank === null ? [] : [{ one, rank }]
  })
  return ranked
    .sort((a, b) => a.rank - b.rank || b.one.used - a.one.used || a.one.name.localeCompare(b.one.name))
    .map(({ one }) => one)
}

function rankOf({ name, shortcut }: Named, like: string): number | null {
  if (like === '') return 0
  const short = folded(shortcut ?? '')
  if (short === like) return 0
  if (shortcut && short.startsWith(like)) return 1
  const words = folded(name)
  if (words.replaceAll(' ', '').startsWith(like)) return 2
  if (words.split(/[\s,.;:!?()-]+/).some(word => word.startsWith(like))) return 3
  return words.replaceAll(' ', '').includes(like) ? 4 : null
}

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
