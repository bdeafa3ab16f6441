/** The pond: all relationships as a picture or a table, narrowed and sorted by what stands in the address. On a phone it opens as its table. */
import './pond.css'
import './table.css'
import '../../words/pond.ts'
import { useMediaQuery } from '@mantine/hooks'
import { IconRipple, IconTable } from '@tabler/icons-react'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Bones, Button, Choice, EmptyState, ErrorState, Field, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Drawer } from '../pieces/Drawer.tsx'
import { KeepThese } from '../relationship/care/KeepThese.tsx'
import { useMe } from '../session/me.ts'
import { useActions } from '../shell/actions.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Picture } from './Picture.tsx'
import { PondSide } from './PondSide.tsx'
import { PondTable } from './PondTable.tsx'
import { usePond } from './pondQuery.ts'
import type { PondSearch } from './pondSearch.ts'
import { narrowed, type Relation, type Show, type Sort, shows, sorted } from './relations.ts'
import { pageOf } from './where.ts'

const route = getRouteApi('/desk/pond')

export function PondPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const router = useRouter()
  const [me, now, place] = [useMe(), useNow(), usePlace()]
  const phone = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
  const narrow = useMediaQuery('(max-width: 1200px)', false, { getInitialValueInEffect: false })
  const { asked, relations, total } = usePond()
  usePageTitle(t('pond:title'))
  const as = search.as ?? (phone ? 'table' : 'picture')
  const { show = 'all', q = '', sort = 'owed', down = false } = search
  // Whether somebody is past their rhythm changes with the hour, not with every tick.
  const hour = Math.floor(now / 3_600_000) * 3_600_000
  const shown = useMemo(() => narrowed(relations, { show, q, me: me.id, now: hour }), [relations, show, q, me.id, hour])
  const rows = useMemo(
    () => (as === 'table' ? sorted(shown, sort, down, place.language) : shown),
    [as, shown, sort, down, place.language],
  )
  const chosen = relations.find(each => each.id === search.at)
  const set = (change: Partial<Record<keyof PondSearch, unknown>>) =>
    void navigate({
      search: before =>
        Object.fromEntries(
          Object.entries({ ...before, ...change }).filter(
            ([, value]) => value !== undefined && value !== '' && value !== false,
          ),
        ) as PondSearch,
      replace: true,
    })
  const choose = (relation: Relation | null) => set({ at: relation?.id })
  const open = (relation: Relation) => router.history.push(pageOf(relation))
  useActions([
    {
      id: 'pond-as',
      label: t(as === 'picture' ? 'pond:asTable' : 'pond:asPicture'),
      keys: 'v',
      group: 'here',
      icon: as === 'picture' ? IconTable : IconRipple,
      run: () => set({ as: as === 'picture' ? 'table' : 'picture' }),
    },
    ...shows.map(one => ({
      id: `pond-${one}`,
      label: t('pond:showOnly', { show: t(`pond:show.${one}`) }),
      group: 'here' as const,
      icon: IconRipple,
      run: () => set({ show: one === 'all' ? undefined : one }),
    })),
  ])
  const narrows = show !== 'all' || q !== ''
  return (
    <main className="main pond" id="page" data-as={as}>
      <div className="water">
        <header>
          <div>
            <h1 className="title">{t('pond:title')}</h1>
            <p className="muted" role="status">
              {asked.data &&
                countWords(shown.length, relations.length, total, as === 'table' && sort === 'owed' && !down)}
            </p>
          </div>
          <div className="tools">
            {as === 'table' && narrows && <KeepThese parties={shown} />}
            <Field
              label={t('pond:find')}
              hideLabel
              type="search"
              placeholder={t('pond:find')}
              value={q}
              onChange={event => set({ q: event.currentTarget.value.slice(0, 100), at: undefined })}
            />
            <Choice
              label={t('pond:show.label')}
              hideLabel
              value={show}
              onChange={event =>
                set({ show: event.currentTarget.value === 'all' ? undefined : event.currentTarget.value })
              }
            >
              {shows.map((one: Show) => (
                <option key={one} value={one}>
                  {t(`pond:show.${one}`)}
                </option>
              ))}
            </Choice>
            <div className="tog" role="radiogroup" aria-label={t('pond:as')}>
              {(['picture', 'table'] as const).map(one => (
                <label key={one} data-checked={as === one || undefined}>
                  <input
                    type="radio"
                    name="pond-as"
                    className="sr"
                    checked={as === one}
                    onChange={() => set({ as: one })}
                  />
                  {one === 'picture' ? (
                    <IconRipple className="i" aria-hidden="true" />
                  ) : (
                    <IconTable className="i" aria-hidden="true" />
                  )}
                  {t(`pond:${one}`)}
                </label>
              ))}
            </div>
          </div>
        </header>
        {asked.isPending && (
          <div className="pad">
            <Bones shape="list" rows={8} />
          </div>
        )}
        {asked.isError && !asked.data && (
          <div className="pad">
            <ErrorState asked={asked} />
          </div>
        )}
        {asked.data && shown.length === 0 && (
          <div className="pad">
            <EmptyState
              title={t(narrows ? 'pond:noneFit' : 'pond:empty')}
              acts={
                narrows && <Button onClick={() => set({ show: undefined, q: undefined })}>{t('pond:clear')}</Button>
              }
            >
              {!narrows && t('pond:emptyLead')}
            </EmptyState>
          </div>
        )}
        {shown.length > 0 && as === 'picture' && (
          <Picture relations={shown} chosenId={search.at} onChoose={choose} onOpen={open} />
        )}
        {shown.length > 0 && as === 'table' && (
          <PondTable
            relations={rows}
            sort={sort}
            down={down}
            onSort={(next: Sort, turned) =>
              set({ sort: next === 'owed' ? undefined : next, down: turned || undefined })
            }
          />
        )}
      </div>
      {as === 'picture' && !narrow && <PondSide relations={relations} chosen={chosen} onChoose={choose} />}
      {as === 'picture' && narrow && chosen && (
        <Drawer label={t('pond:about', { name: chosen.name })} onClose={() => choose(null)}>
          <div className="pond">
            <PondSide relations={relations} chosen={chosen} onChoose={choose} />
          </div>
        </Drawer>
      )}
    </main>
  )
}

function countWords(shown: number, all: number, total: number, pressingFirst: boolean): string {
  if (shown < all) return t('pond:countOf', { shown, total: all })
  if (all < total) return t('pond:more', { shown: all, total })
  return t(pressingFirst ? 'pond:orderedPlain' : 'pond:count', { count: all })
}
