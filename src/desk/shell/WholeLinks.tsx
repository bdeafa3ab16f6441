/** Where one sees how it goes with everybody: people and the pond for those who serve, Knowledge, Community, and Insight. Shows only what one may open. */
import { IconAddressBook, IconBook2, IconChartBar, IconMessages, IconRipple } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { t } from '../../words/catalogue.ts'
import { useMe } from '../session/me.ts'
import { servesSomewhere } from './serves.ts'

export function WholeLinks() {
  const me = useMe()
  const serves = servesSomewhere(me)
  const current = { activeProps: { 'aria-current': 'page' as const }, activeOptions: { includeSearch: false } }
  return (
    <>
      {serves && (
        <Link to="/people" search={{}} {...current}>
          <IconAddressBook className="i" aria-hidden="true" />
          {t('desk:nav.people')}
        </Link>
      )}
      {serves && (
        <Link to="/pond" search={{}} {...current}>
          <IconRipple className="i" aria-hidden="true" />
          {t('desk:nav.pond')}
        </Link>
      )}
      {(me.administrator || me.teams.some(({ role }) => role !== 'partner')) && (
        <Link to="/knowledge" search={{}} {...current}>
          <IconBook2 className="i" aria-hidden="true" />
          {t('desk:nav.knowledge')}
        </Link>
      )}
      {(me.administrator || me.teams.some(({ role }) => role !== 'partner')) && (
        <Link to="/community" search={{}} {...current}>
          <IconMessages className="i" aria-hidden="true" />
          {t('desk:nav.community')}
        </Link>
      )}
      {(serves || me.administrator) && (
        <Link to="/insight/$page" params={{ page: 'promises' }} search={{}} {...current}>
          <IconChartBar className="i" aria-hidden="true" />
          {t('desk:nav.insight')}
        </Link>
      )}
    </>
  )
}
