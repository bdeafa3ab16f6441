/** What changed from one text to another, word by word where that is quick, else line by line. Pure. */
import { diffLines, diffWordsWithSpace } from 'diff'

type Part = { is: 'same' | 'added' | 'removed'; text: string }

/** Characters above which words are not compared one by one. */
const mostForWords = 40_000
const patience = 400

export function differenceOf(before: string, after: string): Part[] {
  const byWords =
    before.length + after.length <= mostForWords ? diffWordsWithSpace(before, after, { timeout: patience }) : undefined
  const changes = byWords ?? diffLines(before, after, { timeout: patience })
  if (!changes)
    return [
      { is: 'removed' as const, text: before },
      { is: 'added' as const, text: after },
    ].filter(part => part.text !== '')
  return changes.map(({ added, removed, value }) => ({
    is: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}
