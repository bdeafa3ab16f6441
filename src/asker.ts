/**
 * Words of the server in the language of whoever asks: what a check of a mailbox found, why something was refused. Outside a
 * request, in logs and on the terminal, it speaks English. Words of mails are apart: they go by who receives them.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addWords, type Branch, speakAs } from './words/catalogue.ts'
import { languages, nearest } from './words/languages.ts'

const asker = new AsyncLocalStorage<string>()
speakAs(() => asker.getStore())

/** Parts whose first level names the namespaces: those the server says itself. */
export function addServerWords() {
  for (const language of languages.filter(each => each !== 'en')) {
    const folder = join(import.meta.dirname, 'words', language)
    for (const file of readdirSync(folder).filter(name => name.endsWith('.json'))) {
      const words = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, Branch>
      if (!('refusal' in words)) continue
      for (const [part, branch] of Object.entries(words)) addWords(language, part, branch)
    }
  }
}

/** Runs `act`, and all it begins, in the nearest of our languages to an Accept-Language header. */
export function inLanguageOf<T>(header: string | undefined, act: () => T): T {
  const wanted = (header ?? '')
    .slice(0, 200)
    .split(',')
    .map(each => each.split(';')[0]?.trim())
  return asker.run(nearest(wanted), act)
}
