/** A topic from a conversation: what was the customer's alone is held back and named here; nothing is posted before somebody says yes to it. */
import './community.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { communityLimits } from '../../contract/community.ts'
import * as contract from '../../contract/community-desk.ts'
import { topicFromConversation, topicsOfConversation } from '../../contract/community-ties.ts'
import type { ConversationView } from '../../contract/conversations.ts'
import { Area, Bones, Choice, ErrorState, Field, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, Problem, query } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { goTo } from '../shell/going.ts'
import { categoryName, homeQuery, renewCommunity } from './queries.ts'

export function ShareDialog({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const place = usePlace()
  const asked = useQuery(query(topicFromConversation, { conversationId: view.id }))
  const home = useQuery(homeQuery)
  const tied = useQuery(query(topicsOfConversation, { conversationId: view.id }))
  const [press] = useState(() => [crypto.randomUUID(), crypto.randomUUID()] as const)
  const [it, setIt] = useState<{ categoryId?: string; title?: string; body?: string; answer?: string }>({})
  const [looked, setLooked] = useState(false)
  const set = (part: typeof it) => setIt(before => ({ ...before, ...part }))
  const open = home.data?.categories.filter(({ archived }) => !archived) ?? []
  const draft = asked.data
  const title = it.title ?? draft?.title ?? ''
  const body = it.body ?? draft?.body ?? ''
  const answer = it.answer ?? draft?.answer ?? ''
  const categoryId = it.categoryId ?? open[0]?.id ?? ''
  const posting = useMutation({
    mutationFn: async () => {
      const begun = { press: press[0], categoryId, kind: 'question' as const, title, body }
      const made = await ask(contract.beginCommunityTopic, {
        ...begun,
        language: draft?.language ?? place.language,
        fromConversationId: view.id,
      })
      const topicId = made.topic.id
      if (!answer.trim()) return topicId
      const said = await ask(contract.writeCommunityPost, { topicId, press: press[1], body: answer })
      const post = said.page.posts.at(-1)
      if (post) await ask(contract.acceptCommunityAnswer, { topicId, postId: post.id })
      return topicId
    },
    onSuccess: topicId => {
      renewCommunity()
      onClose()
      void goTo({ to: '/community/$topicId', params: { topicId } })
    },
  })
  const problem = posting.error instanceof Problem ? posting.error : null
  const none = home.isSuccess && open.length === 0
  return (
    <Dialog
      title={t('community:share.title')}
      lead={t('community:share.lead')}
      act={t('community:share.act')}
      busy={posting.isPending || asked.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => looked && draft && categoryId && title.trim() && body.trim() && posting.mutate()}
      onClose={onClose}
    >
      {asked.isPending && <Bones rows={4} />}
      {asked.isError && <ErrorState asked={asked} />}
      {none && <p className="comnote">{t('community:share.nowhere')}</p>}
      {(tied.data?.topics.length ?? 0) > 0 && (
        <p className="comnote">
          {t('community:share.already')} <bdi>{tied.data?.topics[0]?.topic.title}</bdi>
        </p>
      )}
      {draft && !none && (
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
          <section aria-labelledby="held-back">
            <h3 id="held-back" className="strong">
              {t('community:share.heldBack', { count: draft.heldBack.length })}
            </h3>
            <ul className="small comheld">
              {draft.heldBack.map(each => (
                <li key={`${each.is} ${each.was}`}>
                  <span className="muted">{t(`community:share.kind.${each.is}`)}:</span> <bdi>{each.was}</bdi>
                  {each.times > 1 && <span className="muted"> ×{each.times}</span>}
                </li>
              ))}
            </ul>
          </section>
          <Tick
            label={t('community:share.yes')}
            checked={looked}
            onChange={event => setLooked(event.currentTarget.checked)}
          />
        </>
      )}
    </Dialog>
  )
}
