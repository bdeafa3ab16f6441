/** What can be done with marks: shown at once, put right when the server refuses. */
import type { ConversationView } from '../../contract/conversations.ts'
import type { FieldValue } from '../../contract/fields.ts'
import { setField } from '../../contract/fields.ts'
import * as marks from '../../contract/marks.ts'
import { normalName, type TagRef, tagConversation, tags as tagsEndpoint } from '../../contract/tags.ts'
import { renew } from '../api.ts'
import { cache } from '../cache.ts'
import { act } from '../conversation/acts.ts'
import { patchConversation } from '../conversation/conversationQuery.ts'

type View = ConversationView
type Person = { id: string; name: string }

export const putOn = (view: View, tag: TagRef) =>
  act(view.id, tagConversation, { conversationId: view.id, add: [tag.id] }, now => ({
    ...now,
    tags: [...now.tags.filter(({ id }) => id !== tag.id), tag],
  }))

/** What was made here, by the id it stands with until the server's answer is on the screen. */
const making = new Map<string, Promise<{ tags: TagRef[] } | null>>()
const comingId = (name: string) => `new ${normalName(name)}`
const without = (id: string) => (now: View) => ({ ...now, tags: now.tags.filter(tag => tag.id !== id) })

export async function takeOff(view: View, tag: TagRef) {
  const coming = making.get(view.id + tag.id)
  if (coming) patchConversation(view.id, without(tag.id))
  const made = (await coming)?.tags.find(each => comingId(each.name) === tag.id)
  const { id } = made ?? tag
  return act(view.id, tagConversation, { conversationId: view.id, remove: [id] }, without(id))
}

export async function makeAndPutOn(view: View, name: string) {
  const id = comingId(name)
  const done = act(view.id, tagConversation, { conversationId: view.id, make: [name] }, now => ({
    ...now,
    tags: [...now.tags, { id, name, tint: 'stone' as const }],
  }))
  making.set(view.id + id, done)
  const answer = await done
  if (answer) patchConversation(view.id, now => ({ ...now, tags: answer.tags }))
  renew(cache, tagsEndpoint)
}

export const prioritise = (view: View, priority: marks.Priority) =>
  act(view.id, marks.prioritise, { conversationId: view.id, priority }, now => ({ ...now, priority }))

export const follow = (view: View, me: Person, following: boolean) =>
  act(view.id, marks.follow, { conversationId: view.id, following }, now => ({
    ...now,
    following,
    followers: [
      ...now.followers.filter(({ id }) => id !== me.id),
      ...(following ? [{ id: me.id, name: me.name }] : []),
    ],
  }))

export const say = (view: View, fieldId: string, value: FieldValue) =>
  act(view.id, setField, { conversationId: view.id, fieldId, value }, now => ({
    ...now,
    fields: now.fields.map(field => (field.id === fieldId ? { ...field, value } : field)),
  }))
