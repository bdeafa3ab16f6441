/** Following the category that is looked at: of each new topic in it one is told, the way one chose for notifications. */
import { useMutation } from '@tanstack/react-query'
import { followCommunityCategory } from '../../contract/community-desk.ts'
import { Tick } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask } from '../api.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewCommunity } from './queries.ts'

export function FollowCategory({ categoryId, follows }: { categoryId: string; follows: boolean }) {
  const following = useMutation({
    mutationFn: (on: boolean) => ask(followCommunityCategory, { categoryId, mode: on ? 'each' : null }),
    onSuccess: (_, on) => notice({ title: t(on ? 'community:followedCategory' : 'community:unfollowed') }),
    onError: error => noticeFailure(error),
    onSettled: renewCommunity,
  })
  return (
    <div className="comfollow">
      <Tick
        toggle
        label={t('community:followCategory')}
        checked={following.isPending ? following.variables : follows}
        onChange={event => following.mutate(event.currentTarget.checked)}
      />
    </div>
  )
}
