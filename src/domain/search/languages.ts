/** Languages whose words PostgreSQL knows to reduce to their stems. Every server since 15 has these. */
const configurations: Record<string, string> = {
  ...{ ar: 'arabic', hy: 'armenian', eu: 'basque', ca: 'catalan', da: 'danish', nl: 'dutch', en: 'english' },
  ...{ fi: 'finnish', fr: 'french', de: 'german', el: 'greek', hi: 'hindi', hu: 'hungarian', id: 'indonesian' },
  ...{ ga: 'irish', it: 'italian', lt: 'lithuanian', ne: 'nepali', no: 'norwegian', nb: 'norwegian', nn: 'norwegian' },
  ...{ pt: 'portuguese', ro: 'romanian', ru: 'russian', sr: 'serbian', es: 'spanish', sv: 'swedish', ta: 'tamil' },
  ...{ tr: 'turkish', yi: 'yiddish' },
}

/** Null for a language without stems here: its words are found as they are written. */
export function configurationOf(language: string | null | undefined): string | null {
  return configurations[(language ?? '').toLowerCase().split(/[-_]/)[0]!] ?? null
}

/** Of some languages, each once. */
export function configurationsOf(languages: readonly (string | null)[]): string[] {
  return [...new Set(languages.flatMap(each => configurationOf(each) ?? []))]
}
