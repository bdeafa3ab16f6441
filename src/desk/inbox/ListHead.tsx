/** The head of a list: which one it is, how many there are, what it is filtered by, and in what order. */

import { IconFilter, IconPlayerTrackNext } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { counts, type NotUnderstood } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { FilterBar, type Picking } from './FilterBar.tsx'
import { placeOf, type Shown } from './filter.ts'
import { SaveActs } from './SaveActs.tsx'
import { SortMenu } from './SortMenu.tsx'
import { type SavedView, savedViewNow, useViewCounts } from './savedViews.ts'
import { takeNextOne } from './takeNextOne.ts'
import { ViewMenu } from './ViewMenu.tsx'

type Props = {
  shown: Shown
  saved?: SavedView | undefined
  teams: readonly { id: string; name: string }[]
  named: string
  loaded: number
  more: boolean
  notUnderstood: readonly z.infer<typeof NotUnderstood>[]
}

export function ListHead({ shown, saved, teams, named, loaded, more, notUnderstood }: Props) {
  const navigate = useNavigate()
  const [picking, setPicking] = useState<Picking>(null)
  const go = (change: Partial<Shown>) => {
    const next = { ...shown, ...change }
    // A saved view says its own filter even when none is left: then the list of everything is meant.
    const to = saved && !next.q ? { ...next, saved: undefined } : next
    const { saved: id, q, ...rest } = to
    void navigate({ ...placeOf({ ...rest, ...(q ? { q } : {}), ...(id ? { saved: id } : {}) }), replace: true })
  }
  const mayTake = shown.view === 'unowned' || (!shown.q && !shown.saved && ['mine', 'open'].includes(shown.view))
  return (
    <>
      <header>
        <ViewMenu shown={shown} saved={saved} teams={teams} named={named} />
        <HowMany shown={shown} saved={saved} loaded={loaded} more={more} />
        <span className="r">
          {mayTake && (
            <button
              type="button"
              className="icon"
              aria-label={t('views:take.next')}
              title={t('views:withKey', { words: t('views:take.next'), keys: 't' })}
              onClick={() => void takeNextOne()}
            >
              <IconPlayerTrackNext size={19} stroke={1.6} className="flips" aria-hidden="true" />
            </button>
          )}
          <button
            type="button"
            className="icon"
            aria-label={t('views:add')}
            title={t('views:withKey', { words: t('views:add'), keys: 'f' })}
            onClick={() => setPicking({ term: null })}
          >
            <IconFilter size={19} stroke={1.6} aria-hidden="true" />
          </button>
          <SortMenu shown={shown} onChange={go} />
        </span>
      </header>
      <FilterBar q={shown.q ?? ''} {...{ notUnderstood, picking }} onPick={setPicking} onChange={q => go({ q })}>
        <SaveActs shown={shown} saved={saved} />
      </FilterBar>
    </>
  )
}

export function viewName(shown: Shown, teams: readonly { id: string; name: string }[]): string {
  const saved = savedViewNow(shown.saved)
  if (saved) return saved.name
  const team = teams.find(({ id }) => id === shown.team)?.name
  if (!team) return t(`inbox:view.${shown.view}`)
  return shown.view === 'open' ? team : t('inbox:inTeam', { view: t(`inbox:view.${shown.view}`), team })
}

type HowManyProps = { shown: Shown; saved: SavedView | undefined; loaded: number; more: boolean }

function HowMany({ shown, saved, loaded, more }: HowManyProps) {
  const { data } = useQuery(query(counts, {}))
  const countOf = useViewCounts(saved !== undefined)
  const { view, team, q } = shown
  const counted = saved
    ? q === saved.q
      ? countOf(saved.id)
      : undefined
    : q
      ? undefined
      : team && view === 'open'
        ? data?.teams.find(({ teamId }) => teamId === team)?.open
        : !team && (view === 'mine' || view === 'unowned' || view === 'open' || view === 'pending')
          ? data?.[view]
          : undefined
  const known = counted ?? (more ? undefined : { count: loaded, more: false })
  if (!known) return null
  return <span className="muted num">{t(known.more ? 'desk:count.more' : 'inbox:count', { count: known.count })}</span>
}
