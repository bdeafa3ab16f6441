/** What stands where a list is empty, and beside it when nothing is chosen: teaches, and offers one kind thing. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { counts } from '../../contract/conversations.ts'
import { EmptyState, Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { placeOf, type Shown } from './filter.ts'

const own = ['mine', 'unowned', 'open', 'pending', 'solved', 'closed', 'aside', 'spam', 'trash']

export function NothingHere({ shown, named }: { shown: Shown; named: string }) {
  const { data } = useQuery(query(counts, {}))
  const waiting = data?.pending.count ?? 0
  const nobody = data?.unowned.count ?? 0
  const { q, saved, ...rest } = shown
  const kind = saved ? 'saved' : q ? 'filtered' : own.includes(shown.view) ? shown.view : 'other'
  const acts = (
    <>
      {kind === 'mine' && nobody > 0 && (
        <Link to="/inbox/$view" params={{ view: 'unowned' }} search={{}} className="btn">
          {t('inbox:empty.seeUnowned', { count: nobody })}
        </Link>
      )}
      {kind === 'filtered' && (
        <Link {...placeOf(rest)} className="btn">
          {t('views:empty.clear')}
        </Link>
      )}
      <Link to="/" className="link">
        {t('desk:state.backToToday')}
      </Link>
      <span className="small muted">
        <Keys keys="g t" />
      </span>
    </>
  )
  return (
    <EmptyState title={t(`inbox:empty.${kind}`, { named })} acts={acts}>
      {t(`inbox:empty.${kind}Lead`, { count: waiting, named })}
    </EmptyState>
  )
}

export function ChooseOne() {
  return (
    <div className="pad">
      <EmptyState
        title={t('inbox:chooseOne')}
        acts={
          <span className="small muted keyrow">
            <Keys keys="j" /> <Keys keys="k" /> {t('inbox:moves')} <Keys keys="Enter" /> {t('inbox:opens')}{' '}
            <Keys keys="?" /> {t('inbox:allKeys')}
          </span>
        }
      >
        {t('inbox:earliestOnTop')}
      </EmptyState>
    </div>
  )
}
