/** The words channels add to the catalogue: what is wrong with a mailbox, what to do, and why something was refused. */
import { addWords, t } from '../../words/catalogue.ts'
import words from '../../words/en/channels.json' with { type: 'json' }

addWords('en', 'channels', words.channels)
addWords('en', 'refusal', words.refusal)

export { t }

/** What `outbox.error` says to people: our own codes have words, everything else is a mail server's. */
export function errorWords(error: string | null): string | null {
  return error?.startsWith('pond:') ? t(`channels:outcome.${error.slice('pond:'.length)}`) : error
}
