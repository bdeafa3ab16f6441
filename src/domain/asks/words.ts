/** The words asks add to the catalogue: why something was refused, and how a reply begins that relays an answer. */
import { addWords, catalogue } from '../../words/catalogue.ts'
import words from '../../words/en/asks-server.json' with { type: 'json' }

addWords('en', 'refusal', words.refusal)
addWords('en', 'relaying', words.relaying)

/** In the customer's language, whatever the asker's is. */
export function relayingWords(language: string | null, key: string, gaps: Record<string, unknown>): string {
  return String(catalogue.t(`relaying:${key}`, { ...gaps, lng: (language ?? 'en').split('-')[0] ?? 'en' }))
}
