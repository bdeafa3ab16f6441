/** An article from a conversation: what was theirs alone is held back and named here; nothing is kept before somebody says yes to it. */
import './article.css'
import './knowledge.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/knowledge.ts'
import * as around from '../../contract/knowledge-around.ts'
import { Bones, ErrorState, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask, Problem, query } from '../api.ts'
import { safeMail } from '../conversation/safeMail.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { goTo } from '../shell/going.ts'
import { haveNow } from './queries.ts'

export function FromConversation({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const asked = useQuery(query(around.articleFromConversation, { conversationId: view.id }))
  const draft = asked.data
  const [title, setTitle] = useState<string | null>(null)
  const [looked, setLooked] = useState(false)
  const making = useMutation({
    mutationFn: () =>
      ask(contract.makeArticle, {
        ...{ language: draft?.language ?? 'en', title: title ?? draft?.title ?? '', body: draft?.body ?? '' },
        ...{ audience: 'public' as const, fromConversationId: view.id },
      }),
    onSuccess: made => {
      haveNow(made)
      onClose()
      void goTo({ to: '/knowledge/$articleId', params: { articleId: made.article.id }, search: {} })
    },
  })
  const problem = making.error instanceof Problem ? making.error : null
  return (
    <Dialog
      title={t('knowledge:fromTitle')}
      lead={t('knowledge:fromLead')}
      act={t('knowledge:fromAct')}
      busy={making.isPending || asked.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => looked && draft && making.mutate()}
      onClose={onClose}
    >
      {asked.isPending && <Bones rows={4} />}
      {asked.isError && <ErrorState asked={asked} />}
      {draft && (
        <>
          <Field
            label={t('knowledge:articleTitle')}
            maxLength={200}
            dir="auto"
            value={title ?? draft.title}
            onChange={event => setTitle(event.currentTarget.value)}
          />
          <div
            className="read written artbody fromdraft"
            dir="auto"
            lang={draft.language}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe here; its words were escaped by the server
            dangerouslySetInnerHTML={{ __html: safeMail(draft.body, [], { quoted: '' }).html }}
          />
          <section aria-labelledby="held-back">
            <h3 id="held-back" className="strong">
              {t('knowledge:heldBack', { count: draft.heldBack.length })}
            </h3>
            <ul className="small heldback">
              {draft.heldBack.map(each => (
                <li key={`${each.is} ${each.was}`}>
                  <span className="muted">{t(`knowledge:heldBackKind.${each.is}`)}:</span> <bdi>{each.was}</bdi>
                  {each.times > 1 && <span className="muted"> ×{each.times}</span>}
                </li>
              ))}
            </ul>
          </section>
          <Tick
            label={t('knowledge:fromYes')}
            checked={looked}
            onChange={event => setLooked(event.currentTarget.checked)}
          />
        </>
      )}
    </Dialog>
  )
}
