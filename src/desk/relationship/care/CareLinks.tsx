/** Where one keeps in touch: check-ins, and the ledger of goodwill, for those who serve. */
import { IconCoffee, IconGift } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { t } from '../../../words/catalogue.ts'
import { useMe } from '../../session/me.ts'
import { servesSomewhere } from '../../shell/serves.ts'

export function CareLinks() {
  if (!servesSomewhere(useMe())) return null
  const current = { activeProps: { 'aria-current': 'page' as const }, activeOptions: { includeSearch: false } }
  return (
    <>
      <Link to="/check-ins" search={{}} {...current}>
        <IconCoffee className="i" aria-hidden="true" />
        {t('desk:nav.checkIns')}
      </Link>
      <Link to="/goodwill" search={{}} {...current}>
        <IconGift className="i" aria-hidden="true" />
        {t('desk:nav.goodwill')}
      </Link>
    </>
  )
}
