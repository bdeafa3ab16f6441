/** Period and team of what Insight shows; both stand in the address. */
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { InsightDays, type InsightView } from '../../contract/insight.ts'
import { Choice } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { chosenOnly, Period } from '../pieces/Period.tsx'
import type { InsightSearch } from './insightSearch.ts'

const route = getRouteApi('/desk/insight/$page')

export function Narrow({ view }: { view: InsightView | undefined }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const own = search.from !== undefined || search.to !== undefined
  const [choosing, setChoosing] = useState(own)
  const set = (change: Partial<Record<keyof InsightSearch, string | undefined>>) =>
    void navigate({ search: before => chosenOnly({ ...before, ...change }) as InsightSearch, replace: true })
  return (
    <search className="narrow-by">
      <Choice
        label={t('insight:period')}
        value={own || choosing ? 'own' : (search.days ?? '30')}
        onChange={event => {
          const value = event.currentTarget.value
          setChoosing(value === 'own')
          if (value === 'own') set({ from: view?.from, to: view?.to, days: undefined })
          else set({ days: value === '30' ? undefined : value, from: undefined, to: undefined })
        }}
      >
        {[...InsightDays, 'own'].map(days => (
          <option key={days} value={days}>
            {t(`insight:days.${days}`)}
          </option>
        ))}
      </Choice>
      {(own || choosing) && (
        <Period
          from={search.from}
          to={search.to}
          words={{ from: t('insight:from'), to: t('insight:to') }}
          onChange={set}
        />
      )}
      {view && view.teams.length > 1 && (
        <Choice
          label={t('insight:team')}
          value={search.team ?? ''}
          onChange={event => set({ team: event.currentTarget.value })}
        >
          <option value="">{t('insight:allTeams')}</option>
          {view.teams.map(team => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </Choice>
      )}
    </search>
  )
}
