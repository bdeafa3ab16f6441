/**
 * The language the desk speaks: the member's own, else what this browser spoke last, else the browser's. English lies in the
 * first load; every other language is one file, loaded before the first picture.
 */
import { useSyncExternalStore } from 'react'
import { addWords, type Branch, catalogue } from '../words/catalogue.ts'
import '../words/desk.ts'
import { directionOf, nearest, type Spoken } from '../words/languages.ts'

const files: Partial<Record<Spoken, () => Promise<{ parts: Record<string, { default: Branch }> }>>> = {
  de: () => import('./languages/de.ts'),
  es: () => import('./languages/es.ts'),
  fr: () => import('./languages/fr.ts'),
  ar: () => import('./languages/ar.ts'),
}
const loaded = new Set<Spoken>(['en'])
const watchers = new Set<() => void>()
let spoken: Spoken = 'en'

export const spokenNow = (): Spoken => spoken

/** Speaks it from now on; the screens are drawn anew. A file that cannot be loaded leaves the language as it is. */
export async function speak(language: Spoken): Promise<void> {
  if (!loaded.has(language)) {
    const file = await files[language]?.()
    for (const [path, words] of Object.entries(file?.parts ?? {}))
      addWords(language, path.replace(/^.*\/|\.json$/g, ''), words.default)
    loaded.add(language)
  }
  await catalogue.changeLanguage(language)
  spoken = language
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
  keep(language)
  for (const watcher of watchers) watcher()
}

/** What this browser spoke last, before anyone is known. */
export function languageBefore(): Spoken {
  let last: string | null = null
  try {
    last = localStorage.getItem('pond-language')
  } catch {
    // A browser that keeps nothing goes by its own languages.
  }
  return nearest([last, ...navigator.languages])
}

function keep(language: Spoken) {
  try {
    localStorage.setItem('pond-language', language)
  } catch {
    // It will ask again.
  }
}

export function useSpoken(): Spoken {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    () => spoken,
  )
}
