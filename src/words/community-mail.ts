/** The words of mails of the community, in every language a mail can be written in. Stays on the server. */
import ar from './ar/community-server.json' with { type: 'json' }
import { addWords, catalogue } from './catalogue.ts'
import de from './de/community-server.json' with { type: 'json' }
import en from './en/community-server.json' with { type: 'json' }
import es from './es/community-server.json' with { type: 'json' }
import fr from './fr/community-server.json' with { type: 'json' }
import { mailLanguage } from './mail.ts'

for (const [language, words] of Object.entries({ en, de, es, fr, ar }))
  addWords(language, 'community-mail', words['community-mail'])

export function communityMailWords(tag: string): (key: string, gaps?: Record<string, unknown>) => string {
  const fixed = catalogue.getFixedT(mailLanguage(tag), 'community-mail')
  return (key, gaps = {}) => String(fixed(key, gaps))
}
