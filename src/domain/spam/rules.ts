/**
 * How likely a mail is spam, by what people taught: Robinson's estimate for each piece and Fisher's way of putting them
 * together (as SpamBayes does). Says nothing before enough was taught of each kind. Pure.
 */
import type { Piece } from './token-rules.ts'

/** In how many mails of each kind something was seen. */
export type Seen = { spam: number; ham: number }
export type Above = 'careful' | 'usual' | 'strict'

/** Of each kind, before the filter says anything. */
export const needed = 20
/** What a score must exceed. A real mail in spam costs more than a spam in the inbox. */
export const thresholds: Record<Above, number> = { careful: 0.9995, usual: 0.98, strict: 0.9 }

const unseen = 0.5
const weightOfUnseen = 0.45
const tellingFrom = 0.1
const mostTelling = 150
const shown = 5

export type Score = { score: number; words: string[] }

/** `words` are those that spoke for spam most, as people read them. */
export function scoreOf(pieces: readonly Piece[], seen: ReadonlyMap<Piece, Seen>, all: Seen): Score | null {
  if (all.spam < needed || all.ham < needed) return null
  const telling = pieces
    .flatMap(piece => {
      const one = seen.get(piece)
      return one ? [{ piece, likely: likelihood(one, all) }] : []
    })
    .filter(({ likely }) => Math.abs(likely - unseen) > tellingFrom)
    .sort((a, b) => Math.abs(b.likely - unseen) - Math.abs(a.likely - unseen))
    .slice(0, mostTelling)
  if (telling.length === 0) return { score: unseen, words: [] }
  const sum = (of: (likely: number) => number) => telling.reduce((all, { likely }) => all + Math.log(of(likely)), 0)
  const forSpam = 1 - tail(-2 * sum(likely => 1 - likely), telling.length)
  const forHam = 1 - tail(-2 * sum(likely => likely), telling.length)
  return {
    score: (1 + forSpam - forHam) / 2,
    words: telling
      .filter(({ likely }) => likely > unseen)
      .map(({ piece }) => readable(piece))
      .filter((word, at, words) => words.indexOf(word) === at)
      .slice(0, shown),
  }
}

function likelihood({ spam, ham }: Seen, all: Seen): number {
  const [inSpam, inHam] = [spam / all.spam, ham / all.ham]
  if (inSpam + inHam === 0) return unseen
  const times = spam + ham
  return (weightOfUnseen * unseen + times * (inSpam / (inSpam + inHam))) / (weightOfUnseen + times)
}

/** Chi-squared beyond `value` with 2n degrees of freedom. */
function tail(value: number, n: number): number {
  const half = value / 2
  let term = Math.exp(-half)
  let sum = term
  for (let i = 1; i < n; i++) {
    term *= half / i
    sum += term
  }
  return Math.min(sum, 1)
}

function readable(piece: Piece): string {
  return piece.replace(/^(?:subject|link|from):\.?/, '')
}

export type Lesson = 'spam' | 'ham'

/** What lying in spam or leaving it teaches, given what was taught of it before: `forget` first, then `learn`. */
export function lessonOf(
  act: 'into spam' | 'out of spam',
  before: Lesson | null,
): { forget: Lesson | null; learn: Lesson | null } {
  if (act === 'into spam') return before === 'spam' ? { forget: null, learn: null } : { forget: before, learn: 'spam' }
  // Taking back what one put there oneself is an undo, and says no more than that.
  return before === null ? { forget: null, learn: 'ham' } : { forget: before === 'spam' ? 'spam' : null, learn: null }
}
