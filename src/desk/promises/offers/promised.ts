/** The promises that go with what is being written: each there by somebody's yes. Kept with the draft. */
import type { AlsoPromised } from '../../../contract/ledger.ts'

export type Kept = AlsoPromised & { key: string }

/** What a draft kept comes back as anything; what is no promise any more is left out. */
export function restoredPromised(kept: unknown, now: Date): Kept[] {
  if (!Array.isArray(kept)) return []
  return kept.flatMap((each: unknown) => {
    const { key, direction, words, dueAt } = (each ?? {}) as Record<string, unknown>
    if (direction !== 'ours' && direction !== 'theirs') return []
    if (typeof words !== 'string' || !words.trim() || words.length > 2000 || typeof dueAt !== 'string') return []
    return new Date(dueAt) > now ? [{ direction, words, dueAt, key: String(key ?? '') }] : []
  })
}

export const asSent = (promised: readonly Kept[]): AlsoPromised[] => promised.map(({ key: _, ...each }) => each)
