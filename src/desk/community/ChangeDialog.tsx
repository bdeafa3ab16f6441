/** Changing what a post says: one's own, or another's by those who look after the community. What it said before is kept. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { communityLimits, type PostView, type TopicView } from '../../contract/community.ts'
import { changeCommunityPost } from '../../contract/community-desk.ts'
import { Area, Field } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, Problem } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { notice } from '../shell/notices.ts'
import { linesOf } from './BeginDialog.tsx'
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
  const problem = saving.error instanceof Problem ? saving.error : null
  return (
    <Dialog
      title={t('community:act.change')}
      lead={t(post.author.mine ? 'community:changeOwn' : 'community:changeOthers')}
      act={t('community:save')}
      busy={saving.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => saving.mutate()}
      onClose={onClose}
    >
      {isFirst && (
        <Field
          label={t('community:titleField')}
          dir="auto"
          maxLength={communityLimits.title}
          value={it.title}
          onChange={event => set({ title: event.currentTarget.value })}
        />
      )}
      <Area
        label={t(isPractice ? 'community:contextField' : 'community:bodyField')}
        help={t('community:bodyHelp')}
        dir="auto"
        rows={8}
        maxLength={communityLimits.body}
        value={it.body}
        onChange={event => set({ body: event.currentTarget.value })}
      />
      {isPractice && (
        <Area
          label={t('community:stepsField')}
          help={t('community:stepsHelp')}
          dir="auto"
          rows={5}
          value={it.steps}
          onChange={event => set({ steps: event.currentTarget.value })}
        />
      )}
    </Dialog>
  )
}
