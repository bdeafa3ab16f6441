/** What is hinted at, a moment after the last key. The rules come with the first hint; nothing leaves this browser, and what was dismissed is forgotten with the page. */
import { useEffect, useState } from 'react'
import {
  type Hint,
  type HintKind,
  hintKey,
  hintKinds,
  hintsFor,
  hintsForNote,
  type Writing,
} from '../../../contract/kindness/index.ts'

export type Read = () => Omit<Writing, 'now'>

/** By conversation and kind of writing, for as long as this page is open. */
const dismissed = new Map<string, Set<string>>()
const restMs = 600

export const settingOfHint = (kind: HintKind) => `hint.${kind}`

type Given = {
  place: string
  of: 'reply' | 'note'
  read: Read /** changes with whatever hints rest on */
  on: string
  off: ReadonlySet<HintKind>
}

export function useHints({ place, of, read, on, off }: Given) {
  const [hints, setHints] = useState<Hint[]>([])
  const [, again] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `on` stands for all that is read
  useEffect(() => {
    const timer = setTimeout(() => {
      const writing = read()
      setHints(of === 'note' ? hintsForNote(writing.text, writing.language) : hintsFor({ ...writing, now: new Date() }))
    }, restMs)
    return () => clearTimeout(timer)
  }, [on, of])
  const gone = dismissed.get(place)
  const shown = hints.filter(hint => !off.has(hint.kind) && !gone?.has(hintKey(hint)))
  const dismiss = (hint: Hint) => {
    dismissed.set(place, new Set([...(dismissed.get(place) ?? []), hintKey(hint)]))
    again(n => n + 1)
  }
  return { shown, dismiss }
}

export function offIn(settings: Record<string, unknown>): ReadonlySet<HintKind> {
  return new Set(hintKinds.filter(kind => settings[settingOfHint(kind)] === false))
}
