/** Insight: one page for each thing that is worth knowing, with its definition, its period, bars, a table and a file to take along. Shows nobody by name. */
import './insight.css'
import '../../words/pond.ts'
import { IconDownload } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { InsightPages, insight, insightExportPath, InsightPage as Page } from '../../contract/insight.ts'
import { Bones, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { useMe } from '../session/me.ts'
import { PageMissing } from '../shell/pages.tsx'
import { servesSomewhere } from '../shell/serves.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Narrow } from './Narrow.tsx'
import { SectionView } from './SectionView.tsx'
import { sectionsOf } from './shapes.ts'

const route = getRouteApi('/desk/insight/$page')

export function InsightPage() {
  const page = Page.safeParse(route.useParams().page)
  return page.success ? <Known page={page.data} /> : <PageMissing />
}

function Known({ page }: { page: Page }) {
  const me = useMe()
  const { days = '30', from, to, team } = route.useSearch()
  const asking = { days, ...(from ? { from } : {}), ...(to ? { to } : {}), ...(team ? { teamId: team } : {}) } as const
  const asked = useQuery({ ...query(insight, { page, ...asking }), placeholderData: keepPreviousData })
  usePageTitle(t(`insight:page.${page}`))
  // Of another page nothing is shown while this one comes.
  const view = asked.isPlaceholderData && asked.data && !fits(page, asked.data.figures) ? undefined : asked.data
  return (
    <main className="page insight" id="page">
      <header>
        <div>
          <h1 className="title">{t('insight:title')}</h1>
          <p className="muted">{t('insight:lead')}</p>
        </div>
        {view?.mayExport && (
          <a
            className="btn"
            href={`${insightExportPath.replace(':page', page)}?${new URLSearchParams(asking)}`}
            download
          >
            <IconDownload size={17} aria-hidden="true" /> {t('insight:export')}
          </a>
        )}
      </header>
      <nav className="pages" aria-label={t('insight:pages')}>
        {InsightPages.map(each => (
          <Link
            key={each}
            to="/insight/$page"
            params={{ page: each }}
            search={before => before}
            activeProps={{ 'aria-current': 'page' }}
            activeOptions={{ includeSearch: false }}
          >
            {t(`insight:page.${each}`)}
          </Link>
        ))}
        {servesSomewhere(me) && (
          <Link to="/asked-again" search={{}}>
            {t('desk:nav.again')}
          </Link>
        )}
      </nav>
      <Narrow view={asked.data} />
      {view?.counting && (
        <p className="small muted" role="status">
          {t('insight:counting')}
        </p>
      )}
      {asked.isPending && <Bones shape="list" rows={4} />}
      {asked.isError && !view && <ErrorState asked={asked} />}
      {view && sectionsOf[page].map(section => <SectionView key={section.key} section={section} view={view} />)}
    </main>
  )
}

/** Figures of nothing fit every page. */
function fits(page: Page, figures: Record<string, number>): boolean {
  const firsts = {
    promises: /^(ours|theirs)\./,
    answers: /^(answer|verdict|first)\./,
    runaround: /^(ask|handover|moved)/,
    quiet: /^(touched|all)$/,
    human: /^(human|said)\./,
  }
  return Object.keys(figures).some(measure => firsts[page].test(measure))
}
