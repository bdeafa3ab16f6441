/** The words the ledger adds on the server: why something was refused, and what a kind word about their promise begins with. */

import ar from '../../../words/ar/ledger-server.json' with { type: 'json' }
import { addWords, catalogue } from '../../../words/catalogue.ts'
import de from '../../../words/de/ledger-server.json' with { type: 'json' }
import en from '../../../words/en/ledger-server.json' with { type: 'json' }
import es from '../../../words/es/ledger-server.json' with { type: 'json' }
import fr from '../../../words/fr/ledger-server.json' with { type: 'json' }

addWords('en', 'refusal', en.refusal)
// A reminder speaks the customer's language, whoever asks for it.
for (const [language, words] of Object.entries({ en, de, es, fr, ar })) addWords(language, 'reminder', words.reminder)

export function reminderWords(key: string, gaps: Record<string, unknown>): string {
  return String(catalogue.t(`reminder:prepared.${key}`, gaps))
}
