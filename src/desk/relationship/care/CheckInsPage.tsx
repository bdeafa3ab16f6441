/** Check-ins: mine by their time; for who leads also those whose keeper is away or gone, and those nobody keeps that went quiet. */
import './care.css'
import '../../../words/care.ts'
import { IconPhone } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as contract from '../../../contract/care.ts'
import {
  Bones,
  Button,
  EmptyState,
  ErrorState,
  fullMoment,
  late,
  Portrait,
  relative,
  rippleOf,
  shortMoment,
  useNow,
  usePlace,
} from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { ask } from '../../api.ts'
import { useMe } from '../../session/me.ts'
import { leads } from '../../settings/subjects.ts'
import { usePageTitle } from '../../shell/usePageTitle.ts'
import { contactWords, pageOf } from './careWords.ts'
import { KeepDialog } from './KeepDialog.tsx'
import { TouchDialog } from './TouchDialog.tsx'

const route = getRouteApi('/desk/check-ins')
const lists = ['mine', 'left', 'quiet'] as const

export function CheckInsPage() {
  const me = useMe()
  const { which = 'mine' } = route.useSearch()
  const [noting, setNoting] = useState(false)
  usePageTitle(t('care:title'))
  return (
    <main className="page checkins" id="page">
      <header className="checkinshead">
        <div>
          <h1 className="title">{t('care:title')}</h1>
          <p className="muted lead">{t(`care:list.lead.${which}`)}</p>
        </div>
        <Button icon={<IconPhone size={17} stroke={1.6} aria-hidden="true" />} onClick={() => setNoting(true)}>
          {t('care:touch.title')}
        </Button>
      </header>
      {leads(me) && (
        <nav className="modes" aria-label={t('care:list.label')}>
          {lists.map(each => (
            <Link
              key={each}
              to="/check-ins"
              search={each === 'mine' ? {} : { which: each }}
              replace
              activeOptions={{ exact: true, includeSearch: true }}
              aria-current={which === each ? 'page' : undefined}
            >
              {t(`care:list.${each}`)}
            </Link>
          ))}
        </nav>
      )}
      <List key={which} which={which} />
      {noting && <TouchDialog onClose={() => setNoting(false)} />}
    </main>
  )
}

function List({ which }: { which: contract.CheckInList }) {
  const asked = useInfiniteQuery({
    queryKey: [contract.checkIns.path, { which }] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask(contract.checkIns, { which, ...(pageParam ? { after: pageParam } : {}) }, signal),
    getNextPageParam: last => last.next ?? undefined,
  })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [keeping, setKeeping] = useState(false)
  const rows = asked.data?.pages.flatMap(page => page.rows) ?? []
  const ids = rows.filter(row => chosen.has(row.relationshipId)).map(row => row.relationshipId)
  const turn = (id: string) =>
    setChosen(before => (before.has(id) ? new Set([...before].filter(each => each !== id)) : new Set([...before, id])))
  return (
    <>
      {asked.isPending && <Bones rows={5} />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && rows.length === 0 && (
        <EmptyState
          title={t(`care:list.none.${which}`)}
          acts={
            which === 'mine' && (
              <Link to="/pond" search={{}} className="btn">
                {t('care:list.pond')}
              </Link>
            )
          }
        >
          {t(`care:list.noneLead.${which}`)}
        </EmptyState>
      )}
      {which !== 'mine' && rows.length > 0 && (
        <p className="acts chosenbar">
          <label className="small">
            <input
              type="checkbox"
              checked={ids.length === rows.length}
              onChange={() =>
                setChosen(ids.length === rows.length ? new Set() : new Set(rows.map(row => row.relationshipId)))
              }
            />{' '}
            {t('care:list.all')}
          </label>
          <Button kind="primary" disabled={ids.length === 0} onClick={() => setKeeping(true)}>
            {t('care:list.take', { count: ids.length })}
          </Button>
        </p>
      )}
      <ol className="checkinlist">
        {rows.map(row => (
          <Row
            key={row.relationshipId}
            row={row}
            {...(which === 'mine'
              ? {}
              : { chosen: chosen.has(row.relationshipId), onTurn: () => turn(row.relationshipId) })}
          />
        ))}
      </ol>
      {asked.hasNextPage && (
        <p className="acts">
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t('care:list.more')}
          </Button>
        </p>
      )}
      {keeping && (
        <KeepDialog
          relationshipIds={ids}
          onClose={() => {
            setKeeping(false)
            setChosen(new Set())
          }}
        />
      )}
    </>
  )
}

type RowProps = { row: contract.CheckInRow; chosen?: boolean; onTurn?: () => void }

function Row({ row, chosen, onTurn }: RowProps) {
  const [now, place, me] = [useNow(), usePlace(), useMe()]
  const { party, keeper, checkIn, lastContactAt, rhythmDays } = row
  const due = checkIn ? Date.parse(checkIn.dueAt) : null
  const days = lastContactAt ? (now - Date.parse(lastContactAt)) / 86_400_000 : null
  const name = (
    <span className="strong" dir="auto">
      {party.name}
    </span>
  )
  return (
    <li data-late={(due !== null && due <= now) || undefined}>
      {onTurn ? (
        <input
          type="checkbox"
          checked={chosen ?? false}
          onChange={onTurn}
          aria-label={t('care:list.choose', { name: party.name })}
        />
      ) : (
        <span className="when" title={due === null ? undefined : fullMoment(due, place)}>
          {due !== null && (
            <>
              <time dateTime={checkIn?.dueAt}>{shortMoment(due, now, place)}</time>
              <span className="small">{due <= now ? late(due, now) : relative(due, now)}</span>
            </>
          )}
        </span>
      )}
      <Portrait
        name={party.name}
        {...(days !== null && rhythmDays !== null ? { ripple: rippleOf(days, rhythmDays) } : {})}
      />
      <div>
        <p>
          {checkIn && !onTurn ? (
            <Link to="/check-ins/$checkInId" params={{ checkInId: checkIn.id }}>
              {name}
            </Link>
          ) : (
            <Link to={pageOf(party)}>{name}</Link>
          )}
        </p>
        <p className="small muted">
          {contactWords(row, now, place)}
          {keeper && keeper.id !== me.id && <> · {t('care:list.keptBy', { name: keeper.name })}</>}
        </p>
      </div>
    </li>
  )
}
