/** The words of mails, in every language a mail can be written in. Stays on the server. */
import ar from './ar/mail.json' with { type: 'json' }
import { addWords, catalogue } from './catalogue.ts'
import de from './de/mail.json' with { type: 'json' }
import en from './en/mail.json' with { type: 'json' }
import es from './es/mail.json' with { type: 'json' }
import fr from './fr/mail.json' with { type: 'json' }

const languages = { en, de, es, fr, ar }
for (const [language, words] of Object.entries(languages)) addWords(language, 'mail', words)

/** Of a tag like `pt-BR` or `de-AT`: the language we have words in; English for all others. */
export function mailLanguage(tag: string): keyof typeof languages {
  const short = tag.toLowerCase().split('-')[0] ?? ''
  return short in languages ? (short as keyof typeof languages) : 'en'
}

/** Words of mails in one language: keys without the part's name. */
export function mailWords(tag: string): (key: string, gaps?: Record<string, unknown>) => string {
  const fixed = catalogue.getFixedT(mailLanguage(tag), 'mail')
  return (key, gaps = {}) => String(fixed(key, gaps))
}
