/** Notes about a relationship: written by members, seen by members; taken back by whoever wrote them. */
import { randomUUIDv7 } from 'node:crypto'
import type { Tx } from '../../../platform/db/index.ts'
import { absent } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { openPerson } from '../../people/index.ts'
import { lockOrganisation } from '../tables/organisations.ts'
import { deleteNote, insertNote, lockNote } from '../tables/people.ts'
import { tell } from '../telling.ts'

type Note = { noteId?: string | undefined; words: string }

export async function notePerson(tx: Tx, actor: Member, input: Note & { personId: string }, now: Date) {
  const person = await openPerson(tx, input.personId)
  return keep(tx, actor, input, { personId: person.id, organisationId: null }, now)
}

export async function noteOrganisation(tx: Tx, actor: Member, input: Note & { organisationId: string }, now: Date) {
  if (!(await lockOrganisation(tx, input.organisationId))) throw absent()
  return keep(tx, actor, input, { personId: null, organisationId: input.organisationId }, now)
}

async function keep(
  tx: Tx,
  actor: Member,
  note: Note,
  of: { personId: string | null; organisationId: string | null },
  now: Date,
) {
  const id = note.noteId ?? randomUUIDv7()
  if (!(await insertNote(tx, { id, ...of, byId: actor.personId, words: note.words }, now))) {
    const there = await lockNote(tx, id)
    // Somebody else's id says nothing about somebody else's note.
    if (there?.byId !== actor.personId) throw absent()
    return { noteId: id }
  }
  const subjectId = of.personId ?? of.organisationId!
  await tell(tx, actor, { kind: 'relationship.noted', subjectId, facts: { noteId: id }, now })
  return { noteId: id }
}

export async function takeBackNote(tx: Tx, actor: Member, noteId: string, now: Date) {
  const note = await lockNote(tx, noteId)
  if (!note || note.byId !== actor.personId) throw absent()
  await deleteNote(tx, noteId)
  const subjectId = note.personId ?? note.organisationId!
  await tell(tx, actor, { kind: 'relationship.noted', subjectId, facts: { noteId, takenBack: true }, now })
  return { done: true as const }
}
