/** The words articles add on the server: why something was refused, and what stands around them outside. */
import ar from '../../words/ar/articles.json' with { type: 'json' }
import { addWords, tIn } from '../../words/catalogue.ts'
import de from '../../words/de/articles.json' with { type: 'json' }
import en from '../../words/en/articles.json' with { type: 'json' }
import es from '../../words/es/articles.json' with { type: 'json' }
import fr from '../../words/fr/articles.json' with { type: 'json' }
import { mailLanguage } from '../../words/mail.ts'
import type { Say } from '../../words/outside.ts'

addWords('en', 'refusal', en.refusal)
// By the language of whoever reads, whoever asks for it.
for (const [language, words] of Object.entries({ en, de, es, fr, ar })) addWords(language, 'articles', words.articles)

export function articleWordsIn(language: string): Say {
  const nearest = mailLanguage(language)
  return (key, gaps) => tIn(nearest, `articles:${key}`, gaps)
}
