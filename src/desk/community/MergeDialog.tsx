/** Two topics about the same become one: all that was said goes on in the other, and the address leads there. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { TopicView } from '../../contract/community.ts'
import { communityTopics } from '../../contract/community-desk.ts'
import { mergeCommunityTopic } from '../../contract/community-tending.ts'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, Problem, query } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { goTo } from '../shell/going.ts'
import { notice } from '../shell/notices.ts'
import { renewCommunity } from './queries.ts'

export function MergeDialog({ topic, onClose }: { topic: TopicView; onClose: () => void }) {
  const [text, setText] = useState('')
  const [into, setInto] = useState<string | null>(null)
  const q = useDeferredValue(text.trim())
  const { data } = useQuery({ ...query(communityTopics, { q }), enabled: q.length > 1 })
  const found = (data?.topics ?? []).filter(({ id }) => id !== topic.id).slice(0, 8)
  const merging = useMutation({
    mutationFn: (intoId: string) => ask(mergeCommunityTopic, { topicId: topic.id, intoId }),
    onSuccess: answer => {
      renewCommunity()
      notice({ title: t('community:merge.done', { title: answer.topic.title }) })
      onClose()
      void goTo({ to: '/community/$topicId', params: { topicId: answer.topic.id } })
    },
  })
  const problem = merging.error instanceof Problem ? merging.error : null
  return (
    <Dialog
      title={t('community:merge.open')}
      lead={t('community:merge.lead')}
      act={t('community:merge.act')}
      busy={merging.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => into && merging.mutate(into)}
      onClose={onClose}
    >
      <Field
        label={t('community:merge.find')}
        type="search"
        dir="auto"
        maxLength={200}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value)
          setInto(null)
        }}
      />
      <fieldset className="comchoices">
        <legend className="sr">{t('community:merge.find')}</legend>
        {found.map(each => (
          <label key={each.id}>
            <input type="radio" name="into" checked={into === each.id} onChange={() => setInto(each.id)} />
            <span dir="auto">{each.title}</span>
          </label>
        ))}
        {q.length > 1 && data && found.length === 0 && <p className="small muted">{t('community:merge.none')}</p>}
      </fieldset>
    </Dialog>
  )
}
