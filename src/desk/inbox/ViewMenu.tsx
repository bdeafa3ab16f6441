/** The name of a list, and under it the other lists; of a saved view also what can be done to it. */
import { IconArrowDown, IconArrowUp, IconChevronDown, IconPencil, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { View } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { Menu, type MenuItem } from '../pieces/Menu.tsx'
import type { Shown } from './filter.ts'
import { deleteView, moveView, type SavedView, useSavedViews } from './savedViews.ts'

const ViewDialog = lazy(() => import('./ViewDialog.tsx').then(module => ({ default: module.ViewDialog })))
const views: View[] = ['mine', 'open', 'unowned', 'pending', 'solved', 'closed', 'all', 'aside', 'spam', 'trash']
const look = { size: 17, stroke: 1.6, 'aria-hidden': true } as const

type Props = {
  shown: Shown
  saved: SavedView | undefined
  teams: readonly { id: string; name: string }[]
  named: string
}

export function ViewMenu({ shown, saved, teams, named }: Props) {
  const navigate = useNavigate()
  const all = useSavedViews()
  const [renaming, setRenaming] = useState(false)
  const go = (view: View, team?: string) =>
    void navigate({ to: '/inbox/$view', params: { view }, search: team ? { team } : {} })
  const ofSaved: MenuItem[] = saved?.mayChange
    ? [
        { label: t('views:rename'), icon: <IconPencil {...look} />, run: () => setRenaming(true) },
        { label: t('views:up'), icon: <IconArrowUp {...look} />, run: () => void moveView(saved, -1) },
        { label: t('views:down'), icon: <IconArrowDown {...look} />, run: () => void moveView(saved, 1) },
        { label: t('views:delete'), icon: <IconTrash {...look} />, run: () => void deleteView(saved) },
        { section: t('inbox:otherList') },
      ]
    : []
  return (
    <h1 className="title">
      <Menu
        label={t('inbox:otherList')}
        target={
          <button type="button" className="viewname">
            <bdi className="cut">{named}</bdi>
            <IconChevronDown size={18} stroke={1.6} aria-hidden="true" />
          </button>
        }
        items={[
          ...ofSaved,
          ...views.map(view => ({
            label: t(`inbox:view.${view}`),
            current: !saved && shown.view === view && !shown.team,
            run: () => go(view),
          })),
          ...(teams.length > 0 ? [{ section: t('inbox:teams') }] : []),
          ...teams.map(({ id, name }) => ({
            label: <bdi>{name}</bdi>,
            current: shown.team === id && shown.view === 'open',
            run: () => go('open', id),
          })),
          ...(all.length > 0 ? [{ section: t('views:saved') }] : []),
          ...all.map(({ id, name, team }) => ({
            label: <bdi>{name}</bdi>,
            hint: team ? <span className="small muted">{team.name}</span> : undefined,
            current: saved?.id === id,
            run: () => void navigate({ to: '/views/$viewId', params: { viewId: id }, search: {} }),
          })),
        ]}
      />
      {renaming && saved && (
        <Suspense>
          <ViewDialog change={saved} shown={shown} onClose={() => setRenaming(false)} />
        </Suspense>
      )}
    </h1>
  )
}
