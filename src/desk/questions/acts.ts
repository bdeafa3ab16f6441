/** What can be done with an earlier answer: begin the reply with it, or say that the two questions differ. */
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/questions.ts'
import * as saved from '../../contract/saved-replies.ts'
import type { Me } from '../../contract/session.ts'
import { filledHtml, inLanguage } from '../../contract/variables.ts'
import { t } from '../../words/questions.ts'
import { ask } from '../api.ts'
import { cache } from '../cache.ts'
import { valuesIn } from '../compose/around.ts'
import { intoReply } from '../compose/intoReply.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { beforeQuery, renewQuestions } from './queries.ts'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Quoted as ours, with its day: a starting point that nobody takes for words of today. */
export async function putAnswer(view: ConversationView, me: Me, earlier: contract.EarlierQuestion) {
  const { conversationId: earlierId } = earlier
  try {
    const answer = await ask(contract.earlierAnswer, { conversationId: view.id, earlierId })
    const language = view.customer.language ?? me.installation.language
    const zone = view.customer.zone ?? me.installation.zone
    const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: zone }).format(Date.parse(answer.at))
    const intro = t('questions:insertIntro', { date, lng: language })
    await intoReply(view, me.id, `<p>${escaped(intro)}</p><blockquote>${answer.html}</blockquote><p></p>`)
    if (answer.heldBack > 0) notice({ title: t('questions:heldBack', { count: answer.heldBack }) })
    // Whoever answers with it says that it fits.
    void ask(contract.judgeQuestions, { conversationId: view.id, earlierId, same: true }).catch(() => {})
  } catch (error) {
    noticeFailure(error)
  }
}

export async function putSaved(view: ConversationView, me: Me, savedReplyId: string) {
  try {
    const { savedReplies } = await ask(saved.savedReplies, {})
    const found = savedReplies.find(one => one.id === savedReplyId)
    const text = found && inLanguage(found.texts, view.customer.language)
    if (!text) return
    await intoReply(view, me.id, filledHtml(text.body, valuesIn(view, me, null)))
    void ask(saved.useSavedReply, { savedReplyId }).catch(() => {})
  } catch (error) {
    noticeFailure(error)
  }
}

export async function tellApart(view: ConversationView, earlier: contract.EarlierQuestion) {
  const input = { conversationId: view.id, earlierId: earlier.conversationId }
  const key = beforeQuery(view.id).queryKey
  const without = (list: contract.EarlierQuestion[]) =>
    list.filter(one => one.conversationId !== earlier.conversationId)
  cache.setQueryData(key, now => now && { ...now, bySame: without(now.bySame), byOthers: without(now.byOthers) })
  const say = async (same: boolean | null) => {
    try {
      await ask(contract.judgeQuestions, { ...input, same })
    } catch (error) {
      noticeFailure(error)
    }
    renewQuestions()
  }
  await say(false)
  notice({ title: t('questions:apartDone'), detail: t('questions:apartDetail'), onUndo: () => void say(null) })
}
