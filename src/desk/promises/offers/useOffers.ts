/** What sounds like a promise in what is being written, a moment after the last key. The rules are loaded when something is written. */
import { useEffect, useState } from 'react'
import type { Promised } from '../../../contract/promise-text/index.ts'
import { plainOf } from '../plainOf.ts'

export type Offer = { key: string; words: string; dueAt: string; sentence: string }

type About = { html: string; language: string | null; zone: string; off?: boolean }

const pauseMs = 350
/** Longer than anybody writes by hand. */
const longest = 20_000

const keyOf = (promised: Promised) => `${promised.sentence.toLowerCase().replace(/\s+/g, ' ')} ${promised.day}`

/** Only what names its time: without one there is nothing to hold to yet. */
export function useOffers({ html, language, zone, off = false }: About): Offer[] {
  const [offers, setOffers] = useState<Offer[]>([])
  useEffect(() => {
    if (off || html.length < 12 || html.length > longest) {
      setOffers(before => (before.length === 0 ? before : []))
      return
    }
    let gone = false
    const timer = setTimeout(async () => {
      const { promisesIn } = await import('../../../contract/promise-text/index.ts')
      if (gone) return
      const found = promisesIn(plainOf(html), { language, now: new Date(), zone }).flatMap(each =>
        each.dueAt
          ? [{ key: keyOf(each), words: each.words, dueAt: each.dueAt.toISOString(), sentence: each.sentence }]
          : [],
      )
      setOffers(before => (JSON.stringify(before) === JSON.stringify(found) ? before : found.slice(0, 5)))
    }, pauseMs)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [html, language, zone, off])
  return offers
}
