/** Who did what: a ledger by day, narrowed by person, subject and time, which stands in the address. Changes nothing. */
import './keeping.css'
import '../../words/keeping.ts'
import { IconDownload } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import * as contract from '../../contract/audit.ts'
import { Bones, Button, Choice, clock, EmptyState, ErrorState, fullMoment, longDay, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { chosenOnly, momentsOf, Period } from '../pieces/Period.tsx'
import { useMe } from '../session/me.ts'
import { Subject } from '../settings/SettingsPage.tsx'
import { detailsOf, sentenceOf } from './auditWords.ts'

const route = getRouteApi('/desk/settings/audit')

export function AuditPage() {
  const me = useMe()
  const place = usePlace()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const filter = {
    ...(search.person ? { personId: search.person } : {}),
    ...(search.about ? { about: search.about } : {}),
    ...momentsOf(search, place.zone),
  }
  const asked = useInfiniteQuery({
    queryKey: [contract.audit.path, filter] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask(contract.audit, { ...filter, ...(pageParam === undefined ? {} : { after: pageParam }) }, signal),
    getNextPageParam: last => last.next ?? undefined,
  })
  const first = asked.data?.pages[0]
  const days = byDay(asked.data?.pages.flatMap(({ entries }) => entries) ?? [], at => longDay(at, place))
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: before => chosenOnly({ ...before, ...change }), replace: true })
  const narrowed = Object.keys(search).length > 0
  return (
    <Subject
      subject={t('subjects:audit.name')}
      title={t('audit:title')}
      lead={t(me.administrator ? 'audit:lead' : 'audit:leadTeams')}
      act={
        first?.mayExport && (
          <a className="btn" href={`${contract.auditExportPath}?${new URLSearchParams(filter)}`} download>
            <IconDownload size={17} aria-hidden="true" /> {t('audit:export')}
          </a>
        )
      }
    >
      <search className="narrow-by">
        <Choice
          label={t('audit:who')}
          value={search.person ?? ''}
          onChange={event => set({ person: event.currentTarget.value })}
        >
          <option value="">{t('audit:anybody')}</option>
          {first?.people.map(person => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('audit:about')}
          value={search.about ?? ''}
          onChange={event => set({ about: event.currentTarget.value as contract.AuditAbout })}
        >
          <option value="">{t('audit:everything')}</option>
          {contract.AuditAbouts.map(about => (
            <option key={about} value={about}>
              {t(`audit:abouts.${about}`)}
            </option>
          ))}
        </Choice>
        <Period
          {...search}
          words={{ from: t('audit:from'), to: t('audit:to') }}
          onChange={change => set(change as typeof search)}
        />
      </search>
      {asked.isPending && <Bones shape="list" />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && days.length === 0 && (
        <div className="block">
          <EmptyState
            title={t('audit:none')}
            acts={
              narrowed && (
                <Button onClick={() => void navigate({ search: {}, replace: true })}>{t('audit:clear')}</Button>
              )
            }
          >
            {t('audit:noneLead')}
          </EmptyState>
        </div>
      )}
      {days.map(([day, entries]) => (
        <section key={day} className="audited">
          <h2 className="section">{day}</h2>
          <ol>
            {entries.map(entry => (
              <li key={entry.id}>
                <time dateTime={entry.at} title={fullMoment(Date.parse(entry.at), place)}>
                  {clock(Date.parse(entry.at), place)}
                </time>
                <div>
                  <p>{sentenceOf(entry)}</p>
                  <p className="small muted">{detailsOf(entry).join(' · ')}</p>
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {asked.hasNextPage && (
        <p className="acts older">
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t('audit:more')}
          </Button>
        </p>
      )}
    </Subject>
  )
}

function byDay(entries: contract.AuditEntry[], dayOf: (at: number) => string): [string, contract.AuditEntry[]][] {
  const days = new Map<string, contract.AuditEntry[]>()
  for (const entry of entries) {
    const day = dayOf(Date.parse(entry.at))
    days.set(day, [...(days.get(day) ?? []), entry])
  }
  return [...days]
}
