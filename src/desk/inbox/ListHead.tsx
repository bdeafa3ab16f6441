/** The head of a list: which one it is, how many there are, in what order. */
import { IconArrowsSort, IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { counts, type View } from '../../contract/conversations.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { Menu } from '../pieces/Menu.tsx'
import { canSortByDue, type Shown } from './filter.ts'

const views: View[] = ['mine', 'open', 'unowned', 'pending', 'solved', 'closed', 'all', 'aside', 'spam', 'trash']
type Team = { id: string; name: string }
type Props = { shown: Shown; teams: readonly Team[]; named: string; loaded: number; more: boolean }

export function ListHead({ shown, teams, named, loaded, more }: Props) {
  return (
    <header>
      <ViewMenu shown={shown} teams={teams} named={named} />
      <HowMany shown={shown} loaded={loaded} more={more} />
      {canSortByDue(shown.view) && <SortMenu shown={shown} />}
    </header>
  )
}

export function viewName(shown: Shown, teams: readonly { id: string; name: string }[]): string {
  const team = teams.find(({ id }) => id === shown.team)?.name
  if (!team) return t(`inbox:view.${shown.view}`)
  return shown.view === 'open' ? team : t('inbox:inTeam', { view: t(`inbox:view.${shown.view}`), team })
}

function ViewMenu(props: { shown: Shown; teams: readonly { id: string; name: string }[]; named: string }) {
  const { shown, teams, named } = props
  const navigate = useNavigate()
  const go = (view: View, team?: string) =>
    void navigate({ to: '/inbox/$view', params: { view }, search: team ? { team } : {} })
  return (
    <h1 className="title">
      <Menu
        label={t('inbox:otherList')}
        target={
          <button type="button" className="viewname">
            <span className="cut">{named}</span>
            <IconChevronDown size={18} stroke={1.6} aria-hidden="true" />
          </button>
        }
        items={[
          ...views.map(view => ({
            label: t(`inbox:view.${view}`),
            current: shown.view === view && !shown.team,
            run: () => go(view),
          })),
          ...(teams.length > 0 ? [{ section: t('inbox:teams') }] : []),
          ...teams.map(({ id, name }) => ({
            label: name,
            current: shown.team === id && shown.view === 'open',
            run: () => go('open', id),
          })),
        ]}
      />
    </h1>
  )
}

function SortMenu({ shown }: { shown: Shown }) {
  const navigate = useNavigate()
  const sort = shown.sort ?? 'due'
  const { view, sort: _, ...rest } = shown
  const other = sort === 'due' ? 'latest' : 'due'
  return (
    <Button
      kind="quiet"
      className="r"
      icon={<IconArrowsSort size={18} stroke={1.6} aria-hidden="true" />}
      title={t('inbox:sortBy', { sort: t(`inbox:sort.${other}`) })}
      onClick={() =>
        void navigate({
          to: '/inbox/$view',
          params: { view },
          search: other === 'due' ? rest : { ...rest, sort: other },
          replace: true,
        })
      }
    >
      {t(`inbox:sort.${sort}`)}
    </Button>
  )
}

function HowMany({ shown, loaded, more }: { shown: Shown; loaded: number; more: boolean }) {
  const { data } = useQuery(query(counts, {}))
  const { view, team } = shown
  const counted =
    team && view === 'open'
      ? data?.teams.find(({ teamId }) => teamId === team)?.open
      : !team && (view === 'mine' || view === 'unowned' || view === 'open' || view === 'pending')
        ? data?.[view]
        : undefined
  const known = counted ?? (more ? undefined : { count: loaded, more: false })
  if (!known) return null
  return <span className="muted num">{t(known.more ? 'desk:count.more' : 'inbox:count', { count: known.count })}</span>
}
