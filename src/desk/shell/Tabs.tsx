/** The six tabs of a phone, in the rail's place. */
import { IconBell, IconDots, IconInbox, IconPencil, IconSearch, IconSun } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { t } from '../../words/catalogue.ts'
import { useUnread } from '../notifications/useUnread.ts'

const current = { activeProps: { 'aria-current': 'page' as const } }

export function Tabs() {
  const unread = useUnread()
  const elsewhere = useLocation({ select: ({ pathname }) => pathname.startsWith('/settings') })
  return (
    <nav className="tabbar" aria-label={t('desk:nav.label')}>
      <Link to="/" {...current} activeOptions={{ exact: true }}>
        <IconSun className="i" aria-hidden="true" />
        {t('desk:nav.today')}
      </Link>
      <Link
        to="/inbox/$view"
        params={{ view: 'mine' }}
        search={{}}
        {...current}
        activeOptions={{ includeSearch: false }}
      >
        <IconInbox className="i" aria-hidden="true" />
        {t('desk:nav.inbox')}
      </Link>
      <Link to="/notifications" search={{}} {...current} activeOptions={{ includeSearch: false }}>
        <IconBell className="i" aria-hidden="true" />
        {t('notifications:tab')}
        {unread && <span className="n">{unread}</span>}
      </Link>
      <Link to="/write" {...current}>
        <IconPencil className="i" aria-hidden="true" />
        {t('desk:nav.writeShort')}
      </Link>
      <Link to="/search" search={{}} {...current} activeOptions={{ includeSearch: false }}>
        <IconSearch className="i" aria-hidden="true" />
        {t('desk:nav.search')}
      </Link>
      <Link to="/more" {...current} {...(elsewhere ? { 'aria-current': 'page' as const } : {})}>
        <IconDots className="i" aria-hidden="true" />
        {t('desk:nav.more')}
      </Link>
    </nav>
  )
}
