/** Puts words into the reply of a conversation behind what is written already, and goes there. Sends nothing. */
import { conversationNow } from '../conversation/conversationQuery.ts'
import { goTo, whereNow } from '../shell/going.ts'
import type { Who } from './addresses.ts'
import { saysNothing } from './draftChoice.ts'
import { draftKey, putBack, takeDraft } from './draftShelf.ts'
import { whoKept, whoOf } from './whoKept.ts'

type Conversation = { id: string; number: number }

export async function intoReply(conversation: Conversation, me: string, body: string, copy: Who | null = null) {
  putInto(conversation.id, me, body, copy)
  const { pathname, search } = whereNow()
  const here = pathname === `/conversations/${conversation.number}` || pathname === `/conversations/${conversation.id}`
  await goTo({
    to: '/conversations/$conversationId',
    params: { conversationId: here ? (pathname.split('/').at(-1) ?? conversation.id) : conversation.id },
    search: { ...(here ? search : {}), write: 'reply' },
    replace: here,
  })
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
