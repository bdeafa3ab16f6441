/** The ledger: every promise one may see, in both directions, by whom, how it stands and by when. Ranks nobody. */
import '../today/today.css'
import './promises.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { LedgerRow as Row } from '../../contract/ledger.ts'
import { Bones, Button, EmptyState, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import { useMe } from '../session/me.ts'
import { goTo } from '../shell/going.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { useActing } from '../today/acting.tsx'
import { type Act, actsOn, keep } from './acts.ts'
import { LedgerFilter } from './LedgerFilter.tsx'
import { LedgerRow } from './LedgerRow.tsx'
import type { LedgerSearch } from './ledgerSearch.ts'
import { PromiseDialog } from './PromiseMenu.tsx'
import { askedBy, ledgerQuery } from './queries.ts'

export function PromisesPage() {
  const me = useMe()
  const search = useSearch({ from: '/desk/promises' })
  const navigate = useNavigate()
  const asked = useInfiniteQuery(ledgerQuery(askedBy(search, me.id)))
  const rows = asked.data?.pages.flatMap(page => page.rows) ?? []
  const [doing, setDoing] = useState<{ act: Act; row: Row } | null>(null)
  usePageTitle(t('promises:title'))
  const change = (part: Partial<LedgerSearch>) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined && value !== false),
    )
    void navigate({ to: '/promises', search: next as LedgerSearch, replace: true })
  }
  const { chosen, choose } = useActing(
    rows.map(row => actingOf(row, act => setDoing({ act, row }))),
    rows[0]?.promise.id,
  )
  return (
    <main className="page promises" id="page">
      <header>
        <h1 className="title">{t('promises:title')}</h1>
        <p className="muted lead">{t('promises:lead')}</p>
        <LedgerFilter search={search} onChange={change} />
      </header>
      {asked.isPending && <Bones shape="list" />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.data && rows.length === 0 && (
        <EmptyState title={t('promises:empty.title')}>{t('promises:empty.lead')}</EmptyState>
      )}
      {rows.length > 0 && (
        <ul className="ledger" aria-label={t('promises:title')}>
          {rows.map(row => (
            <LedgerRow
              key={row.promise.id}
              row={row}
              chosen={row.promise.id === chosen}
              choose={() => choose(row.promise.id)}
            />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <p className="further">
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t('promises:more')}
          </Button>
        </p>
      )}
      {doing && <PromiseDialog doing={doing.act} due={doing.row} onClose={() => setDoing(null)} />}
    </main>
  )
}

/** The same keys as on Today. */
function actingOf(row: Row, act: (act: Act) => void) {
  const { promise, conversation } = row
  const may = actsOn(promise)
  const go = (write?: 'reply') => {
    if (conversation)
      void goTo({
        to: '/conversations/$conversationId',
        params: { conversationId: conversation.id },
        search: write ? { write } : {},
      })
  }
  return {
    key: promise.id,
    open: () => go(),
    reply: () => go('reply'),
    ...(may.includes('keep') ? { done: () => void keep(promise) } : {}),
    ...(may.includes('move') ? { move: () => act('move') } : {}),
  }
}
