/** Who is away, as several screens ask it. */
import { type AbsenceView, absences, covering } from '../../contract/absences.ts'
import { query } from '../api.ts'

export const absencesQuery = query(absences, {})
export const coveringQuery = query(covering, {})

export function awayNow(all: readonly AbsenceView[] | undefined, personId: string, now: number) {
  return all?.find(one => one.member.id === personId && Date.parse(one.from) <= now && now < Date.parse(one.to))
}
