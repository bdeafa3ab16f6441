/** The promises that go with what is being written: each there by somebody's yes. Kept with the draft. */
import { AlsoPromised } from '../../../contract/ledger.ts'

export type Kept = AlsoPromised & { key: string }

/** What a draft kept comes back as anything; what is no promise any more is left out. */
export function restoredPromised(kept: unknown, now: Date): Kept[] {
  if (!Array.isArray(kept)) return []
  return kept.flatMap((each: unknown) => {
    const { key, ...rest } = (each ?? {}) as Record<string, unknown>
    const read = AlsoPromised.safeParse(rest)
    return read.success && new Date(read.data.dueAt) > now ? [{ ...read.data, key: String(key ?? '') }] : []
  })
}

export const asSent = (promised: readonly Kept[]): AlsoPromised[] => promised.map(({ key: _, ...each }) => each)
