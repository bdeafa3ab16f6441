/** Changing what a post says: one's own, or another's by those who look after the community. What it said before is kept. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { PostView, TopicView } from '../../contract/community.ts'
import { changeCommunityPost } from '../../contract/community-desk.ts'
import { t } from '../../words/community.ts'
import { ask } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { notice } from '../shell/notices.ts'
import { linesOf, PostFields } from './PostFields.tsx'
import { renewCommunity } from './queries.ts'

export function ChangeDialog({ topic, post, onClose }: { topic: TopicView; post: PostView; onClose: () => void }) {
  const isFirst = post.number === 1
  const isPractice = isFirst && topic.kind === 'practice'
  const [it, setIt] = useState({
    ...{ title: topic.title, body: post.typed?.body ?? '' },
    steps: (post.typed?.steps ?? []).map(step => step.replaceAll('\n', ' ')).join('\n'),
  })
  const set = (part: Partial<typeof it>) => setIt(before => ({ ...before, ...part }))
  const saving = useMutation({
    mutationFn: () =>
      ask(changeCommunityPost, {
        ...{ postId: post.id, body: it.body },
        ...(isFirst ? { title: it.title } : {}),
        ...(isPractice ? { steps: linesOf(it.steps) } : {}),
      }),
    onSuccess: () => {
      renewCommunity()
      notice({ title: t('community:changed') })
      onClose()
    },
  })
  return (
    <Dialog
      title={t('community:act.change')}
      lead={t(post.author.mine ? 'community:changeOwn' : 'community:changeOthers')}
      act={t('community:save')}
      busy={saving.isPending}
      failed={saving.error}
      onAct={() => saving.mutate()}
      onClose={onClose}
    >
      <PostFields it={it} set={set} first={isFirst} practice={isPractice} />
    </Dialog>
  )
}
