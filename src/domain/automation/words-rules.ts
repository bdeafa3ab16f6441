/**
 * Words looked for in mail: case, accents and width do not count, and a word is found where it begins ("invoice" in
 * "invoices", not in "reinvoice"; "in quotes" it stands whole). One walk over the text however many are looked for:
 * linear time, and nobody's regular expressions.
 */

const others: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i', ð: 'd', þ: 'th' }

/** One spelling for what readers take for the same letters. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{M}--[\u3099\u309a]]+/gv, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđıðþ]/g, letter => others[letter]!)
    .replace(/[’‘]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

type Step = { next: Map<number, Step>; ends: { at: number; whole: boolean }[] }
export type Lookout = { root: Step; size: number }

const step = (): Step => ({ next: new Map(), ends: [] })

/** The places of the phrases in the list are what `found` answers. */
export function lookoutFor(phrases: readonly string[]): Lookout {
  const root = step()
  for (const [at, phrase] of phrases.entries()) {
    const whole = /^["“„«].+["”“»]$/u.test(phrase.trim())
    const letters = folded(whole ? phrase.trim().slice(1, -1) : phrase)
    if (!letters) continue
    let here = root
    for (let n = 0; n < letters.length; n++) {
      const code = letters.charCodeAt(n)
      const next = here.next.get(code) ?? step()
      here.next.set(code, next)
      here = next
    }
    here.ends.push({ at, whole })
  }
  return { root, size: phrases.length }
}

const wordSign = /[\p{L}\p{N}]/u
/** Written without blanks between words: each sign may begin one. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

function isWord(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57)
  return wordSign.test(String.fromCharCode(code))
}

const isUnspaced = (code: number) => code >= 0x0e00 && unspaced.test(String.fromCharCode(code))

/** Which phrases stand in a text that is folded already. */
export function found({ root }: Lookout, text: string): Set<number> {
  const seen = new Set<number>()
  if (root.next.size === 0) return seen
  let before = false
  for (let from = 0; from < text.length; from++) {
    const code = text.charCodeAt(from)
    const word = isWord(code)
    if (!(before && word) || isUnspaced(code)) walk(root, text, from, seen)
    before = word
  }
  return seen
}

function walk(root: Step, text: string, from: number, seen: Set<number>) {
  let here = root
  for (let n = from; n < text.length; n++) {
    const next = here.next.get(text.charCodeAt(n))
    if (!next) return
    here = next
    for (const { at, whole } of here.ends) if (!whole || endsWord(text, n)) seen.add(at)
  }
}

function endsWord(text: string, at: number): boolean {
  if (at + 1 >= text.length) return true
  const next = text.charCodeAt(at + 1)
  return !isWord(next) || isUnspaced(next)
}
