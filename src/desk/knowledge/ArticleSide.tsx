/** Beside an article: how this language stands and what becomes of it, what was learned, who keeps it right, and what else there is. */
import { IconAlertTriangle, IconCircleCheck, IconExternalLink, IconHistory } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as contract from '../../contract/knowledge.ts'
import { Button, Time } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask } from '../api.ts'
import { TopicsOfArticle } from '../community/TiedTopics.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { PublishDialog } from './PublishDialog.tsx'
import { haveNow, renewArticles } from './queries.ts'
import { RemarkDialog, ReviewDialog } from './ReviewDialog.tsx'
import { SettleForm } from './SettleForm.tsx'
import { VersionsSheet } from './VersionsSheet.tsx'
import { keptNow } from './writingNow.ts'

type Article = contract.ArticleView
type Props = { article: Article; language: string; edition: Article['editions'][number] | null; onTurn: () => void }
type Doing = 'publish' | 'review' | 'remark' | 'versions' | null
const look = { size: 17, stroke: 1.6, 'aria-hidden': true } as const

export function ArticleSide({ article, language, edition, onTurn }: Props) {
  const navigate = useNavigate()
  const [doing, setDoing] = useState<Doing>(null)
  const [busy, setBusy] = useState(false)
  const of = { articleId: article.id, language }
  const work = edition?.work ?? null
  const stands = edition?.standing ?? null
  /** What was typed a moment ago is kept first. */
  const act = async (what: () => Promise<{ article: Article }>, said?: string, turns = false) => {
    setBusy(true)
    try {
      if (await keptNow()) {
        haveNow(await what())
        if (turns) onTurn()
        if (said) notice({ title: said })
      }
    } catch (error) {
      noticeFailure(error)
    }
    setBusy(false)
  }
  const open = async (what: Doing) => {
    if (await keptNow()) setDoing(what)
  }
  const remove = async () => {
    try {
      await keptNow()
      await ask(contract.removeArticle, { articleId: article.id })
      renewArticles()
      notice({ title: t('knowledge:removed') })
      void navigate({ to: '/knowledge', search: {} })
    } catch (error) {
      noticeFailure(error)
    }
  }
  const drop = async () => {
    try {
      await keptNow()
      await ask(contract.dropDraft, of)
      haveNow(await ask(contract.article, { articleId: article.id }))
      onTurn()
      notice({ title: t('knowledge:dropped') })
    } catch (error) {
      noticeFailure(error)
    }
  }
  const { write, publish } = article.may
  const neverStood = article.editions.every(each => !each.standing)
  return (
    <aside className="artside" aria-label={t('knowledge:about')}>
      <section aria-labelledby="art-standing">
        <h2 className="section" id="art-standing">
          {t('knowledge:standing')}
        </h2>
        {stands && (
          <p>
            {t(`knowledge:stands.${stands.state === 'withdrawn' ? 'withdrawn' : 'published'}`)}{' '}
            {stands.publishedAt && <Time at={stands.publishedAt} shown="relative" className="muted" />}
          </p>
        )}
        {work ? (
          <p>
            {t(`knowledge:inWork.${work.state as 'draft' | 'in-review' | 'scheduled'}`)}{' '}
            {work.publishAt && <Time at={work.publishAt} shown="short" className="strong" />}
          </p>
        ) : (
          !stands && <p className="muted">{t('knowledge:notBegun')}</p>
        )}
        {work?.reviewer && work.state === 'in-review' && (
          <p className="small muted">{t('knowledge:reviewer', { name: work.reviewer.name })}</p>
        )}
        {work?.remark && (
          <blockquote className="artremark" dir="auto">
            {work.remark}
          </blockquote>
        )}
        <div className="artacts">
          {publish && (work || stands?.state === 'withdrawn') && (
            <Button kind="primary" busy={busy} onClick={() => void open('publish')}>
              {t(stands?.state === 'published' ? 'knowledge:publishChange' : 'knowledge:publish')}
            </Button>
          )}
          {write && (!work || work.state === 'draft') && !(publish && !work) && (
            <Button busy={busy} onClick={() => void open('review')}>
              {t('knowledge:askReview')}
            </Button>
          )}
          {work && work.state !== 'draft' && write && (
            <Button
              busy={busy}
              onClick={() =>
                work.state === 'scheduled'
                  ? void act(() => ask(contract.sendBack, of), t('knowledge:unscheduled'))
                  : setDoing('remark')
              }
            >
              {t(work.state === 'scheduled' ? 'knowledge:unschedule' : 'knowledge:sendBack')}
            </Button>
          )}
          {publish && stands?.state === 'published' && (
            <Button
              kind="quiet"
              busy={busy}
              onClick={() => void act(() => ask(contract.withdrawArticle, of), t('knowledge:withdrawn'))}
            >
              {t('knowledge:withdraw')}
            </Button>
          )}
          {write && work && (stands || article.editions.length > 1) && (
            <Button kind="quiet" onClick={() => void drop()}>
              {t('knowledge:drop')}
            </Button>
          )}
          {write && neverStood && (
            <Button kind="quiet" onClick={() => void remove()}>
              {t('knowledge:remove')}
            </Button>
          )}
          {edition && (
            <Button kind="quiet" icon={<IconHistory {...look} />} onClick={() => void open('versions')}>
              {t('knowledge:versions')}
            </Button>
          )}
          {stands?.state === 'published' && edition?.path && article.audience !== 'inside' && (
            <a className="btn" data-quiet href={edition.path} target="_blank" rel="noreferrer">
              <IconExternalLink {...look} /> {t('knowledge:see')}
            </a>
          )}
        </div>
      </section>

      <Learned article={article} busy={busy} act={act} />
      <SettleForm key={article.changedAt} article={article} />

      <TopicsOfArticle articleId={article.id} />
      {article.related.length > 0 && (
        <section aria-labelledby="art-related">
          <h2 className="section" id="art-related">
            {t('knowledge:related')}
          </h2>
          <ul>
            {article.related.map(each => (
              <li key={each.id}>
                <Link to="/knowledge/$articleId" params={{ articleId: each.id }} search={{}} dir="auto">
                  {each.title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {article.from && (
        <p className="small muted">
          {t('knowledge:from')}{' '}
          <Link to="/conversations/$conversationId" params={{ conversationId: article.from.id }} search={{}} dir="auto">
            {article.from.subject || `#${article.from.number}`}
          </Link>
        </p>
      )}
      {doing === 'publish' && (
        <PublishDialog
          article={article}
          language={language}
          path={edition?.path ?? null}
          onDone={onTurn}
          onClose={() => setDoing(null)}
        />
      )}
      {doing === 'review' && <ReviewDialog articleId={article.id} language={language} onClose={() => setDoing(null)} />}
      {doing === 'remark' && <RemarkDialog articleId={article.id} language={language} onClose={() => setDoing(null)} />}
      {doing === 'versions' && (
        <VersionsSheet article={article} language={language} onRestored={onTurn} onClose={() => setDoing(null)} />
      )}
    </aside>
  )
}

type Learning = {
  article: Article
  busy: boolean
  act: (what: () => Promise<{ article: Article }>, said?: string) => Promise<void>
}

/** What came of it: answers that held, those that did not, and what readers wrote. Counted for the article, never for a person. */
function Learned({ article, busy, act }: Learning) {
  const { held, failed, flags, words, ratings } = article
  const rated = ratings.yes + ratings.partly + ratings.no
  if (held + failed + rated + article.used + flags.length + words.length === 0) return null
  return (
    <section aria-labelledby="art-learned">
      <h2 className="section" id="art-learned">
        {t('knowledge:learned')}
      </h2>
      {held > 0 && (
        <p className="held">
          <IconCircleCheck {...look} /> {t('knowledge:heldOf', { held, all: held + failed })}
        </p>
      )}
      {article.used > 0 && <p className="small">{t('knowledge:used', { count: article.used })}</p>}
      {rated > 0 && <p className="small">{t('knowledge:ratings', ratings)}</p>}
      {flags.map(flag => (
        <div key={flag.id} className="artflag">
          <p className="small warm">
            <IconAlertTriangle {...look} /> {t(`knowledge:flag.${flag.verdict}`)} ·{' '}
            <Time at={flag.at} shown="relative" />{' '}
            {flag.number !== null && <a href={`/conversations/${flag.number}`}>{`#${flag.number}`}</a>}
          </p>
          {flag.said && <p dir="auto">{flag.said}</p>}
        </div>
      ))}
      {words.map(each => (
        <div key={each.id} className="artflag">
          <p className="small muted">
            {t(`knowledge:rating.${each.answer}`)} · <Time at={each.at} shown="relative" />
          </p>
          {each.said && <p dir="auto">{each.said}</p>}
        </div>
      ))}
      {article.may.write && flags.length + words.length > 0 && (
        <Button
          busy={busy}
          onClick={() =>
            void act(() => ask(contract.settleLessons, { articleId: article.id }), t('knowledge:lessonsSettled'))
          }
        >
          {t('knowledge:settleLessons')}
        </Button>
      )}
    </section>
  )
}
