/** Spellings that are one slip of the fingers away from a word. Pure. */

const letters = 'abcdefghijklmnopqrstuvwxyz'

/** One letter left out, two that changed places, one too many, or another one. Without the word itself. */
export function slipsOf(word: string): string[] {
  const signs = [...word]
  const found = new Set<string>()
  for (let at = 0; at <= signs.length; at++) {
    const [before, after] = [signs.slice(0, at).join(''), signs.slice(at)]
    if (after.length > 0) found.add(before + after.slice(1).join(''))
    if (after.length > 1) found.add(before + after[1] + after[0] + after.slice(2).join(''))
    for (const letter of letters) {
      found.add(before + letter + after.join(''))
      if (after.length > 0) found.add(before + letter + after.slice(1).join(''))
    }
  }
  found.delete(word)
  return [...found].filter(each => each.length > 1)
}
