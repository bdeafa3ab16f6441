/**
 * What stands in an answer to one person and is nobody else's: their greeting, names, addresses, numbers, and how it was
 * closed. Pure. Holds back rather too much: whoever reads it puts in what belongs there.
 */

export type HeldBackKind = 'name' | 'address' | 'link' | 'account' | 'phone' | 'number' | 'greeting'
export type HeldBack = { paragraphs: string[]; heldBack: number }
/** What stands in the place of what was held back. */
type Instead = (is: HeldBackKind, was: string) => string

const gap: Instead = () => '…'
const closing =
  /^\s*(?:(?:kind|best|warm|many|with)?\s*(?:regards|wishes|greetings)|(?:yours\s+)?(?:sincerely|faithfully|truly)|cheers|(?:mit\s+)?(?:freundlichen?|besten?|herzlichen?|liebe|viele|schöne)\s+grü(?:ß|ss)en?|(?:mfg|lg|vg)|(?:un\s+)?(?:cordial\s+)?saludos?(?:\s+cordiales)?|atentamente|(?:bien\s+)?(?:cordialement|à\s+vous)|(?:sincères\s+|meilleures\s+)?salutations|مع\s+(?:أطيب\s+)?(?:التحيات|تحياتي|التحية)|تحياتي|(?:best|all the best))[\s,.!،]*$/iu
const greeting =
  /^\s*(?:dear|hello|hi|hey|good\s+(?:morning|afternoon|evening)|hallo|guten\s+(?:tag|morgen|abend)|liebe[rs]?|sehr\s+geehrte[rsn]?|moin|servus|hola|buen(?:os|as)\s+(?:días|tardes|noches)|estimad[oa]s?|querid[oa]s?|bonjour|bonsoir|chère?s?|salut|مرحبا|أهلا|السلام|عزيز[يتة]*|السيد[ة]?)(?![\p{L}])[^.?!؟\n]{0,60}[,!:،]?\s*$/iu
const greetingBefore =
  /^\s*(?:dear|hello|hi|hey|hallo|liebe[rs]?|sehr\s+geehrte[rsn]?|hola|estimad[oa]s?|bonjour|chère?s?|مرحبا|عزيز[يتة]*)(?![\p{L}])[^.?!؟,،\n]{0,40}[,،]\s+/iu

const telling: readonly [HeldBackKind, RegExp][] = [
  ['address', /[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>().,;]+/gu],
  // where somebody lives
  [
    'address',
    /(?<![\p{L}\p{N}])[\p{L}.'’-]*(?:[Ss]traat|[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Ll]aan|[Pp]lein|[Pp]latz|[Aa]llee|[Gg]asse|[Gg]racht|[Kk]ade)\s\d+\s?[a-zA-Z]?(?![\p{L}\p{N}])/gu,
  ],
  [
    'address',
    /(?<![\p{L}\p{N}])\d+[a-zA-Z]?,?\s(?:\p{Lu}[\p{L}'’-]+\s){1,3}(?:Street|Road|Avenue|Lane|Square)(?!\p{L})/gu,
  ],
  [
    'address',
    /(?<![\p{L}\p{N}])(?:\d+\s?(?:bis)?,?\s)?(?:[Rr]ue|[Aa]venue|[Cc]alle|[Aa]venida|[Pp]laza)\s(?:(?:de|del|la|las|los|des|du)\s){0,2}\p{Lu}[\p{L}'’-]+(?:,?\s\d+)?(?!\p{L})/gu,
  ],
  // what a link says about who follows it
  ['link', /(?<=https?:\/\/[^\s?#]+)[?#][^\s]+/gu],
  // accounts, cards, telephones: long runs of digits, also in groups
  ['account', /\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b/gu],
  ['phone', /(?:\+|\b)\d(?:[\s./()-]?\d){5,}\b/gu],
  // numbers of orders and machines: letters and digits in one piece
  [
    'number',
    /(?<![\p{L}\p{N}/.-])(?=[\p{L}\p{N}-]*\d{3})(?=[\p{L}\p{N}-]*\p{L})[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*(?![\p{L}\p{N}])/gu,
  ],
]

export function heldBackFrom(text: string, names: readonly string[], instead: Instead = gap): HeldBack {
  let heldBack = 0
  const lines = text.replaceAll('\r', '').split('\n')
  const end = lines.findIndex((line, at) => at > 0 && closing.test(line))
  if (end > 0) {
    heldBack++
    instead('greeting', lines.slice(end).join(' ').trim())
  }
  const kept = end > 0 ? lines.slice(0, end) : lines
  const first = kept.findIndex(line => line.trim() !== '')
  if (first >= 0 && greeting.test(kept[first]!)) {
    instead('greeting', kept[first]!.trim())
    kept.splice(first, 1)
    heldBack++
  } else if (first >= 0 && greetingBefore.test(kept[first]!)) {
    instead('greeting', greetingBefore.exec(kept[first]!)![0].trim())
    kept[first] = risen(kept[first]!.replace(greetingBefore, ''))
    heldBack++
  }
  const parts = partsOf(names)
  const without = (line: string) => {
    let said = line
    for (const [is, one] of [...telling, ...(parts ? [['name', parts] as const] : [])])
      said = said.replace(one, was => {
        heldBack++
        return instead(is, was)
      })
    return said
  }
  const paragraphs = kept
    .join('\n')
    .split(/\n\s*\n/)
    .map(each => without(each.trim()))
    .filter(each => each !== '')
  return { paragraphs, heldBack }
}

/** Each part of their names, as a word of its own. Two letters are too often a word of the language. */
function partsOf(names: readonly string[]): RegExp | null {
  const parts = [...new Set(names.flatMap(name => name.replace(/@.*$/, '').split(/[\s,.]+/)))].filter(
    part => [...part].length >= 3,
  )
  if (parts.length === 0) return null
  const any = parts
    .slice(0, 60)
    .sort((a, b) => b.length - a.length)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${any.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
}

const risen = (text: string) => text.replace(/^\p{L}/u, letter => letter.toUpperCase())
