/** Beginning a topic as one of us: marked as ours, and it waits for nobody. Nothing is kept before it is posted. */
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type CommunityCategory, topicKinds } from '../../contract/community.ts'
import * as contract from '../../contract/community-desk.ts'
import { Choice, usePlace } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { linesOf, PostFields } from './PostFields.tsx'
import { categoryName, renewCommunity } from './queries.ts'

type Props = { categories: readonly CommunityCategory[]; categoryId: string | null; onClose: () => void }

export function BeginDialog({ categories, categoryId, onClose }: Props) {
  const place = usePlace()
  const navigate = useNavigate()
  const open = categories.filter(({ archived }) => !archived)
  const [press] = useState(() => crypto.randomUUID())
  const [it, setIt] = useState({
    ...{ kind: 'discussion' as (typeof topicKinds)[number], title: '', body: '', steps: '' },
    categoryId: open.find(({ id }) => id === categoryId)?.id ?? open[0]?.id ?? '',
  })
  const set = (part: Partial<typeof it>) => setIt(before => ({ ...before, ...part }))
  const posting = useMutation({
    mutationFn: () =>
      ask(contract.beginCommunityTopic, {
        ...{ press, categoryId: it.categoryId, kind: it.kind, title: it.title, body: it.body },
        steps: it.kind === 'practice' ? linesOf(it.steps) : [],
        language: place.language,
      }),
    onSuccess: ({ topic }) => {
      renewCommunity()
      onClose()
      void navigate({ to: '/community/$topicId', params: { topicId: topic.id } })
    },
  })
  const missing = it.title.trim() === '' || it.body.trim() === ''
  return (
    <Dialog
      title={t('community:begin')}
      lead={t('community:beginLead')}
      act={t('community:post')}
      busy={posting.isPending}
      failed={posting.error}
      missing={missing && t('desk:missing.words')}
      onAct={() => posting.mutate()}
      onClose={onClose}
    >
      <Choice
        label={t('community:filter.category')}
        value={it.categoryId}
        onChange={event => set({ categoryId: event.currentTarget.value })}
      >
        {open.map(each => (
          <option key={each.id} value={each.id}>
            {categoryName(each, place.language)}
          </option>
        ))}
      </Choice>
      <Choice
        label={t('community:kindLabel')}
        help={t(`community:kindHelp.${it.kind}`)}
        value={it.kind}
        onChange={event => set({ kind: topicKinds.find(each => each === event.currentTarget.value) ?? 'discussion' })}
      >
        {topicKinds.map(each => (
          <option key={each} value={each}>
            {t(`community:kind.${each}`)}
          </option>
        ))}
      </Choice>
      <PostFields it={it} set={set} first practice={it.kind === 'practice'} />
    </Dialog>
  )
}
