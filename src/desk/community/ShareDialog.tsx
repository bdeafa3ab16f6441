/** A topic from a conversation: what was the customer's alone is held back and named here; nothing is posted before somebody says yes to it. */
import './community.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { communityLimits } from '../../contract/community.ts'
import * as contract from '../../contract/community-desk.ts'
import { topicFromConversation, topicsOfConversation } from '../../contract/community-ties.ts'
import type { ConversationView } from '../../contract/conversations.ts'
import { Area, Choice, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, query } from '../api.ts'
import { DraftDialog } from '../pieces/DraftDialog.tsx'
import { goTo } from '../shell/going.ts'
import { categoryName, homeQuery, renewCommunity } from './queries.ts'

export function ShareDialog({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const place = usePlace()
  const asked = useQuery(query(topicFromConversation, { conversationId: view.id }))
  const home = useQuery(homeQuery)
  const tied = useQuery(query(topicsOfConversation, { conversationId: view.id }))
  const [press] = useState(() => crypto.randomUUID())
  const [it, setIt] = useState<{ categoryId?: string; title?: string; body?: string; answer?: string }>({})
  const set = (part: typeof it) => setIt(before => ({ ...before, ...part }))
  const open = home.data?.categories.filter(({ archived }) => !archived) ?? []
  const draft = asked.data
  const title = it.title ?? draft?.title ?? ''
  const body = it.body ?? draft?.body ?? ''
  const answer = it.answer ?? draft?.answer ?? ''
  const categoryId = it.categoryId ?? open[0]?.id ?? ''
  const posting = useMutation({
    mutationFn: () =>
      ask(contract.beginCommunityTopic, {
        ...{ press, categoryId, kind: 'question', title, body, answer, fromConversationId: view.id },
        language: draft?.language ?? place.language,
      }),
    onSuccess: ({ topic }) => {
      renewCommunity()
      onClose()
      void goTo({ to: '/community/$topicId', params: { topicId: topic.id } })
    },
  })
  const none = home.isSuccess && open.length === 0
  return (
    <DraftDialog
      title={t('community:share.title')}
      lead={t('community:share.lead')}
      act={t('community:share.act')}
      heldBack={held => t('community:share.heldBack', { count: held })}
      kindOf={kind => t(`community:share.kind.${kind}`)}
      yes={t('community:share.yes')}
      asked={asked}
      making={posting}
      nowhere={none && t('community:share.nowhere')}
      ready={Boolean(categoryId && title.trim() && body.trim())}
      onMake={() => posting.mutate()}
      onClose={onClose}
    >
      {(tied.data?.topics.length ?? 0) > 0 && (
        <p className="comnote">
          {t('community:share.already')} <bdi>{tied.data?.topics[0]?.topic.title}</bdi>
        </p>
      )}
      {draft && (
        <>
          <Choice
            label={t('community:filter.category')}
            value={categoryId}
            onChange={event => set({ categoryId: event.currentTarget.value })}
          >
            {open.map(each => (
              <option key={each.id} value={each.id}>
                {categoryName(each, place.language)} · {t(`community:audience.${each.audience}`)}
              </option>
            ))}
          </Choice>
          <Field
            label={t('community:titleField')}
            maxLength={communityLimits.title}
            dir="auto"
            value={title}
            onChange={event => set({ title: event.currentTarget.value })}
          />
          <Area
            label={t('community:share.question')}
            dir="auto"
            rows={6}
            value={body}
            onChange={event => set({ body: event.currentTarget.value })}
          />
          <Area
            label={t('community:share.answer')}
            help={t('community:share.answerHelp')}
            dir="auto"
            rows={6}
            value={answer}
            onChange={event => set({ answer: event.currentTarget.value })}
          />
        </>
      )}
    </DraftDialog>
  )
}
