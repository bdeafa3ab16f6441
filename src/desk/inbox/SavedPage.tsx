/** A saved view: the list of its filter, with what the address says beyond it. One that is gone or not ours to see says so. */

import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Bones, ErrorState, ForbiddenState } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { shownOf, shownOfSaved } from './filter.ts'
import { Inbox } from './InboxPage.tsx'
import { viewsQuery } from './savedViews.ts'

export function SavedPage() {
  const { viewId } = useParams({ from: '/desk/views/$viewId' })
  const { at, ...search } = useSearch({ from: '/desk/views/$viewId' })
  const asked = useQuery(viewsQuery)
  const saved = asked.data?.views.find(({ id }) => id === viewId)
  const said = JSON.stringify(search)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `said` is the search
  const shown = useMemo(() => saved && shownOfSaved(saved, shownOf(search)), [saved, said])
  if (saved && shown) return <Inbox shown={shown} at={at} saved={saved} />
  return (
    <main id="page" tabIndex={-1} className="page">
      {asked.isPending ? (
        <Bones shape="list" />
      ) : asked.error ? (
        <ErrorState whole asked={asked} />
      ) : (
        <ForbiddenState
          whole
          title={t('views:gone')}
          acts={
            <Link to="/inbox/$view" params={{ view: 'mine' }} search={{}} className="link">
              {t('conversation:backTo', { list: t('inbox:view.mine') })}
            </Link>
          }
        />
      )}
    </main>
  )
}
