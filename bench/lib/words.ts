/** Words and texts as people write them: few words very often, most hardly ever (Zipf). The same numbers give the same words. */

export type Random = () => number

/** mulberry32: small, quick, and the same everywhere. */
export function random(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const begins = 'b br c ch cl d dr f fl fr g gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w'.split(' ')
const middles = 'a e i o u ai ea ee ie io oa ou oo'.split(' ')
const ends = [
  '',
  '',
  '',
  'b',
  'ck',
  'd',
  'l',
  'll',
  'm',
  'n',
  'nd',
  'ng',
  'nt',
  'p',
  'r',
  'rd',
  'rt',
  's',
  'ss',
  'st',
  't',
  'x',
]
const tails = ['', '', '', '', 's', 'ed', 'ing', 'er', 'ly', 'ness', 'tion', 'able']

/** Different words, the commonest first: those are short. */
export function vocabulary(size: number): string[] {
  const next = random(1)
  const one = <T>(of: readonly T[]) => of[Math.floor(next() * of.length)]!
  const words = new Set<string>()
  while (words.size < size) {
    const syllables = words.size < 150 ? 1 : words.size < 3000 ? 1 + Math.floor(next() * 2) : 2 + Math.floor(next() * 2)
    let word = ''
    for (let n = 0; n < syllables; n++) word += one(begins) + one(middles) + one(ends)
    word += words.size < 150 ? '' : one(tails)
    if (word.length > 2) words.add(word)
  }
  return [...words]
}

/** Answers the places of words, by Zipf's law. */
export function zipf(size: number): (next: Random) => number {
  const sums = new Float64Array(size)
  let sum = 0
  for (let rank = 0; rank < size; rank++) sums[rank] = sum += 1 / (rank + 2.7) ** 1.05
  return next => {
    const wanted = next() * sum
    let [low, high] = [0, size - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
