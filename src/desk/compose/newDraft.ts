/** A conversation that is begun and not sent yet: kept on this device, so that no crash and no wrong click loses it. There is one at a time. */
import { useEffect, useRef } from 'react'
import type { Who } from './addresses.ts'
import { saysNothing } from './draftChoice.ts'
import { draftKey, dropDraft, keepDraft, tab, takeDraft } from './draftShelf.ts'
import type { WhomFor } from './WhoFor.tsx'
import { likelyTimes } from './whenWords.ts'
import { whoKept } from './whoKept.ts'

export type Begun = {
  whom: WhomFor
  cc: Who[]
  subject: string
  body: string
  step: Record<string, unknown>
  files: { id: string; name: string; bytes: number }[]
}
const keyOf = (me: string) => draftKey(me, 'new', 'begun')
const text = (value: unknown) => (typeof value === 'string' ? value : '')

export function keptBegun(me: string): Partial<Begun> {
  const kept = takeDraft(keyOf(me))
  if (!kept) return {}
  const { whom, cc, subject, step, files } = kept.choices
  const { personId, name, address, phone } = (whom ?? {}) as Record<string, unknown>
  return {
    body: kept.body,
    subject: text(subject),
    cc: whoKept(cc, []),
    whom: {
      ...(typeof personId === 'string' ? { personId } : {}),
      name: text(name),
      address: text(address),
      phone: text(phone),
    },
    step: (step ?? {}) as Record<string, unknown>,
    files: Array.isArray(files) ? files : [],
  }
}

/** Keeps every change; `end` forgets it once it is sent. */
export function useKeepBegun(me: string, begun: Begun) {
  const key = keyOf(me)
  const ended = useRef(false)
  const first = useRef(true)
  const outline = JSON.stringify(begun)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the outline stands for all of it
  useEffect(() => {
    if (first.current || ended.current) {
      first.current = false
      return
    }
    const { body, ...choices } = begun
    if (saysNothing(body) && !begun.subject.trim() && begun.files.length === 0) dropDraft(key)
    else keepDraft(key, { body, choices, seenVersion: 0, savedAt: Date.now(), tab, shared: null, ahead: true })
  }, [outline])
  return {
    end: () => {
      ended.current = true
      dropDraft(key)
    },
  }
}

/** Without a conversation there is no working calendar to ask: the next working mornings. */
export function suggestions(zone: string) {
  const likely = likelyTimes(new Date(), zone)
  const at = (key: string) =>
    likely.find(one => one.key === key)?.at ?? likely[0]?.at ?? new Date(Date.now() + 86_400_000).toISOString()
  return { getBackAt: at('tomorrow'), askAgainAt: at('inThreeDays'), followUpAt: at('inAWeek') }
}
