/** What members do with what we know of a person: write it down, their addresses, where they belong, that they are not to be contacted unasked. */
import type { z } from 'zod'
import type { FieldValue } from '../../../contract/fields.ts'
import type * as contract from '../../../contract/relations.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { fieldOf, judge } from '../../marks/index.ts'
import * as people from '../../people/index.ts'
import { lockOrganisation } from '../tables/organisations.ts'
import * as rows from '../tables/people.ts'
import { tell } from '../telling.ts'

const done = { done: true as const }
type Of<E extends { input: z.ZodType }> = z.output<E['input']>

export async function makePerson(tx: Tx, actor: Member, input: Of<typeof contract.makePerson>, now: Date) {
  const id = await people.makePersonRow(tx, input.name, now)
  if (input.address) await people.insertAddress(tx, id, { kind: 'mail', written: input.address }, now)
  await tell(tx, actor, { kind: 'person.made', subjectId: id, now })
  if (input.organisationId) await join(tx, actor, { personId: id, organisationId: input.organisationId }, now)
  return { id }
}

export async function changePerson(tx: Tx, actor: Member, input: Of<typeof contract.changePerson>, now: Date) {
  const { personId, ...change } = input
  const person = await people.openPerson(tx, personId)
  // What a member is called, and where and how they read, is theirs to say.
  if (person.member && (change.name !== undefined || change.language !== undefined || change.zone !== undefined))
    throw new Refusal('a-member', 409)
  const wishes = { ...change, ...(change.preferredWords === '' ? { preferredWords: null } : {}) }
  await people.changePerson(tx, person.id, wishes)
  await tell(tx, actor, { kind: 'person.changed', subjectId: person.id, facts: { changed: Object.keys(change) }, now })
  return done
}

export async function refuseUnasked(tx: Tx, actor: Member, input: Of<typeof contract.refuseUnasked>, now: Date) {
  const person = await people.openPerson(tx, input.personId)
  const to = input.refuses
    ? { since: person.noUnaskedSince ?? now, by: actor.personId, said: input.said || null }
    : null
  await people.setRefusal(tx, person.id, to)
  const facts = { changed: ['unasked'], refuses: input.refuses }
  await tell(tx, actor, { kind: 'person.changed', subjectId: person.id, facts, now })
  return done
}

export async function addAddress(tx: Tx, actor: Member, input: Of<typeof contract.addAddress>, now: Date) {
  const person = await people.openPerson(tx, input.personId)
  const id = await people.insertAddress(tx, person.id, input, now)
  await tell(tx, actor, { kind: 'person.changed', subjectId: person.id, facts: { changed: ['addresses'] }, now })
  return { id }
}

type AnAddress = { personId: string; addressId: string }
export async function removeAddress(tx: Tx, actor: Member, input: AnAddress, now: Date) {
  const person = await people.openPerson(tx, input.personId)
  await people.dropAddress(tx, person.id, input.addressId)
  await tell(tx, actor, { kind: 'person.changed', subjectId: person.id, facts: { changed: ['addresses'] }, now })
  return done
}

export async function liftSuspension(tx: Tx, actor: Member, input: AnAddress, now: Date) {
  const person = await people.openPerson(tx, input.personId)
  await people.liftAddress(tx, person.id, input.addressId)
  await tell(tx, actor, { kind: 'person.changed', subjectId: person.id, facts: { changed: ['addresses'] }, now })
  return done
}

export async function join(
  tx: Tx,
  actor: Member,
  input: { personId: string; organisationId: string; role?: string | undefined; seesAll?: boolean | undefined },
  now: Date,
) {
  const person = await people.openPerson(tx, input.personId)
  const organisation = await lockOrganisation(tx, input.organisationId)
  if (!organisation) throw absent()
  if (organisation.archivedAt) throw new Refusal('organisation-archived', 409)
  const before = await rows.lockMembership(tx, person.id, organisation.id)
  const stands = before !== null && before.leftAt === null && before.suggestedAt === null
  const role = input.role ?? before?.role ?? ''
  // Whoever comes back sees what they were given since, not what they saw before they left.
  const seesAll = input.seesAll ?? (stands ? before.seesAll : false)
  const since = stands ? before.since : now
  await rows.saveMembership(tx, person.id, organisation.id, { role, seesAll, since, leftAt: null, suggestedAt: null })
  const facts = {
    personId: person.id,
    ...(stands ? {} : { joined: person.id, confirmed: before?.suggestedAt !== null && before !== null }),
    ...(seesAll === (stands && before.seesAll) ? {} : { seesAll }),
  }
  await tell(tx, actor, { kind: 'membership.changed', subjectId: organisation.id, facts, now })
  return done
}

export async function leave(tx: Tx, actor: Member, input: { personId: string; organisationId: string }, now: Date) {
  const person = await people.openPerson(tx, input.personId)
  const before = await rows.lockMembership(tx, person.id, input.organisationId)
  if (!before || before.leftAt) throw absent()
  // A suggestion that was declined stays one: it is not made again.
  await rows.saveMembership(tx, person.id, input.organisationId, { ...before, seesAll: false, leftAt: now })
  const facts = before.suggestedAt ? { personId: person.id, declined: true } : { personId: person.id, left: person.id }
  await tell(tx, actor, { kind: 'membership.changed', subjectId: input.organisationId, facts, now })
  return done
}

export async function setPersonField(
  tx: Tx,
  actor: Member,
  input: { personId: string; fieldId: string; value: FieldValue },
  now: Date,
) {
  const person = await people.openPerson(tx, input.personId)
  const value = await setValue(tx, 'person', person.id, input)
  const facts = { changed: ['field'], fieldId: input.fieldId }
  await tell(tx, actor, { kind: 'person.changed', subjectId: person.id, facts, now })
  return { value }
}

/** Judged by its kind, like a field of a conversation. */
export async function setValue(
  tx: Tx,
  of: 'person' | 'organisation',
  id: string,
  input: { fieldId: string; value: FieldValue },
): Promise<FieldValue> {
  const field = await fieldOf(tx, input.fieldId, of)
  if (!field) throw absent()
  const judged = judge(field, input.value, await rows.valueHere(tx, of, id, field.id))
  if ('says' in judged) throw new Refusal('bad-shape', 400, { fields: [{ path: 'value', says: judged.says }] })
  await rows.saveValue(tx, of, id, field.id, judged.value)
  return judged.value
}

/** Both stay who they are; whoever looked has said so. */
export async function notTheSame(tx: Tx, actor: Member, input: { personId: string; otherId: string }, now: Date) {
  if (input.personId === input.otherId) throw new Refusal('same-person', 409)
  const found = await people.lockPeople(tx, [input.personId, input.otherId])
  if (found.size < 2) throw absent()
  await rows.rememberNotSame(tx, [input.personId, input.otherId], actor.personId, now)
  const facts = { changed: ['not-the-same'], otherId: input.otherId }
  await tell(tx, actor, { kind: 'person.changed', subjectId: input.personId, facts, now })
  return done
}
