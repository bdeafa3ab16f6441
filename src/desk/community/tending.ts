/** What those who look after the community do with a post, told and to be taken back. */
import { type settleCommunityPost as settle, settleCommunityPost } from '../../contract/community-tending.ts'
import { t } from '../../words/community.ts'
import { ask, type Input } from '../api.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewCommunity } from './queries.ts'

type As = Input<typeof settle>['as']

export async function settlePost(postId: string, as: As, because = ''): Promise<boolean> {
  try {
    await ask(settleCommunityPost, { postId, as, because })
    renewCommunity()
    notice({
      title: t(`community:settled.${as}`),
      ...(as === 'stand' ? {} : { onUndo: () => void settlePost(postId, 'stand') }),
    })
    return true
  } catch (error) {
    noticeFailure(error)
    return false
  }
}

export const letStand = (postId: string) => settlePost(postId, 'stand')
