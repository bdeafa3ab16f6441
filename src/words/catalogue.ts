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
}

let asked: () => string | undefined = () => undefined
/** Whose language a word is wanted in at this moment, where not everybody's is the same: see src/asker.ts. */
export function speakAs(language: () => string | undefined) {
  asked = language
}

/** The words for a key `part:branch.leaf`, with its gaps filled; plural forms by `count`. */
export function t(key: string, gaps?: Record<string, unknown>): string {
  const lng = asked()
  if (!gaps) {
    const name = `${lng ?? catalogue.language} ${key}`
    const known = plain.get(name) ?? String(catalogue.t(key, lng ? { lng } : {}))
    if (plain.size > 20_000) plain.clear()
    plain.set(name, known)
    return known
  }
  return String(catalogue.t(key, lng ? { ...gaps, lng } : gaps))
}
