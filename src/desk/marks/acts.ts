/** What can be done with marks: shown at once, put right when the server refuses. */
import type { ConversationView } from '../../contract/conversations.ts'
import type { FieldValue } from '../../contract/fields.ts'
import { setField } from '../../contract/fields.ts'
import * as marks from '../../contract/marks.ts'
import { type TagRef, tagConversation, tags as tagsEndpoint } from '../../contract/tags.ts'
import { renew } from '../api.ts'
import { cache } from '../cache.ts'
import { act } from '../conversation/acts.ts'

type View = ConversationView
type Person = { id: string; name: string }

export const putOn = (view: View, tag: TagRef) =>
  act(view.id, tagConversation, { conversationId: view.id, add: [tag.id] }, now => ({
    ...now,
    tags: [...now.tags.filter(({ id }) => id !== tag.id), tag],
  }))

export const takeOff = (view: View, tag: TagRef) =>
  act(view.id, tagConversation, { conversationId: view.id, remove: [tag.id] }, now => ({
    ...now,
    tags: now.tags.filter(({ id }) => id !== tag.id),
  }))

/** One that is being made can't be taken off yet. */
export const isComing = (tag: TagRef) => tag.id.startsWith('new ')

/** Its id is the server's to give: until then it stands there under its name. */
export async function makeAndPutOn(view: View, name: string) {
  const done = await act(view.id, tagConversation, { conversationId: view.id, make: [name] }, now => ({
    ...now,
    tags: [...now.tags, { id: `new ${name}`, name, tint: 'stone' as const }],
  }))
  renew(cache, tagsEndpoint)
  return done
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
