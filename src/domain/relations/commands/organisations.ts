/** What members do with organisations: make, name, archive, say which mail domains are theirs; and share a conversation. */
import { randomUUIDv7 } from 'node:crypto'
import type { FieldValue } from '../../../contract/fields.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { openConversation } from '../../conversations/index.ts'
import { openPerson } from '../../people/index.ts'
import { readDomain } from '../rules.ts'
import * as rows from '../tables/organisations.ts'
import { suggestByDomains } from '../tables/people.ts'
import { tell } from '../telling.ts'
import { setValue } from './people.ts'

const done = { done: true as const }
/** More are suggested when their next mail comes. */
const mostSuggested = 500

async function open(tx: Tx, id: string) {
  const found = await rows.lockOrganisation(tx, id)
  if (!found) throw absent()
  return found
}

export async function makeOrganisation(tx: Tx, actor: Member, input: { name: string; about: string }, now: Date) {
  const id = randomUUIDv7()
  await rows.insertOrganisation(tx, { id, ...input }, now)
  await tell(tx, actor, { kind: 'organisation.made', subjectId: id, now })
  return { id }
}

export async function changeOrganisation(
  tx: Tx,
  actor: Member,
  input: rows.OrganisationChange & { organisationId: string; archived?: boolean | undefined },
  now: Date,
) {
  const { organisationId, archived, ...change } = input
  const found = await open(tx, organisationId)
  const archivedAt = archived === undefined ? undefined : archived ? (found.archivedAt ?? now) : null
  const changed = await rows.saveOrganisation(tx, found.id, { ...change, archivedAt })
  if (changed.length > 0)
    await tell(tx, actor, { kind: 'organisation.changed', subjectId: found.id, facts: { changed, archived }, now })
  return done
}

export async function setDomains(
  tx: Tx,
  actor: Member,
  input: { organisationId: string; domains: readonly string[] },
  now: Date,
) {
  const found = await open(tx, input.organisationId)
  const domains = new Set<string>()
  for (const text of input.domains) {
    const read = readDomain(text)
    if ('domain' in read && !('refused' in read)) domains.add(read.domain)
    else
      throw new Refusal(read.refused === 'everybodys' ? 'everybodys-domain-here' : 'domain-unreadable', 400, {
        facts: { domain: read.domain },
      })
  }
  const [taken] = await rows.domainsElsewhere(tx, found.id, [...domains])
  if (taken)
    throw new Refusal('domain-taken', 409, {
      facts: { domain: taken.domain, organisationId: taken.id, name: taken.name },
    })
  const fresh = await rows.saveDomains(tx, found.id, [...domains])
  const suggested = await suggestByDomains(tx, found.id, fresh, now, mostSuggested)
  const facts = { changed: ['domains'], domains: domains.size, suggested: suggested.length }
  await tell(tx, actor, { kind: 'organisation.changed', subjectId: found.id, facts, now })
  return { domains: [...domains].sort(), suggested: suggested.length }
}

export async function setOrganisationField(
  tx: Tx,
  actor: Member,
  input: { organisationId: string; fieldId: string; value: FieldValue },
  now: Date,
) {
  const found = await open(tx, input.organisationId)
  const value = await setValue(tx, 'organisation', found.id, input)
  const facts = { changed: ['field'], fieldId: input.fieldId }
  await tell(tx, actor, { kind: 'organisation.changed', subjectId: found.id, facts, now })
  return { value }
}

/** With one person, or with everybody of an organisation. They see this one and no other. */
export async function shareConversation(
  tx: Tx,
  actor: Member,
  input: { conversationId: string; personId?: string | undefined; organisationId?: string | undefined },
  now: Date,
) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  if ((input.personId === undefined) === (input.organisationId === undefined))
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'personId', says: 'name a person or an organisation' }] })
  const personId = input.personId ? (await openPerson(tx, input.personId)).id : null
  const organisationId = input.organisationId ? (await open(tx, input.organisationId)).id : null
  const share = await rows.insertShare(
    tx,
    { id: randomUUIDv7(), conversationId: conversation.id, personId, organisationId, byId: actor.personId },
    now,
  )
  if (share.made) await tellSight(tx, actor, conversation, 'sight.given', { personId, organisationId }, now)
  return { shareId: share.id }
}

export async function unshareConversation(
  tx: Tx,
  actor: Member,
  input: { conversationId: string; shareId: string },
  now: Date,
) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  const gone = await rows.deleteShare(tx, conversation.id, input.shareId)
  if (!gone) throw absent()
  await tellSight(tx, actor, conversation, 'sight.taken', gone, now)
  return done
}

async function tellSight(
  tx: Tx,
  actor: Member,
  conversation: { id: string; teamId: string; ownerId: string | null; number: number },
  kind: 'sight.given' | 'sight.taken',
  withWhom: { personId: string | null; organisationId: string | null },
  now: Date,
) {
  await record(tx, {
    kind,
    subjectId: conversation.id,
    actorId: actor.personId,
    scopes: conversation.ownerId ? [conversation.teamId, conversation.ownerId] : [conversation.teamId],
    facts: { number: conversation.number, ...withWhom },
    at: now,
  })
}
