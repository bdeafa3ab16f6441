/** Finds emoji by name or keyword. Pure. */
export type Emoji = { hexcode: string; label: string; unicode: string; tags?: string[]; group?: number; order?: number }

export function emojiLike(all: readonly Emoji[], typed: string, most: number): Emoji[] {
  const like = plain(typed)
  if (like === '') return []
  const ranked: { one: Emoji; rank: number }[] = []
  for (const one of all) {
    const rank = rankOf(one, like)
    if (rank !== null) ranked.push({ one, rank })
  }
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.one.order ?? 0) - (b.one.order ?? 0))
    .slice(0, most)
    .map(({ one }) => one)
}

function rankOf({ label, tags = [] }: Emoji, like: string): number | null {
  const name = plain(label)
  if (name === like) return 0
  const keywords = tags.map(plain)
  if (name.startsWith(like)) return 1
  if (keywords.includes(like)) return 2
  if (
    label
      .toLowerCase()
      .split(/\s+/)
      .some(word => plain(word).startsWith(like))
  )
    return 3
  return keywords.some(word => word.startsWith(like)) ? 4 : null
}

/** "thumbs_up", "thumbs-up" and "thumbs up" are one name. */
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}|[\s_:-]/gu, '')
    .toLowerCase()
