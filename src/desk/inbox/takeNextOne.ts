/** "Take next": asks for the most urgent conversation nobody has, and opens it. Says so when there is none, or when one has enough. */
import { counts, list, open } from '../../contract/conversations.ts'
import { takeNext } from '../../contract/saved-views.ts'
import { t } from '../../words/desk.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { rememberNumber } from '../conversation/conversationQuery.ts'
import { goTo } from '../shell/going.ts'
import { notice, noticeFailure } from '../shell/notices.ts'

let taking = false

export async function takeNextOne() {
  // A key held down takes one.
  if (taking) return
  taking = true
  try {
    const taken = await ask(takeNext, {})
    if (taken.id === null || taken.number === null)
      return void notice({ title: t(`views:take.${taken.is}`), detail: t(`views:take.${taken.is}Detail`) })
    rememberNumber(taken.number, taken.id)
    renew(cache, list, counts, open)
    await goTo({
      to: '/conversations/$conversationId',
      params: { conversationId: String(taken.number) },
      search: { view: 'mine' },
    })
    notice({ title: t('views:take.taken', { number: taken.number }), detail: t('views:take.takenDetail') })
  } catch (problem) {
    noticeFailure(problem)
  } finally {
    taking = false
  }
}
