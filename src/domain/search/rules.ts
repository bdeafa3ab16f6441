/**
 * How text becomes words to find and to be found by. Pure: the same text gives the same words when it is stored and when it
 * is asked for. Refuses nothing: what holds no word has none.
 *
 * A word is a run of letters and digits, without case and accents. What stands in one piece around dots, hyphens and the
 * like (`F3-20931`, `ana@x.org`) is its parts side by side, and joined where it holds a digit. Scripts written without spaces
 * become pairs of signs (`東京都`: 東京 京都 都). A pictogram is a word.
 */

export type Token = {
  word: string
  /** where it stands in the text, in UTF-16 units */
  from: number
  to: number
  /** pairs of signs overlap: a word of them is found side by side */
  pair: boolean
}

/** Longer runs are no words of people; what is cut here is cut when asked, too. */
export const longestWord = 60

// Marks that change how a word is written, not which word it is: accents, Hebrew points, Arabic vowels, what is invisible.
const marks =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ufe00-\ufe0f]/g
const same: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŧ: 't', ς: 'σ' },
  ...{ ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك' },
}
const others = new RegExp(`[${Object.keys(same).join('')}]|[\\u0660-\\u0669]|[\\u06f0-\\u06f9]`, 'g')
const ascii = /^[\0-\x7f]*$/

/** Without case, accents, forms of width, and spellings that mean the same letter. */
export function folded(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(marks, '')
    .replace(others, sign => same[sign] ?? String(sign.charCodeAt(0) & 0xf))
    .normalize('NFC')
}

const dense = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}ー々'
// One pictogram with what joins or colours it; a list of all there are would be read through for each.
const pictogram =
  '\\p{Extended_Pictographic}(?:\\ufe0f|\\p{Emoji_Modifier}|\\u200d\\p{Extended_Pictographic})*|\\p{Regional_Indicator}{2}'
const piece = new RegExp(`[${dense}]+|[[\\p{L}\\p{N}\\p{M}\\u00ad\\u200b-\\u200f]--[${dense}]]+|${pictogram}`, 'gv')
/** The same for what most mail is made of, several times as quick. */
const asciiPiece = /[a-z0-9]+/gi
const isDense = new RegExp(`^[${dense}]`, 'v')
const isPictogram = new RegExp(`^(?:${pictogram})$`, 'v')

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  if (ascii.test(text)) {
    for (const { 0: written, index } of text.matchAll(asciiPiece))
      tokens.push({
        word: written.slice(0, longestWord).toLowerCase(),
        from: index,
        to: index + written.length,
        pair: false,
      })
    return tokens
  }
  for (const found of text.matchAll(piece)) {
    const [written] = found
    if (isDense.test(written)) pairsIn(written, found.index, tokens)
    else {
      const word = isPictogram.test(written) ? written.replace(/\ufe0f/g, '') : folded(written).slice(0, longestWord)
      if (word !== '') tokens.push({ word, from: found.index, to: found.index + written.length, pair: false })
    }
  }
  return tokens
}

/** Words of a text that hold one of these pieces, which have no case and accents. */
export function wordsHolding(text: string, pieces: readonly string[]): string[] {
  if (!ascii.test(text))
    return tokensOf(text).flatMap(({ word }) => (pieces.some(each => word.includes(each)) ? [word] : []))
  const lower = text.toLowerCase()
  const words: string[] = []
  for (const each of pieces)
    for (let at = lower.indexOf(each); at >= 0 && each !== ''; ) {
      let [from, to] = [at, at + each.length]
      while (isInWord(lower.charCodeAt(from - 1))) from--
      while (isInWord(lower.charCodeAt(to))) to++
      words.push(lower.slice(from, to).slice(0, longestWord))
      at = lower.indexOf(each, to)
    }
  return words
}
const isInWord = (code: number) => (code >= 97 && code <= 122) || (code >= 48 && code <= 57)

/** Each sign with its neighbour, the last one alone: so one sign is found as the beginning of a pair. */
function pairsIn(run: string, from: number, tokens: Token[]) {
  const signs = [...run]
  let at = from
  for (const [n, sign] of signs.entries()) {
    const next = signs[n + 1] ?? ''
    const word = folded(sign + next)
    if (word !== '') tokens.push({ word, from: at, to: at + sign.length + next.length, pair: true })
    at += sign.length
  }
}

/** What stands between the parts of one thing: a number of a part, an address, a file. */
const joins = new Set("-._@/+:#’'")

/** Parts that stand in one piece, when one of them holds a digit: `F3-20931` is also looked for as `f320931`. */
export function joinedAt(text: string, tokens: readonly Token[], at: number): string | null {
  const follows = (n: number) => {
    const [one, next] = [tokens[n], tokens[n + 1]]
    return one && next && next.from - one.to === 1 && !next.pair && joins.has(text[one.to]!)
  }
  if (!follows(at) || follows(at - 1)) return null
  let [end, word] = [at, tokens[at]!.word]
  while (follows(end)) word += tokens[++end]!.word
  return end - at < 6 && word.length <= longestWord && /\d/.test(word) ? word : null
}
