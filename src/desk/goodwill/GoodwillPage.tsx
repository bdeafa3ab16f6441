/** The ledger of goodwill: what waits for a yes or no, what was given, and what is given so often that a rule may be wrong. By what, never ranked by whom. */
import './goodwill.css'
import '../keeping/keeping.css'
import '../../words/care.ts'
import { IconBulb, IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import * as contract from '../../contract/goodwill.ts'
import { Bones, Button, Choice, EmptyState, ErrorState, longDay, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { chosenOnly, momentsOf, Period } from '../pieces/Period.tsx'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Given } from './Given.tsx'
import { allowanceQuery, oftenQuery } from './goodwillQuery.ts'
import { money } from './money.ts'

const route = getRouteApi('/desk/goodwill')

export function GoodwillPage() {
  const place = usePlace()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const mine = useQuery(allowanceQuery()).data
  usePageTitle(t('goodwill:title'))
  const filter = {
    ...(search.state ? { state: search.state } : {}),
    ...(search.kind ? { kind: search.kind } : {}),
    ...(search.by ? { by: search.by } : {}),
    ...momentsOf(search, place.zone),
  }
  const asked = useInfiniteQuery({
    queryKey: [contract.goodwillLedger.path, filter] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask(contract.goodwillLedger, { ...filter, ...(pageParam ? { after: pageParam } : {}) }, signal),
    getNextPageParam: last => last.next ?? undefined,
  })
  const first = asked.data?.pages[0]
  const rows = asked.data?.pages.flatMap(page => page.rows) ?? []
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: before => chosenOnly({ ...before, ...change }), replace: true })
  return (
    <main className="page goodwill" id="page">
      <header className="checkinshead">
        <div>
          <h1 className="title">{t('goodwill:title')}</h1>
          <p className="muted lead">
            {mine &&
              t(`goodwill:allowance.${mine.period}`, {
                left: money(mine.left, mine.currency, place.language),
                all: money(mine.minor, mine.currency, place.language),
              })}
          </p>
        </div>
        {first?.mayExport && (
          <a className="btn" href={`/api/v1/goodwill/export?${new URLSearchParams(filter)}`} download>
            <IconDownload size={17} aria-hidden="true" /> {t('goodwill:export')}
          </a>
        )}
      </header>
      <OftenGiven />
      <search className="narrow-by">
        <Choice
          label={t('goodwill:filter.state')}
          value={search.state ?? ''}
          onChange={event => set({ state: event.currentTarget.value as 'asked' })}
        >
          <option value="">{t('goodwill:filter.all')}</option>
          {contract.GoodwillState.options.map(each => (
            <option key={each} value={each}>
              {t(`goodwill:filter.${each}`)}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('goodwill:filter.kind')}
          value={search.kind ?? ''}
          onChange={event => set({ kind: event.currentTarget.value as 'credit' })}
        >
          <option value="">{t('goodwill:filter.all')}</option>
          {contract.GoodwillKind.options.map(each => (
            <option key={each} value={each}>
              {t(`goodwill:kind.${each}`)}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('goodwill:filter.by')}
          value={search.by ?? ''}
          onChange={event => set({ by: event.currentTarget.value })}
        >
          <option value="">{t('goodwill:filter.anybody')}</option>
          {first?.givers.map(each => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
        </Choice>
        <Period
          {...search}
          words={{ from: t('goodwill:filter.from'), to: t('goodwill:filter.to') }}
          onChange={change => set(change as typeof search)}
        />
      </search>
      {first && first.granted.length > 0 && (
        <p className="muted" role="status">
          {t('goodwill:sum', {
            count: first.granted.reduce((sum, { count }) => sum + count, 0),
            sums: new Intl.ListFormat(place.language).format(
              first.granted.map(({ minor, currency }) => money(minor, currency, place.language)),
            ),
          })}
        </p>
      )}
      {asked.isPending && <Bones shape="list" />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && rows.length === 0 && (
        <EmptyState title={t(Object.keys(search).length > 0 ? 'goodwill:noneFound' : 'goodwill:none')}>
          {t('goodwill:noneLead')}
        </EmptyState>
      )}
      <ul className="givens">
        {rows.map(it => (
          <Given key={it.id} it={it} />
        ))}
      </ul>
      {asked.hasNextPage && (
        <p className="acts">
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t('goodwill:more')}
          </Button>
        </p>
      )}
    </main>
  )
}

/** A hint, no verdict: the same was given for alike reasons again and again. */
function OftenGiven() {
  const place = usePlace()
  const { data } = useQuery(oftenQuery)
  if (!data || data.often.length === 0) return null
  return (
    <section className="often" aria-labelledby="often-given">
      <h2 className="section" id="often-given">
        <IconBulb size={17} stroke={1.6} aria-hidden="true" /> {t('goodwill:often.title')}
      </h2>
      <p className="small muted">{t('goodwill:often.lead', { count: data.times, days: data.days })}</p>
      <ul>
        {data.often.map(each => (
          <li key={`${each.kind} ${each.reasons[0]}`}>
            <p>
              {t('goodwill:often.times', { count: each.count, kind: t(`goodwill:kind.${each.kind}`) })}{' '}
              {each.sums
                .filter(({ minor }) => minor > 0)
                .map(({ minor, currency }) => money(minor, currency, place.language))
                .join(', ')}
            </p>
            <p className="small muted" dir="auto">
              {each.reasons.join(' · ')}
            </p>
            <p className="small">
              {each.latest.map(one =>
                one.conversationId ? (
                  <Link
                    key={one.id}
                    to="/conversations/$conversationId"
                    params={{ conversationId: one.conversationId }}
                    search={{}}
                    className="link"
                    dir="auto"
                  >
                    {one.what} ({longDay(Date.parse(one.at), place)})
                  </Link>
                ) : null,
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
