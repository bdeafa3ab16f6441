/** Beginning a topic as one of us: marked as ours, and it waits for nobody. Nothing is kept before it is posted. */
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type CommunityCategory, communityLimits, topicKinds } from '../../contract/community.ts'
import * as contract from '../../contract/community-desk.ts'
import { Area, Choice, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, Problem } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
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
  const problem = posting.error instanceof Problem ? posting.error : null
  const missing = it.title.trim() === '' || it.body.trim() === ''
  return (
    <Dialog
      title={t('community:begin')}
      lead={t('community:beginLead')}
      act={t('community:post')}
      busy={posting.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => !missing && posting.mutate()}
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
      <Field
        label={t('community:titleField')}
        required
        dir="auto"
        maxLength={communityLimits.title}
        value={it.title}
        onChange={event => set({ title: event.currentTarget.value })}
      />
      <Area
        label={t(it.kind === 'practice' ? 'community:contextField' : 'community:bodyField')}
        help={t('community:bodyHelp')}
        required
        dir="auto"
        rows={6}
        maxLength={communityLimits.body}
        value={it.body}
        onChange={event => set({ body: event.currentTarget.value })}
      />
      {it.kind === 'practice' && (
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

export const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
