/** Saved views in the rail, with their counts, and as actions of the palette. */
import { IconFilter } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { t } from '../../words/desk.ts'
import { useSavedViews, useViewCounts } from '../inbox/savedViews.ts'
import { useActions } from './actions.ts'
import { countWords } from './counts.ts'

/** So many stand in the rail; the others are in the menu of a list's name. */
const shown = 12

export function RailViews({ most = shown }: { most?: number }) {
  const views = useSavedViews()
  const navigate = useNavigate()
  const countOf = useViewCounts(views.length > 0)
  useActions(
    views.map(({ id, name }) => ({
      id: `go-view-${id}`,
      label: t('views:go', { name: `\u2068${name}\u2069` }),
      group: 'go' as const,
      icon: IconFilter,
      run: () => void navigate({ to: '/views/$viewId', params: { viewId: id }, search: {} }),
    })),
  )
  return views.slice(0, most).map(({ id, name, team }) => (
    <Link
      key={id}
      to="/views/$viewId"
      params={{ viewId: id }}
      search={{}}
      activeProps={{ 'aria-current': 'page' }}
      activeOptions={{ includeSearch: false }}
      title={team ? team.name : undefined}
    >
      <bdi className="cut">{name}</bdi>
      <span className="n">{countWords(countOf(id))}</span>
    </Link>
  ))
}
