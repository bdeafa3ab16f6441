/** The words of the widget on other sites, in the language of whoever visits, and the few that chat needs on the server. */
import ar from './ar/widget.json' with { type: 'json' }
import de from './de/widget.json' with { type: 'json' }
import en from './en/widget.json' with { type: 'json' }
import es from './es/widget.json' with { type: 'json' }
import fr from './fr/widget.json' with { type: 'json' }
import { type Language, nearest } from './languages.ts'

const all: Record<Language, typeof en> = { en, de, es, fr, ar }
const ofLanguage = (language: string) => all[nearest([language]) as Language] ?? en

export type WidgetWords = Omit<typeof en, 'server'>

/** With gaps as they stand: the widget fills them. */
export function widgetWords(language: string): WidgetWords {
  const { server: _, ...words } = ofLanguage(language)
  return words
}

export function chatWords(language: string): (typeof en)['server'] {
  return ofLanguage(language).server
}
