/** When a relationship is owed a check-in, and what becomes of the one that stands. Pure. */

export type Standing = {
  keeperId: string | null
  rhythmDays: number | null
  lastContactAt: Date | null
  /** a conversation with them is open, pending or solved */
  openProblem: boolean
  /** `from`: the last contact when it was made */
  open: { byPersonId: string | null; from: Date | null } | null
}

/** Why a check-in ends without having been one. */
type EndedWhy = 'in-touch' | 'open-problem' | 'no-rhythm'

export type Decided = { ends: EndedWhy | null; makes: boolean; passesOn: boolean }

/** Somebody keeps it by a rhythm, and no problem comes first. */
export const isOwed = ({ keeperId, rhythmDays, openProblem }: Standing): boolean =>
  keeperId !== null && rhythmDays !== null && !openProblem

/** Any real contact begins the rhythm anew; a problem that is open comes first; without keeper and rhythm there is none. */
export function checkInAfter(standing: Standing): Decided {
  const { keeperId, rhythmDays, open, openProblem } = standing
  const stays = { ends: null, makes: false, passesOn: false }
  if (keeperId === null || rhythmDays === null) return { ...stays, ends: open ? 'no-rhythm' : null }
  if (openProblem) return { ...stays, ends: open ? 'open-problem' : null }
  if (!open) return { ...stays, makes: true }
  if (open.from?.getTime() !== standing.lastContactAt?.getTime()) return { ...stays, ends: 'in-touch', makes: true }
  return { ...stays, passesOn: open.byPersonId !== keeperId }
}

/** So many overdue ones a day: who takes on a hundred relationships is not late with a hundred. */
export const takenOnADay = 5
