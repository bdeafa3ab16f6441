/** One article: its languages side by side as tabs, written in place and kept by itself; beside it what becomes of it. */
import './article.css'
import './knowledge.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ArticleView } from '../../contract/knowledge.ts'
import { Bones, ErrorState, usePlace } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { Menu } from '../pieces/Menu.tsx'
import { useMe } from '../session/me.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { ArticleSide } from './ArticleSide.tsx'
import { languageName } from './languages.ts'
import { articleQuery } from './queries.ts'
import { Writing } from './Writing.tsx'

const route = getRouteApi('/desk/knowledge/$articleId')
const offered =
  'en de es fr ar bg ca cs da el et eu fa fi ga gl he hi hr hu id it ja ko lt lv ms nb nl pl pt ro ru sk sl sq sr sv th tr uk ur vi zh'.split(
    ' ',
  )

export function ArticlePage() {
  const { articleId } = route.useParams()
  const asked = useQuery(articleQuery(articleId))
  const article = asked.data?.article
  return (
    <main className="page knowledge" id="page" tabIndex={-1}>
      <p className="small">
        <Link to="/knowledge" search={{}}>
          {t('knowledge:title')}
        </Link>
      </p>
      {asked.isPending && <Bones shape="stream" />}
      {asked.isError && !article && <ErrorState whole asked={asked} />}
      {article && <Opened article={article} />}
    </main>
  )
}

function Opened({ article }: { article: ArticleView }) {
  const me = useMe()
  const place = usePlace()
  const navigate = useNavigate()
  const { language: asked } = route.useSearch()
  const has = article.editions.map(each => each.language)
  const first =
    [place.language, place.language.split('-')[0]!, me.installation.language].find(each => has.includes(each)) ??
    has[0] ??
    me.installation.language
  const language = asked ?? first
  const edition = article.editions.find(each => each.language === language) ?? null
  const shown = edition?.work ?? edition?.standing ?? null
  usePageTitle(shown?.title || t('knowledge:untitled'))
  const go = (to: string) =>
    void navigate({
      to: '/knowledge/$articleId',
      params: { articleId: article.id },
      search: { language: to },
      replace: true,
    })
  // What was done with the words stands on the server: the field begins anew with it.
  const [turn, setTurn] = useState(0)
  const onTurn = () => setTurn(before => before + 1)
  const missing = offered.filter(each => !has.includes(each) && each !== language)
  const tabs = has.includes(language) ? has : [...has, language]
  const like = article.editions.find(each => each.language === first)
  return (
    <div className="artcols">
      <div className="artmain">
        <h1 className="sr">{shown?.title || t('knowledge:untitled')}</h1>
        <div className="modes artlanguages">
          <span role="tablist" aria-label={t('knowledge:languages')}>
            {tabs.map(each => (
              <button key={each} type="button" role="tab" aria-selected={each === language} onClick={() => go(each)}>
                {languageName(each, place.language)}
              </button>
            ))}
          </span>
          {article.may.write && (
            <Menu
              label={t('knowledge:addLanguage')}
              items={missing.map(each => ({ label: languageName(each, place.language), run: () => go(each) }))}
              target={<button type="button">{t('knowledge:addLanguage')}</button>}
            />
          )}
        </div>
        <Writing
          key={`${language} ${turn}`}
          article={article}
          language={language}
          edition={edition}
          beside={!edition && like ? (like.standing ?? like.work) : null}
          onTurn={onTurn}
        />
      </div>
      <ArticleSide article={article} language={language} edition={edition} onTurn={onTurn} />
    </div>
  )
}
