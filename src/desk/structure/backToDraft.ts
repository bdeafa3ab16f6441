/** A waiting reply becomes a draft again, and its writer goes on with it. */
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/structure.ts'
import { draftKey, putBack } from '../compose/draftShelf.ts'
import { goTo, whereNow } from '../shell/going.ts'
import { actOn } from './structureQuery.ts'

export async function backToDraft(view: ConversationView, me: string, laterId: string) {
  const back = await actOn(contract.takeBackLater, { laterId })
  if (!back) return
  putBack(draftKey(me, view.id, 'reply'), {
    body: back.body,
    choices: back.choices,
    seenVersion: view.version,
    savedAt: Date.now(),
    tab: 'undo',
    shared: null,
    ahead: true,
  })
  const { pathname, search } = whereNow()
  const here = pathname === `/conversations/${view.number}` || pathname === `/conversations/${view.id}`
  await goTo({
    to: '/conversations/$conversationId',
    params: { conversationId: here ? (pathname.split('/').at(-1) ?? view.id) : String(view.number) },
    search: { ...(here ? search : {}), write: 'reply' },
    replace: here,
  })
}
