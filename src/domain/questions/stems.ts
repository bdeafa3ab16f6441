/**
 * Cuts the endings that change a word's form and not what it is about: plural, case, tense. Light and for five languages;
 * words of other languages stay as they are and are found by their parts. Refuses to leave less than three letters.
 */
const endings: Record<string, readonly string[]> = {
  en: ['ations', 'ation', 'ings', 'ing', 'ies', 'ied', 'ed', 'es', 'ly', 's', 'e', 'y'],
  de: [
    'ungen',
    'ung',
    'lich',
    'keit',
    'heit',
    'ern',
    'est',
    'en',
    'er',
    'em',
    'es',
    'et',
    'te',
    'st',
    'e',
    'n',
    's',
    't',
  ],
  es: [
    'aciones',
    'acion',
    'amente',
    'mente',
    'ando',
    'iendo',
    'ados',
    'adas',
    'ado',
    'ada',
    'idos',
    'ido',
    'ida',
    'ar',
    'er',
    'ir',
    'os',
    'as',
    'es',
    'o',
    'a',
    'e',
    's',
  ],
  fr: [
    'ations',
    'ation',
    'ement',
    'ments',
    'ment',
    'antes',
    'ante',
    'ees',
    'ee',
    'es',
    'er',
    'ez',
    'ent',
    'ant',
    'ait',
    'aux',
    'e',
    's',
    'x',
  ],
  ar: ['ات', 'ون', 'ين', 'ان', 'ها', 'هم', 'نا', 'كم', 'ه', 'ي', 'ك'],
}
const beginnings: Record<string, readonly string[]> = { ar: ['وال', 'بال', 'كال', 'فال', 'لل', 'ال', 'و', 'ب', 'ل'] }
const shortest = 3

/** `word` is folded already: without case and accents. */
export function stemOf(word: string, language: string): string {
  let stem = word
  for (const one of beginnings[language] ?? [])
    if (stem.startsWith(one) && stem.length - one.length >= shortest) {
      stem = stem.slice(one.length)
      break
    }
  for (const one of endings[language] ?? [])
    if (stem.endsWith(one) && stem.length - one.length >= shortest) {
      stem = stem.slice(0, -one.length)
      break
    }
  return stem.replace(/(.)\1$/, '$1')
}
