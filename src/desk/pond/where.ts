/** Where one goes from the pond: the page of a relationship, and the check-in that is due. */
import type { PondOne } from '../../contract/pond.ts'
import type { Relation } from './relations.ts'

export const pageOf = ({ is, id }: Pick<Relation, 'is' | 'id'>) =>
  is === 'organisation' ? `/organisations/${id}` : `/people/${id}`

/** Where no check-in is promised, their page says how to be in touch. */
export const checkInOf = (one: PondOne) => (one.checkInId ? `/check-ins/${one.checkInId}` : pageOf(one))
