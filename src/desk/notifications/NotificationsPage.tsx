/** What somebody is told of: new today, new from before, then what was read. By keyboard, filtered by kind, live. */
import './notifications.css'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { NotificationKinds, type NotificationView } from '../../contract/notifications.ts'
import { Bones, Button, Choice, EmptyState, ErrorState, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { useActions } from '../shell/actions.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { grouped, wayTo } from './lines.ts'
import { NotificationRow } from './NotificationRow.tsx'
import { type Kind, listOf, markAllRead, markRead, markUnread, unreadQuery } from './queries.ts'

export function NotificationsPage() {
  const { kind } = useSearch({ from: '/desk/notifications' })
  const navigate = useNavigate()
  const unread = useInfiniteQuery(listOf('unread', kind))
  const read = useInfiniteQuery(listOf('read', kind))
  const count = useQuery(unreadQuery)
  usePageTitle(t('notifications:title'))
  const many = count.data
  return (
    <main className="page news" id="page">
      <header>
        <div>
          <h1 className="title">{t('notifications:title')}</h1>
          <p className="muted" role="status">
            {many &&
              (many.count > 0 || many.more) &&
              t(many.more ? 'notifications:unreadMore' : 'notifications:unread', { count: many.count })}
          </p>
        </div>
        <div className="acts">
          <Choice
            label={t('notifications:show')}
            hideLabel
            value={kind ?? ''}
            onChange={event => {
              const chosen = event.currentTarget.value as Kind | ''
              void navigate({ to: '/notifications', search: chosen ? { kind: chosen } : {} })
            }}
          >
            <option value="">{t('notifications:all')}</option>
            {NotificationKinds.map(one => (
              <option key={one} value={one}>
                {t(`notifications:kind.${one}`)}
              </option>
            ))}
          </Choice>
          <Button disabled={!many?.count} onClick={() => void markAllRead()}>
            {t('notifications:markAll')}
          </Button>
          <Link to="/settings/notifications" className="link small">
            {t('notifications:settings')}
          </Link>
        </div>
      </header>
      {unread.isPending && <Bones shape="list" />}
      {unread.isError && !unread.data && <ErrorState asked={unread} />}
      {unread.data && (
        <List
          unread={unread.data.pages.flatMap(page => page.notifications)}
          read={unread.hasNextPage ? [] : (read.data?.pages.flatMap(page => page.notifications) ?? [])}
          ofKind={kind !== undefined}
        />
      )}
      {(unread.hasNextPage || read.hasNextPage) && (
        <p className="more">
          <button
            type="button"
            className="link"
            disabled={unread.isFetchingNextPage || read.isFetchingNextPage}
            onClick={() => void (unread.hasNextPage ? unread : read).fetchNextPage()}
          >
            {t('notifications:more')}
          </button>
        </p>
      )}
    </main>
  )
}

type Shown = { unread: NotificationView[]; read: NotificationView[]; ofKind: boolean }

function List({ unread, read, ofKind }: Shown) {
  const now = useNow()
  const { zone } = usePlace()
  const navigate = useNavigate()
  const list = useRef<HTMLDivElement>(null)
  const [chosenId, choose] = useState<string | null>(null)
  const groups = useMemo(() => grouped(unread, read, now, zone), [unread, read, now, zone])
  const rows = groups.flatMap(({ of }) => of)
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === chosenId),
  )
  const chosen = rows[at]
  const step = (by: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + (chosenId === null ? Math.min(0, by) : by)))]
    if (next) choose(next.id)
  }
  const toggle = (it: NotificationView) => void (it.readAt ? markUnread({ ids: [it.id] }) : markRead({ ids: [it.id] }))
  const opened = (it: NotificationView) => {
    if (!it.readAt) void markRead({ ids: [it.id] })
  }
  const open = (it: NotificationView) => {
    opened(it)
    const way = wayTo(it)
    if (way) void navigate(way)
  }
  useActions([
    {
      id: 'news-down',
      label: t('notifications:key.down'),
      keys: 'j',
      group: 'lists',
      hidden: true,
      run: () => step(1),
    },
    { id: 'news-up', label: t('notifications:key.up'), keys: 'k', group: 'lists', hidden: true, run: () => step(-1) },
    {
      id: 'news-open',
      label: t('notifications:key.open'),
      keys: 'Enter',
      group: 'lists',
      hidden: true,
      run: () => chosen && open(chosen),
    },
    {
      id: 'news-read',
      label: t('notifications:key.read'),
      keys: 'e',
      group: 'here',
      run: () => chosen && toggle(chosen),
    },
    {
      id: 'news-all',
      label: t('notifications:key.all'),
      keys: 'Shift+E',
      group: 'here',
      run: () => void markAllRead(),
    },
  ])
  useEffect(() => {
    if (chosenId) list.current?.querySelector('[data-focus]')?.scrollIntoView({ block: 'nearest' })
  }, [chosenId])
  return (
    <div ref={list}>
      {unread.length === 0 && (
        <EmptyState title={t(ofKind ? 'notifications:empty.ofKind' : 'notifications:empty.title')}>
          {!ofKind && t('notifications:empty.lead')}
        </EmptyState>
      )}
      {groups.map(group => (
        <section key={group.is} aria-labelledby={`news-${group.is}`}>
          <h2 className="section" id={`news-${group.is}`}>
            {t(`notifications:section.${group.is}`)}
          </h2>
          <ul>
            {group.of.map(it => (
              <NotificationRow
                key={it.id}
                it={it}
                chosen={it === chosen}
                choose={() => choose(it.id)}
                onOpen={() => opened(it)}
                onToggle={() => toggle(it)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
