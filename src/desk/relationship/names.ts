/** Names of languages and zones as the reader's own language has them. Pure. */
export function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

/** Languages people are asked to choose from, by their name in the reader's language; the one that stands is always there. */
export function languageChoices(language: string, standing: string | null): { code: string; name: string }[] {
  const codes = new Set(
    'ar bg bn ca cs da de el en es et fa fi fr ga he hi hr hu id is it ja ko lt lv mk ms mt nb nl pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh'.split(
      ' ',
    ),
  )
  if (standing) codes.add(standing)
  return [...codes]
    .map(code => ({ code, name: languageName(code, language) }))
    .sort((a, b) => a.name.localeCompare(b.name, language))
}
