/** An empty Today teaches: what will stand here, and one kind thing to do. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState, Keys } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { mailboxesQuery } from '../mailboxes/queries.ts'
import { useMe } from '../session/me.ts'
import { countsQuery } from '../shell/Rail.tsx'

export function EmptyToday() {
  const me = useMe()
  const boxes = useQuery({ ...mailboxesQuery, enabled: me.administrator })
  const counts = useQuery(countsQuery)
  const unowned = counts.data?.unowned.count ?? 0
  if (me.administrator && boxes.data?.mailboxes.length === 0)
    return (
      <div className="ledger">
        <EmptyState
          title={t('today:empty.noMail')}
          acts={
            <>
              <Link to="/settings/mailboxes/connect" search={{}} className="btn" data-primary>
                {t('today:empty.connect')}
              </Link>
              <Link to="/start" className="link">
                {t('today:empty.start')}
              </Link>
            </>
          }
        >
          {t('today:empty.noMailLead')}
        </EmptyState>
      </div>
    )
  return (
    <div className="ledger">
      <EmptyState
        title={t(unowned ? 'today:empty.someWait' : 'today:empty.title', { count: unowned })}
        acts={
          <>
            {unowned > 0 && (
              <Link to="/inbox/$view" params={{ view: 'unowned' }} search={{}} className="btn" data-primary>
                {t('today:empty.takeOne')}
              </Link>
            )}
            <Link to="/write" search={{}} className="btn">
              {t('desk:nav.write')}
            </Link>
            <span className="small muted">
              <Keys keys="c" />
            </span>
          </>
        }
      >
        {t('today:empty.lead')}
      </EmptyState>
    </div>
  )
}
