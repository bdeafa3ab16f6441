/** The languages Pond speaks to people: which there are, which way they run, and which of them suits somebody. Holds no words. */
import { catalogue } from './catalogue.ts'

export const languages = ['en', 'de', 'es', 'fr', 'ar'] as const
export type Language = (typeof languages)[number]
/** English with every letter marked, for the test that finds words no catalogue holds. Never offered to anybody. */
export const pseudo = 'en-XA'
export type Spoken = Language | typeof pseudo

/** Each in its own words, so that whoever reads only that one finds it. */
export const ownNames: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ar: 'العربية',
}

export function directionOf(language: string): 'ltr' | 'rtl' {
  return language.startsWith('ar') ? 'rtl' : 'ltr'
}

/** The first of the wanted ones that Pond speaks, regions aside; English when none is. */
export function nearest(wanted: readonly (string | null | undefined)[]): Spoken {
  for (const tag of wanted) {
    if (tag === pseudo) return pseudo
    const found = languages.find(each => each === tag?.toLowerCase().split('-')[0])
    if (found) return found
  }
  return 'en'
}

const plain = 'aeiouncszAEIOUNCSZ'
const marked = [...'äéïöüñçšžÄÉÏÖÜÑÇŠŽ']

/** "Save" becomes "⟦Šävé⟧": still readable, a third longer in most languages, and recognised by the test. */
export function pseudoWords(words: string): string {
  return words === '' ? '' : `⟦${words.replace(/[a-z]/gi, letter => marked[plain.indexOf(letter)] ?? letter)}⟧`
}

catalogue.use({
  type: 'postProcessor',
  name: 'pseudo',
  process: (value: string) => (catalogue.language === pseudo ? pseudoWords(value) : value),
})
