/** Where one goes from the pond: the page of a relationship, and the check-in that is due or a first word to them. */
import type { PondOne } from '../../contract/pond.ts'
import type { Relation } from './relations.ts'

export const pageOf = ({ is, id }: Pick<Relation, 'is' | 'id'>) =>
  is === 'organisation' ? `/organisations/${id}` : `/people/${id}`

export function checkInOf(one: PondOne): string {
  if (one.checkInId) return `/check-ins/${one.checkInId}`
  const person = one.is === 'person' ? one : one.people[0]
  return person ? `/write?to=${person.id}` : pageOf(one)
}
