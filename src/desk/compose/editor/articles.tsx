/** Articles that fit what was typed after "/", of those the customer may read: put into the reply as a link, or as words with the link below. */

import { IconBook2 } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Editor } from '@tiptap/react'
import * as aroundArticles from '../../../contract/knowledge-around.ts'
import { t } from '../../../words/desk.ts'
import { ask, query } from '../../api.ts'
import { noticeFailure } from '../../shell/notices.ts'
import type { Around } from './around.ts'
import type { Finding } from './finding.ts'
import type { Asked } from './triggers.ts'

const fresh = { staleTime: 60_000, placeholderData: keepPreviousData }
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** Only where there is a customer to answer. */
export function useArticles(asked: Asked, editor: Editor, around: Around): Finding['options'] {
  const { conversationId } = around
  const { data } = useQuery({
    ...query(aroundArticles.articlesFor, { conversationId: conversationId ?? '', q: asked.query.slice(0, 200) }),
    ...fresh,
    enabled: conversationId !== null && !around.inside,
  })
  if (!conversationId || around.inside) return []
  const put = async (articleId: string, as: 'link' | 'words') => {
    editor.chain().focus().deleteRange(asked.range).run()
    try {
      const it = await ask(aroundArticles.articleWords, { conversationId, articleId })
      const link = `<a href="${escaped(it.url)}">${escaped(it.title)}</a>`
      editor
        .chain()
        .focus()
        .insertContent(as === 'link' ? `${link} ` : `${it.html}<p>${link}</p>`)
        .run()
      around.onUsed?.(articleId)
    } catch (error) {
      noticeFailure(error)
    }
  }
  return (data?.articles ?? []).flatMap(each => {
    const preview = (
      <div key={each.id} dir="auto" lang={each.language}>
        <p className="strong">{each.title.text}</p>
        <p>{each.excerpt.text}</p>
        {each.held > 0 && <p className="small muted">{t('compose:asked.held', { count: each.held })}</p>}
      </div>
    )
    const label = (
      <span key={each.id}>
        <IconBook2 size={16} stroke={1.6} aria-hidden="true" /> {each.title.text}
      </span>
    )
    return [
      {
        id: `link-${each.id}`,
        label,
        detail: t('compose:asked.asLink'),
        preview,
        run: () => void put(each.id, 'link'),
      },
      {
        id: `words-${each.id}`,
        label,
        detail: t('compose:asked.asWords'),
        preview,
        run: () => void put(each.id, 'words'),
      },
    ]
  })
}
