/** Languages by their names, as whoever looks reads them. */
export function languageName(language: string, inLanguage: string): string {
  return new Intl.DisplayNames(inLanguage, { type: 'language' }).of(language) ?? language
}
