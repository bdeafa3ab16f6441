/** Who gets a new matter by itself: nobody, who is on duty, or who has least; never somebody who has all they may have. Pure. */
import type { z } from 'zod'
import type { Assigns } from '../../contract/absences.ts'

export type Load = { personId: string; open: number; limit: number | null }

/** `members` are those who serve in the team and are here. Among equals the first counts: the caller says in which order. */
export function ownerOfNew(
  assigns: z.infer<typeof Assigns>,
  members: readonly Load[],
  onDuty: string | null,
): string | null {
  const free = members.filter(({ open, limit }) => limit === null || open < limit)
  if (assigns === 'off') return null
  if (assigns === 'duty') return free.find(({ personId }) => personId === onDuty)?.personId ?? null
  let least: Load | null = null
  for (const one of free) if (least === null || one.open < least.open) least = one
  return least?.personId ?? null
}
