/** Answering whoever wrote a post for them alone: a conversation that begins with ours and is tied to the topic. What happens next is chosen, as in every reply. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { PostView } from '../../contract/community.ts'
import { conversationDraftFromPost, conversationFromPost } from '../../contract/community-ties.ts'
import { Area, Bones, Choice, ErrorState, Field } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, query } from '../api.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { Dialog } from '../pieces/Dialog.tsx'
import { useMe } from '../session/me.ts'
import { goTo } from '../shell/going.ts'
import { renewCommunity } from './queries.ts'

const day = 86_400_000
const after = (days: number) => new Date(Date.now() + days * day).toISOString()
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const asHtml = (text: string) =>
  text
    .split(/\n{2,}/)
    .map(part => `<p>${escaped(part).replaceAll('\n', '<br>')}</p>`)
    .join('')
const steps = ['answered', 'your-turn', 'we-get-back'] as const

export function PrivatelyDialog({ post, onClose }: { post: PostView; onClose: () => void }) {
  const me = useMe()
  const asked = useQuery(query(conversationDraftFromPost, { postId: post.id }))
  const serves = me.teams.filter(({ role }) => role === 'lead' || role === 'teammate')
  const [it, setIt] = useState({
    ...{ subject: null as string | null, body: '', teamId: serves[0]?.id ?? '', promised: '' },
    ...{ step: 'answered' as (typeof steps)[number], dueAt: after(1) },
  })
  const set = (part: Partial<typeof it>) => setIt(before => ({ ...before, ...part }))
  const draft = asked.data
  const subject = it.subject ?? draft?.subject ?? ''
  const ready = it.body.trim() && subject.trim() && it.teamId && (it.step !== 'we-get-back' || it.promised.trim())
  const sending = useMutation({
    mutationFn: () =>
      ask(conversationFromPost, {
        ...{ postId: post.id, teamId: it.teamId, subject, body: asHtml(it.body) },
        nextStep:
          it.step === 'answered'
            ? { is: 'answered', followUpAt: after(7) }
            : it.step === 'your-turn'
              ? { is: 'your-turn', askAgainAt: after(5) }
              : { is: 'we-get-back', words: it.promised, dueAt: it.dueAt },
      }),
    onSuccess: ({ conversationId }) => {
      renewCommunity()
      onClose()
      void goTo({ to: '/conversations/$conversationId', params: { conversationId }, search: {} })
    },
  })
  return (
    <Dialog
      title={t('community:act.privately')}
      lead={draft ? t('community:privately.lead', { name: draft.customer.name }) : undefined}
      act={t('community:privately.send')}
      busy={sending.isPending || asked.isPending}
      failed={sending.error}
      missing={!ready && t('desk:missing.words')}
      onAct={() => sending.mutate()}
      onClose={onClose}
    >
      {asked.isPending && <Bones rows={2} />}
      {asked.isError && <ErrorState asked={asked} />}
      {draft && !draft.hasAddress && <p className="comnote">{t('community:privately.noAddress')}</p>}
      {draft?.hasAddress && (
        <>
          {serves.length > 1 && (
            <Choice
              label={t('community:privately.team')}
              value={it.teamId}
              onChange={event => set({ teamId: event.currentTarget.value })}
            >
              {serves.map(team => (
                <option key={team.id} value={team.id}>
                  {team.name}
                </option>
              ))}
            </Choice>
          )}
          <Field
            label={t('community:privately.subject')}
            dir="auto"
            maxLength={500}
            value={subject}
            onChange={event => set({ subject: event.currentTarget.value })}
          />
          <Area
            label={t('community:bodyField')}
            help={t('community:privately.quoted')}
            dir="auto"
            rows={7}
            value={it.body}
            onChange={event => set({ body: event.currentTarget.value })}
          />
          <Choice
            label={t('community:privately.next')}
            help={t(`community:privately.stepHelp.${it.step}`)}
            value={it.step}
            onChange={event => set({ step: steps.find(each => each === event.currentTarget.value) ?? 'answered' })}
          >
            {steps.map(each => (
              <option key={each} value={each}>
                {t(`community:privately.step.${each}`)}
              </option>
            ))}
          </Choice>
          {it.step === 'we-get-back' && (
            <>
              <Field
                label={t('community:privately.promise')}
                dir="auto"
                maxLength={300}
                value={it.promised}
                onChange={event => set({ promised: event.currentTarget.value })}
              />
              <WhenField open label={t('community:privately.by')} value={it.dueAt} onChange={dueAt => set({ dueAt })} />
            </>
          )}
        </>
      )}
    </Dialog>
  )
}
