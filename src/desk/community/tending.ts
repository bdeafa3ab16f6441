/** What those who look after the community do with a post or decide about somebody, told and to be taken back. */
import * as tending from '../../contract/community-tending.ts'
import { t } from '../../words/community.ts'
import { ask, type Input } from '../api.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewCommunity } from './queries.ts'

type As = Input<typeof tending.settleCommunityPost>['as']

/** Shows what was refused, and what is left to be seen. */
async function tends(act: () => Promise<unknown>) {
  try {
    await act()
  } catch (error) {
    noticeFailure(error)
  }
  renewCommunity()
}

export const settlePost = (postId: string, as: As) => tends(() => settle(postId, as, ''))

/** What fails is its caller's to show. */
export async function settle(postId: string, as: As, because: string) {
  const { settledAt } = await ask(tending.settleCommunityPost, { postId, as, because })
  notice({
    title: t(`community:settled.${as}`),
    onUndo: () =>
      void tends(async () => {
        await ask(tending.unsettleCommunityPost, { postId, settledAt })
        notice({ title: t('community:settled.undone') })
      }),
  })
}

export const letStand = (postId: string) => settlePost(postId, 'stand')

type Said = Input<typeof tending.trustCommunityPerson>['trust']

/** What was said of them before comes back by undoing it. */
export const trustPerson = (personId: string, trust: Said) =>
  tends(async () => {
    const before = (await ask(tending.communityPerson, { personId })).said?.trust ?? null
    const { name } = await ask(tending.trustCommunityPerson, { personId, trust })
    const says = trust === 'trusted' ? 'trusting' : trust === 'new' ? 'distrusting' : 'asGrown'
    notice({
      title: t(`community:person.${says}`, { name }),
      onUndo: () =>
        void tends(async () => {
          await ask(tending.trustCommunityPerson, { personId, trust: before })
          notice({ title: t('community:settled.undone') })
        }),
    })
  })
