/** Two topics about the same become one: all that was said goes on in the other, and the address leads there. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { TopicView } from '../../contract/community.ts'
import { communityTopics } from '../../contract/community-desk.ts'
import { mergeCommunityTopic } from '../../contract/community-tending.ts'
import { t } from '../../words/community.ts'
import { ask, query } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { FoundOne, isSought } from '../pieces/FoundOne.tsx'
import { goTo } from '../shell/going.ts'
import { notice } from '../shell/notices.ts'
import { renewCommunity } from './queries.ts'

const most = 8

export function MergeDialog({ topic, onClose }: { topic: TopicView; onClose: () => void }) {
  const [text, setText] = useState('')
  const q = useDeferredValue(text.trim())
  const { data } = useQuery({ ...query(communityTopics, { q }), enabled: isSought(q) })
  const [into, setInto] = useState<string | null>(null)
  const merging = useMutation({
    mutationFn: (intoId: string) => ask(mergeCommunityTopic, { topicId: topic.id, intoId }),
    onSuccess: answer => {
      renewCommunity()
      notice({ title: t('community:merge.done', { title: answer.topic.title }) })
      onClose()
      void goTo({ to: '/community/$topicId', params: { topicId: answer.topic.id } })
    },
  })
  return (
    <Dialog
      title={t('community:merge.open')}
      lead={t('community:merge.lead')}
      act={t('community:merge.act')}
      busy={merging.isPending}
      failed={merging.error}
      missing={!into && t('desk:missing.choice')}
      onAct={() => into && merging.mutate(into)}
      onClose={onClose}
    >
      <FoundOne
        label={t('community:merge.find')}
        none={t('community:merge.none')}
        chosen={into}
        onChoose={setInto}
        found={data && isSought(q) ? data.topics.filter(({ id }) => id !== topic.id).slice(0, most) : null}
        onType={setText}
      />
    </Dialog>
  )
}
