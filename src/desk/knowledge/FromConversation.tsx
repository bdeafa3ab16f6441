/** An article from a conversation: what was theirs alone is held back and named; nothing is kept before somebody says yes to it. */
import './article.css'
import './knowledge.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/knowledge.ts'
import * as around from '../../contract/knowledge-around.ts'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask, query } from '../api.ts'
import { safeMail } from '../conversation/safeMail.ts'
import { DraftDialog } from '../pieces/DraftDialog.tsx'
import { goTo } from '../shell/going.ts'
import { haveNow } from './queries.ts'

export function FromConversation({ view, onClose }: { view: ConversationView; onClose: () => void }) {
  const asked = useQuery(query(around.articleFromConversation, { conversationId: view.id }))
  const draft = asked.data
  const [title, setTitle] = useState<string | null>(null)
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
  return (
    <DraftDialog
      title={t('knowledge:fromTitle')}
      lead={t('knowledge:fromLead')}
      act={t('knowledge:fromAct')}
      heldBack={held => t('knowledge:heldBack', { count: held })}
      kindOf={kind => t(`knowledge:heldBackKind.${kind}`)}
      yes={t('knowledge:fromYes')}
      asked={asked}
      making={making}
      onMake={() => making.mutate()}
      onClose={onClose}
    >
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
        </>
      )}
    </DraftDialog>
  )
}
