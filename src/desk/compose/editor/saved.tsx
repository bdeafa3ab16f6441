/** Saved replies that fit what was typed after "/", filled for this customer. A starting point: it stands there as words like any other. */
import { useQuery } from '@tanstack/react-query'
import type { Editor } from '@tiptap/react'
import { useMemo } from 'react'
import * as contract from '../../../contract/saved-replies.ts'
import { filledHtml, inLanguage } from '../../../contract/variables.ts'
import { t } from '../../../words/desk.ts'
import { ask, query } from '../../api.ts'
import { safeMail } from '../../conversation/safeMail.ts'
import type { Around } from './around.ts'
import type { Finding } from './finding.ts'
import { savedThatFit } from './savedThatFit.ts'
import type { Asked } from './triggers.ts'

const fresh = { staleTime: 60_000 }
const most = 30

export function useSaved(asked: Asked, editor: Editor, around: Around): Finding {
  const { data, isPending } = useQuery({ ...query(contract.savedReplies, {}), ...fresh })
  const all = useMemo(() => data?.savedReplies.filter(one => one.archivedAt === null) ?? [], [data])
  const fit = savedThatFit(all, asked.query).slice(0, most)
  return {
    waits: isPending,
    none: all.length === 0 ? t('compose:asked.noSaved') : t('compose:asked.noSavedLike', { like: asked.query }),
    options: fit.map(one => {
      const text = inLanguage(one.texts, around.language)
      return {
        id: one.id,
        label: one.name,
        detail: [one.shortcut && `/${one.shortcut}`, one.texts.length > 1 && text?.language]
          .filter(Boolean)
          .join(' · '),
        preview: <SavedPreview html={text?.body ?? ''} around={around} language={text?.language ?? 'en'} />,
        run: () => {
          const html = filledHtml(text?.body ?? '', around.values())
          editor.chain().focus().deleteRange(asked.range).insertContent(html).run()
          around.onUsed?.(one.id)
          if (one.nextStep) around.onStep?.(one.nextStep)
          // Whether it is counted changes nothing for who writes.
          void ask(contract.useSavedReply, { savedReplyId: one.id }).catch(() => {})
        },
      }
    }),
  }
}

export function SavedPreview({
  html,
  around,
  language,
}: {
  html: string
  around: Pick<Around, 'values'>
  language: string
}) {
  const safe = safeMail(filledHtml(html, around.values()), [], { quoted: '' })
  // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe a line above, and by the server before
  return <div className="read written" dir="auto" lang={language} dangerouslySetInnerHTML={{ __html: safe.html }} />
}
