/** The words of one language: title, summary and body, kept while one writes. Beside a language that begins stands the one it comes from. */
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useId, useState } from 'react'
import type { ArticleVersion, ArticleView } from '../../contract/knowledge.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { directionOf } from '../../words/languages.ts'
import { safeMail } from '../conversation/safeMail.ts'
import { articleQuery } from './queries.ts'
import { useSaving, type Words } from './useSaving.ts'
import { holdFlush } from './writingNow.ts'

const ArticleEditor = lazy(() => import('./editor/ArticleEditor.tsx'))
type Edition = ArticleView['editions'][number]
type Props = {
  article: ArticleView
  language: string
  edition: Edition | null
  beside: ArticleVersion | null
  onTurn: () => void
}

export function Writing({ article, language, edition, beside, onTurn }: Props) {
  const client = useQueryClient()
  const start = edition?.work ?? edition?.standing ?? null
  const [words, setWords] = useState<Words>(() => ({
    title: start?.title ?? '',
    summary: start?.summary ?? '',
    body: start?.body ?? '',
  }))
  const saving = useSaving({ articleId: article.id, language }, edition?.work?.revision ?? 0)
  const titleId = useId()
  const summaryId = useId()
  const frozen = !article.may.write
  const set = (part: Partial<Words>) => {
    const next = { ...words, ...part }
    setWords(next)
    saving.change(next)
  }
  useEffect(() => holdFlush(saving.flush), [saving.flush])
  const rightToLeft = directionOf(language) === 'rtl'
  const dir = rightToLeft ? 'rtl' : 'ltr'
  const readAgain = async () => {
    await client.fetchQuery({ ...articleQuery(article.id), staleTime: 0 })
    onTurn()
  }
  return (
    <div className="artwriting" data-beside={beside ? true : undefined}>
      <section className="artsheet" aria-label={t('knowledge:text')}>
        <label className="sr" htmlFor={titleId}>
          {t('knowledge:articleTitle')}
        </label>
        <textarea
          id={titleId}
          className="arttitlefield"
          placeholder={t('knowledge:articleTitle')}
          maxLength={200}
          rows={1}
          lang={language}
          dir={dir}
          readOnly={frozen}
          value={words.title}
          onChange={event => set({ title: event.currentTarget.value.replace(/\s*\n\s*/g, ' ') })}
          onKeyDown={event => {
            // A title is one line, however many it takes on a phone.
            if (event.key === 'Enter') event.preventDefault()
          }}
        />
        <label className="sr" htmlFor={summaryId}>
          {t('knowledge:summary')}
        </label>
        <textarea
          id={summaryId}
          className="artsummary"
          placeholder={t('knowledge:summaryLike')}
          maxLength={500}
          rows={2}
          lang={language}
          dir={dir}
          readOnly={frozen}
          value={words.summary}
          onChange={event => set({ summary: event.currentTarget.value })}
        />
        <Suspense fallback={<Still body={words.body} dir={dir} />}>
          <ArticleEditor
            initial={words.body}
            language={language}
            rightToLeft={rightToLeft}
            frozen={frozen}
            onChange={body => set({ body })}
            onSave={() => void saving.flush()}
          />
        </Suspense>
        {!frozen && (
          <p className="small muted artsaved" role="status" data-standing={saving.standing}>
            {t(`knowledge:saving.${saving.standing}`)}
          </p>
        )}
        {saving.standing === 'stale' && (
          <div className="artstale" role="alert">
            <p>{t('knowledge:staleLead')}</p>
            <Button
              onClick={async () => {
                const { article: now } = await client.fetchQuery({ ...articleQuery(article.id), staleTime: 0 })
                saving.goOver(now.editions.find(each => each.language === language)?.work?.revision ?? 0)
              }}
            >
              {t('knowledge:staleMine')}
            </Button>
            <Button kind="quiet" onClick={() => void readAgain()}>
              {t('knowledge:staleTheirs')}
            </Button>
          </div>
        )}
      </section>
      {beside && (
        <aside className="artbeside" aria-label={t('knowledge:beside')}>
          <p className="small muted">{t('knowledge:beside')}</p>
          <h2 dir="auto">{beside.title}</h2>
          <p className="muted" dir="auto">
            {beside.summary}
          </p>
          <Still body={beside.body} dir="auto" />
        </aside>
      )}
    </div>
  )
}

/** Words of an article that are only read: beside a translation, and until the editor is there. */
function Still({ body, dir }: { body: string; dir: 'auto' | 'ltr' | 'rtl' }) {
  return (
    <div
      className="read written artbody"
      dir={dir}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made safe here, and by the server before
      dangerouslySetInnerHTML={{ __html: safeMail(body, [], { quoted: '' }).html }}
    />
  )
}
