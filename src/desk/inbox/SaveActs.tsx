/** At the end of the filter: keep it as a view, or keep what was changed in one. */
import { lazy, Suspense, useState } from 'react'
import { parseFilter, printFilter } from '../../contract/filter-text.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { useActions } from '../shell/actions.ts'
import { notice } from '../shell/notices.ts'
import { columnsOf, type Shown, sortOf } from './filter.ts'
import { changeView, type SavedView } from './savedViews.ts'

const ViewDialog = lazy(() => import('./ViewDialog.tsx').then(module => ({ default: module.ViewDialog })))

export function isChanged(shown: Shown, saved: SavedView): boolean {
  const same = (one: string, other: string) => printFilter(parseFilter(one)) === printFilter(parseFilter(other))
  const columns = columnsOf(shown.columns).join()
  return (
    !same(shown.q ?? '', saved.q) ||
    sortOf(shown) !== sortOf({ view: 'all', q: saved.q, sort: saved.sort }) ||
    columns !== columnsOf(saved.columns.join()).join()
  )
}

export function SaveActs({ shown, saved }: { shown: Shown; saved: SavedView | undefined }) {
  const [naming, setNaming] = useState(false)
  const changed = saved ? isChanged(shown, saved) : true
  useActions([
    { id: 'inbox.saveView', label: t('views:save'), keys: 'Shift+S', group: 'lists', run: () => setNaming(true) },
  ])
  const keep = async () => {
    if (!saved) return
    const said = { q: shown.q ?? '', sort: sortOf(shown), columns: columnsOf(shown.columns) }
    if (await changeView({ viewId: saved.id, ...said })) notice({ title: t('views:kept', { name: saved.name }) })
  }
  return (
    <>
      {changed && (
        <>
          {saved?.mayChange && (
            <Button kind="quiet" onClick={() => void keep()}>
              {t('views:keep')}
            </Button>
          )}
          <Button kind="quiet" onClick={() => setNaming(true)}>
            {t(saved ? 'views:saveNew' : 'views:save')}
          </Button>
        </>
      )}
      {naming && (
        <Suspense>
          <ViewDialog change={null} shown={shown} onClose={() => setNaming(false)} />
        </Suspense>
      )}
    </>
  )
}
