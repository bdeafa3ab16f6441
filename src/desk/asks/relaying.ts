/** Brings an answer into the reply: its words with credit behind what is written already, and whoever is introduced on the copy line. */
import { type AskView, relay } from '../../contract/asks.ts'
import { ask } from '../api.ts'
import type { Who } from '../compose/addresses.ts'
import { saysNothing } from '../compose/draftChoice.ts'
import { draftKey, putBack, takeDraft } from '../compose/draftShelf.ts'
import { whoKept, whoOf } from '../compose/whoKept.ts'
import { conversationNow } from '../conversation/conversationQuery.ts'
import { goTo, whereNow } from '../shell/going.ts'
import { noticeFailure } from '../shell/notices.ts'

export async function relayInto(view: AskView, me: string, introduce: boolean): Promise<void> {
  const { conversation } = view
  if (!conversation) return
  try {
    const { body, copy } = await ask(relay, { askId: view.id, introduce })
    putInto(conversation.id, me, body, copy)
    const { pathname, search } = whereNow()
    const here =
      pathname === `/conversations/${conversation.number}` || pathname === `/conversations/${conversation.id}`
    await goTo({
      to: '/conversations/$conversationId',
      params: { conversationId: here ? (pathname.split('/').at(-1) ?? conversation.id) : conversation.id },
      search: { ...(here ? search : {}), write: 'reply' },
      replace: here,
    })
  } catch (problem) {
    noticeFailure(problem)
  }
}

function putInto(conversationId: string, me: string, body: string, copy: Who | null) {
  const key = draftKey(me, conversationId, 'reply')
  const open = conversationNow(conversationId)
  const server = open?.drafts.find(({ kind }) => kind === 'reply')
  const before = takeDraft(key) ?? (server ? { ...server, shared: Date.parse(server.savedAt) } : null)
  const written = before && !saysNothing(before.body) ? before : null
  const cc = whoKept(written?.choices.cc, open ? whoOf(open.reply.cc) : [])
  const copied = copy && !cc.some(one => one.address.toLowerCase() === copy.address.toLowerCase()) ? [...cc, copy] : cc
  putBack(key, {
    body: written ? written.body + body : body,
    choices: {
      ...(written?.choices ?? {}),
      to: whoKept(written?.choices.to, open ? whoOf(open.reply.to) : []),
      cc: copied,
    },
    seenVersion: written?.seenVersion ?? open?.version ?? 0,
    savedAt: Date.now(),
    tab: 'undo',
    shared: before?.shared ?? null,
    ahead: true,
  })
}
