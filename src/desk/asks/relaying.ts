/** Brings an answer into the reply: its words with credit behind what is written already, and whoever is introduced on the copy line. */
import { type AskView, relay } from '../../contract/asks.ts'
import { ask } from '../api.ts'
import { intoReply } from '../compose/intoReply.ts'
import { noticeFailure } from '../shell/notices.ts'

export async function relayInto(view: AskView, me: string, introduce: boolean): Promise<void> {
  const { conversation } = view
  if (!conversation) return
  try {
    const { body, copy } = await ask(relay, { askId: view.id, introduce })
    await intoReply(conversation, me, body, copy)
  } catch (problem) {
    noticeFailure(problem)
  }
}
