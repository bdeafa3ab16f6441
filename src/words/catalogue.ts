/** The catalogue of words people see, for the server and for browsers. Holds no words itself: each side adds the parts it shows. */
import i18next from 'i18next'

/** One word or a branch of them, as the JSON files hold them. */
export type Branch = { [key: string]: string | Branch }

export const catalogue = i18next.createInstance()
void catalogue.init({
  lng: 'en',
  fallbackLng: 'en',
  ns: [],
  defaultNS: 'desk',
  resources: {},
  initAsync: false,
  interpolation: { escapeValue: false },
  returnNull: false,
  postProcess: ['pseudo'],
})

/** Words without gaps are looked up once: a screen asks for hundreds of them each time it is drawn. */
const plain = new Map<string, string>()

/** Adds a part (a namespace, named like a slice) in one language. */
export function addWords(language: string, part: string, words: Branch) {
  catalogue.addResourceBundle(language, part, words, true, true)
  plain.clear()
  patterns.clear()
}

let asked: () => string | undefined = () => undefined
/** Whose language a word is wanted in at this moment, where not everybody's is the same: see src/asker.ts. */
export function speakAs(language: () => string | undefined) {
  asked = language
}

/** The words for a key `part:branch.leaf`, with its gaps filled; plural forms by `count`. */
export const t = (key: string, gaps?: Record<string, unknown>): string => tIn(asked() ?? catalogue.language, key, gaps)

/** The same in a language that is known, for the server. */
export function tIn(lng: string, key: string, gaps?: Record<string, unknown>): string {
  if (gaps) return filled(lng, key, gaps) ?? String(catalogue.t(key, { ...gaps, lng }))
  const name = `${lng} ${key}`
  const known = plain.get(name) ?? String(catalogue.t(key, { lng }))
  if (plain.size > 20_000) plain.clear()
  plain.set(name, known)
  return known
}

/** What the catalogue holds for a key, with nothing but plain gaps in it; null where the catalogue itself must say it. */
const patterns = new Map<string, string | null>()
const plurals = new Map<string, Intl.PluralRules>()

/** Fills what is plain by itself: the catalogue takes half the time of drawing a long list. */
function filled(language: string, key: string, gaps: Record<string, unknown>): string | null {
  if (language.length > 2 || 'defaultValue' in gaps || 'context' in gaps) return null
  const pattern = 'count' in gaps ? counted(language, key, gaps.count) : patternOf(language, key)
  if (pattern === null) return null
  let whole = true
  const text = pattern.replace(/\{\{(\w+)(, number)?\}\}/g, (_, gap: string, asNumber?: string) => {
    const value = gaps[gap]
    whole &&= typeof value === 'number' || (typeof value === 'string' && !asNumber)
    return asNumber ? numbersOf(language).format(Number(value)) : String(value)
  })
  return whole ? text : null
}

const numbers = new Map<string, Intl.NumberFormat>()
function numbersOf(language: string): Intl.NumberFormat {
  const made = numbers.get(language) ?? new Intl.NumberFormat(language)
  numbers.set(language, made)
  return made
}

function counted(language: string, key: string, count: unknown): string | null {
  if (typeof count !== 'number') return null
  const rules = plurals.get(language) ?? new Intl.PluralRules(language)
  plurals.set(language, rules)
  const none = count === 0 ? patternOf(language, `${key}_zero`) : null
  return none ?? patternOf(language, `${key}_${rules.select(count)}`) ?? patternOf(language, key)
}

function patternOf(language: string, key: string): string | null {
  const name = `${language} ${key}`
  const known = patterns.get(name)
  if (known !== undefined) return known
  const [part = '', path = ''] = key.split(/:(.*)/s)
  const words: unknown = path ? catalogue.getResource(language, part, path) : null
  const plainly = typeof words === 'string' && !/\$t\(|\{\{(?!\w+(, number)?\}\})/.test(words)
  const pattern = plainly ? words : null
  patterns.set(name, pattern)
  return pattern
}
