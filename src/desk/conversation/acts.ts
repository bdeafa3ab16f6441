/** What can be done to one conversation: shown at once, and put right when the server refuses. */
import * as contract from '../../contract/conversations.ts'
import type { Endpoint } from '../../contract/kit.ts'
import * as promises from '../../contract/promises.ts'
import { t } from '../../words/desk.ts'
import { ask, type Input, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { noticeDone } from '../structure/undone.ts'
import { conversationNow, patchConversation, renewConversation } from './conversationQuery.ts'
import { withOwner } from './viewPatches.ts'

type View = contract.ConversationView
type Person = { id: string; name: string }

/** Asks with a picture shown before the answer; on refusal the picture goes back and the person is told. */
export async function act<E extends Endpoint>(id: string, endpoint: E, input: Input<E>, change?: (view: View) => View) {
  const before = conversationNow(id)
  if (change) patchConversation(id, change)
  try {
    const answer = await ask(endpoint, input)
    void renewConversation(id)
    renew(cache, contract.list, contract.counts, promises.myPromises)
    return answer
  } catch (problem) {
    if (before) patchConversation(id, () => before)
    void renewConversation(id)
    noticeFailure(problem)
    return null
  }
}

export async function makeMine(view: View, me: Person) {
  const input = { conversationId: view.id }
  const done = await act(view.id, contract.takeOwnership, input, now => withOwner(now, me))
  if (done?.undo) noticeDone(t('views:done.own', { count: 1 }), view.subject, done.undo)
}

export async function assign(view: View, member: Person) {
  const input = { conversationId: view.id, memberId: member.id }
  const done = await act(view.id, contract.assign, input, now => withOwner(now, member))
  if (done?.undo) noticeDone(t('structure:given', { name: member.name }), view.subject, done.undo)
}

export const setNeededBy = (view: View, neededBy: string | null) =>
  act(view.id, contract.setNeededBy, { conversationId: view.id, neededBy }, now => ({ ...now, neededBy }))

export const settleParticipant = (view: View, addressId: string, as: 'copied' | 'left') =>
  act(view.id, contract.settleParticipant, { conversationId: view.id, addressId, as }, now => ({
    ...now,
    participants: now.participants.flatMap(one =>
      one.addressId !== addressId ? [one] : as === 'copied' ? [{ ...one, role: 'copied' as const }] : [],
    ),
  }))

/** A forward was taken for the mail of the person in it: gives the conversation back to whoever forwarded. */
export const undoForward = (conversationId: string) => act(conversationId, contract.undoForward, { conversationId })

export async function putAway(view: View, as: 'spam' | 'trash') {
  const done = await act(view.id, contract.putAway, { conversationId: view.id, as }, now => ({ ...now, state: as }))
  if (!done) return false
  notice({
    title: t(`views:done.${as}`, { count: 1 }),
    detail: view.subject,
    until: Date.now() + 12_000,
    span: 12_000,
    onUndo: () => void takeBack(view),
  })
  return true
}

export const takeBack = (view: View) => act(view.id, contract.takeBack, { conversationId: view.id })

export async function closeQuietly(view: View, because: (typeof contract.Reason.options)[number]) {
  const input = { conversationId: view.id, seenVersion: view.version, because }
  const done = await act(view.id, contract.closeQuietly, input, now => ({
    ...now,
    state: 'closed',
    closedBecause: because,
  }))
  if (done) noticeDone(t('views:done.closed', { count: 1 }), view.subject, done.undo)
  return done !== null
}
