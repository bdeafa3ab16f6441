/**
 * How alike two questions are, and which earlier ones to show for a new one. Pure. What few ask says more than what all
 * ask; what people found in questions that were not the same says less.
 */
import { kindWeight } from './features.ts'

/** How often a feature was seen, and how often two that share it were said to be the same, or not. */
export type Seen = { seen: number; same: number; apart: number }
export type Known = { questions: number; features: ReadonlyMap<number, Seen> }

const unseen: Seen = { seen: 0, same: 0, apart: 0 }
/** So many lessons weigh as much as what was believed before any. */
const doubt = 4
/** So many that we imagine: where few have asked anything, a word that all of them used is still not common. */
const imagined = 200

/** Squared at once: it only ever stands in sums of squares. */
export function weightOf(feature: number, { questions, features }: Known): number {
  const { seen, same, apart } = features.get(feature) ?? unseen
  const rare = Math.max(0, Math.log((questions + imagined) / (seen + 0.5)))
  const learned = (doubt + same) / (doubt + same + apart)
  return (rare * kindWeight(feature) * learned) ** 2
}

export function weightsOf(features: Iterable<number>, known: Known): Map<number, number> {
  const weights = new Map<number, number>()
  for (const feature of features) weights.set(feature, weightOf(feature, known))
  return weights
}

/**
 * What to look earlier questions up by: the rarest features, as many as lead to about `most` questions, at least one
 * that was ever seen. Common ones would find nearly everything and tell nothing apart.
 */
export function keysOf(features: readonly number[], known: Known, most: number): number[] {
  const seen = features
    .map(feature => ({ feature, seen: known.features.get(feature)?.seen ?? 0 }))
    .filter(each => each.seen > 0)
    .sort((a, b) => a.seen - b.seen)
  const keys: number[] = []
  let sum = 0
  for (const each of seen) {
    if (keys.length > 0 && sum + each.seen > most) break
    keys.push(each.feature)
    sum += each.seen
  }
  return keys
}

export type Candidate = { id: string; features: readonly number[] }

/** The likeliest by what they share with the question: a first look, without asking how rare the rest of theirs is. */
export function firstLook<C extends Candidate>(
  asked: ReadonlyMap<number, number>,
  found: readonly C[],
  most: number,
): C[] {
  const scored = found.map(candidate => {
    let shared = 0
    for (const feature of candidate.features) shared += asked.get(feature) ?? 0
    return { candidate, score: shared / (candidate.features.length + 8) ** 0.35 }
  })
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(each => each.candidate)
}

type Weighed = { features: ReadonlySet<number>; length: number }

function weighed(features: readonly number[], weights: ReadonlyMap<number, number>): Weighed {
  let sum = 0
  for (const feature of features) sum += weights.get(feature) ?? 0
  return { features: new Set(features), length: Math.sqrt(sum) }
}

/** The cosine between two questions: 0 for nothing shared, 1 for the same words. `weights` knows the features of both. */
function cosine(a: Weighed, b: Weighed, weights: ReadonlyMap<number, number>): number {
  const [few, many] = a.features.size < b.features.size ? [a, b] : [b, a]
  let shared = 0
  for (const feature of few.features) if (many.features.has(feature)) shared += weights.get(feature) ?? 0
  const lengths = a.length * b.length
  return lengths > 0 ? shared / lengths : 0
}

export type Match<C extends Candidate> = { candidate: C; likeness: number }

/** How much being like one that is shown already counts against a question. */
const repeats = 0.6

/** The likeliest `most`, rather different ones than one five times: each says more when the others don't say it already. */
export function shownOf<C extends Candidate>(
  asked: readonly number[],
  found: readonly C[],
  weights: ReadonlyMap<number, number>,
  most: number,
): Match<C>[] {
  const question = weighed(asked, weights)
  const left = found.map(candidate => {
    const its = weighed(candidate.features, weights)
    return { candidate, its, likeness: cosine(question, its, weights), nearest: 0 }
  })
  const best = Math.max(...left.map(each => each.likeness), Number.MIN_VALUE)
  const worth = (each: (typeof left)[number]) => each.likeness / best - repeats * each.nearest
  const shown: Match<C>[] = []
  while (shown.length < most && left.length > 0) {
    let next = 0
    for (let at = 1; at < left.length; at++) if (worth(left[at]!) > worth(left[next]!)) next = at
    const taken = left.splice(next, 1)[0]!
    shown.push({ candidate: taken.candidate, likeness: taken.likeness })
    if (shown.length < most)
      for (const each of left) each.nearest = Math.max(each.nearest, cosine(taken.its, each.its, weights))
  }
  return shown
}
