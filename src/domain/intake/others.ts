/** Who takes part beside the author of a mail. Pure. */
import type { Found } from '../people/index.ts'
import type { Batch, Working } from './batch.ts'
import { type Claimed, normalOf } from './known.ts'
import type { Mail } from './mail.ts'
import type { World } from './world.ts'

/** Whoever is written to beside us: copied where the mail is proven, else suggested to the owner (S3). */
export function addPeople(
  mail: Mail,
  working: Working,
  author: Found,
  claim: Claimed | undefined,
  batch: Batch,
  world: World,
  byPerson: boolean,
  proven: boolean,
  since: Date,
) {
  if (!byPerson) return
  const add = (person: Found, role: 'copied' | 'suggested') => {
    if (working.people.has(person.normal) && working.people.get(person.normal) !== 'suggested') return
    working.people.set(person.normal, role)
    batch.participants.push({
      conversationId: working.id,
      addressId: person.addressId,
      personId: person.personId,
      role,
      since,
    })
  }
  if (claim) add(author, 'copied')
  for (const each of [...mail.reading.to, ...mail.reading.cc].slice(0, mostOthers)) {
    const normal = normalOf(each.address)
    const person = normal && !world.own.has(normal) && !isTokenOf(normal, world) ? world.people.get(normal) : undefined
    if (person) add(person, proven || claim ? 'copied' : 'suggested')
  }
}

export const mostOthers = 50

/** A signed address of ours is ours, whatever stands after the plus. */
export function isTokenOf(normal: string, world: { own: Set<string> }): boolean {
  const plus = normal.indexOf('+')
  return plus > 0 && world.own.has(normal.slice(0, plus) + normal.slice(normal.lastIndexOf('@')))
}
