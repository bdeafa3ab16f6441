/**
 * Merging people: two records of one person become one, and can be made two again. Addresses, conversations, promises,
 * memberships and touches go to the survivor; the absorbed one's page leads there, and so does its mail. Refuses to merge a member away.
 */
import { randomUUIDv7 } from 'node:crypto'
import type { Tx } from '../../../platform/db/index.ts'
import { type Happened, record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Actor, actorId } from '../../access/index.ts'
import { lockPeople, type PersonRow } from '../../people/index.ts'
import * as rows from '../tables/merge.ts'
import { type Moved, moveAll, moveBack } from '../tables/moves.ts'
import { tell } from '../telling.ts'

type Was = {
  moved: Moved[]
  conversations: string[]
  relationship: rows.RelationshipWas
  contacts: rows.ContactWas[]
  survivor: rows.About
  left: rows.About
}

export async function mergePeople(tx: Tx, actor: Actor, input: { personId: string; intoId: string }, now: Date) {
  const { personId: from, intoId: to } = input
  if (from === to) throw new Refusal('same-person', 409)
  // Whoever is writing to or for one of them is waited for; who comes after finds the survivor.
  const found = await lockPeople(tx, [from, to])
  const [absorbed, survivor] = [found.get(from), found.get(to)]
  if (!absorbed || !survivor) throw absent()
  if (absorbed.mergedInto || survivor.mergedInto) throw new Refusal('person-merged', 409)
  if (absorbed.member) throw new Refusal('member-stays', 409)
  const contacts = await rows.moveContacts(tx, from, to)
  const moved = await moveAll(tx, from, to)
  const relationship = await rows.joinRelationships(tx, from, to, randomUUIDv7(), now)
  const conversations = await rows.moveConversations(tx, from, to)
  const left = together(aboutOf(survivor), aboutOf(absorbed))
  await rows.setAbout(tx, to, left)
  await rows.setMergedInto(tx, from, to)
  const ids = conversations.map(each => each.id)
  const was: Was = { moved, conversations: ids, relationship, contacts, survivor: aboutOf(survivor), left }
  const mergeId = randomUUIDv7()
  await rows.insertMerge(tx, { id: mergeId, survivorId: to, absorbedId: from, byId: actorId(actor), at: now, was })
  await tellConversations(tx, actor, conversations, { mergeId, fromId: from, toId: to }, now)
  await tell(tx, actor, {
    kind: 'person.merged',
    subjectId: from,
    facts: { mergeId, intoId: to, conversations: ids.length },
    now,
  })
  return { mergeId, into: { id: to, name: survivor.name } }
}

export async function unmergePeople(tx: Tx, actor: Actor, mergeId: string, now: Date) {
  const found = await rows.mergeOf(tx, mergeId)
  if (!found) throw absent()
  const { survivorId, absorbedId } = found
  const both = await lockPeople(tx, [survivorId, absorbedId])
  const [survivor, absorbed] = [both.get(survivorId), both.get(absorbedId)]
  if (!survivor || !absorbed) throw absent()
  // Read after the lock: who undid it at the same time was waited for.
  const merge = await rows.mergeOf(tx, mergeId)
  if (!merge || merge.undoneAt || absorbed.mergedInto !== survivorId) throw new Refusal('person-merge-undone', 409)
  // The survivor has gone up in somebody else since: that comes first.
  if (survivor.mergedInto) throw new Refusal('person-undo-later-first', 409)
  const was = merge.was as Was
  const addressIds = was.moved.filter(each => each.table === 'address').flatMap(each => each.keys.flat())
  await rows.setMergedInto(tx, absorbedId, null)
  const since = await rows.theirsSince(tx, addressIds, survivorId, merge.at)
  await rows.giveBack(tx, {
    ...{ addressIds, from: survivorId, to: absorbedId, since: merge.at },
    conversationIds: [...since, ...was.conversations],
  })
  await moveBack(tx, was.moved, survivorId, absorbedId)
  const conversations = await rows.moveConversations(tx, survivorId, absorbedId, [...was.conversations, ...since])
  await rows.moveContactsBack(tx, was.contacts, survivorId, absorbedId)
  await rows.partRelationships(tx, was.relationship, survivorId)
  await rows.setAbout(tx, survivorId, apart(aboutOf(survivor), was))
  await rows.markUndone(tx, mergeId, actorId(actor), now)
  await tellConversations(tx, actor, conversations, { mergeId, fromId: survivorId, toId: absorbedId }, now)
  const facts = { mergeId, fromId: survivorId, conversations: conversations.length }
  await tell(tx, actor, { kind: 'person.unmerged', subjectId: absorbedId, facts, now })
  return { person: { id: absorbedId, name: absorbed.name } }
}

async function tellConversations(
  tx: Tx,
  actor: Actor,
  conversations: readonly rows.Conversation[],
  facts: Record<string, unknown>,
  at: Date,
) {
  await record(
    tx,
    ...conversations.map(
      ({ id, teamId, ownerId, state, version }): Happened => ({
        ...{ kind: 'conversation.customer-merged', subjectId: id, actorId: actorId(actor), at },
        scopes: ownerId ? [teamId, ownerId] : [teamId],
        facts: { ...facts, state, version },
      }),
    ),
  )
}

const aboutOf = (person: PersonRow): rows.About => ({
  about: person.about,
  language: person.language,
  zone: person.zone,
  preferredChannel: person.preferredChannel,
  preferredWords: person.preferredWords,
  noUnaskedSince: person.noUnaskedSince?.toISOString() ?? null,
  noUnaskedBy: person.noUnaskedBy,
  noUnaskedSaid: person.noUnaskedSaid,
})

/** What the survivor says stands; the absorbed one fills what is empty. A wish to be left in peace holds for both. */
function together(survivor: rows.About, absorbed: rows.About): rows.About {
  const prefers = survivor.preferredChannel || survivor.preferredWords ? survivor : absorbed
  const refuses = survivor.noUnaskedSince ? survivor : absorbed
  return {
    about: survivor.about || absorbed.about,
    language: survivor.language ?? absorbed.language,
    zone: survivor.zone ?? absorbed.zone,
    preferredChannel: prefers.preferredChannel,
    preferredWords: prefers.preferredWords,
    noUnaskedSince: refuses.noUnaskedSince,
    noUnaskedBy: refuses.noUnaskedBy,
    noUnaskedSaid: refuses.noUnaskedSaid,
  }
}

/** What was not changed since is as before the merge. */
function apart(now: rows.About, was: Was): rows.About {
  const keys = Object.keys(now) as (keyof rows.About)[]
  return Object.fromEntries(
    keys.map(key => [key, now[key] === was.left[key] ? was.survivor[key] : now[key]]),
  ) as rows.About
}
