/** Mail that needs a person: what went out with trouble, and what came in and was kept aside. Nothing here is lost. */
import './health.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { quarantine, trouble } from '../../contract/mailboxes.ts'
import { Bones, EmptyState, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { capital, spelled } from '../../words/numbers.ts'
import { ask } from '../api.ts'
import { useMe } from '../session/me.ts'
import { Subject } from '../settings/SettingsPage.tsx'
import { leads } from '../settings/subjects.ts'
import { KeptAside } from './KeptAside.tsx'
import { Troubled } from './Troubled.tsx'

export function HealthPage() {
  const me = useMe()
  const judges = leads(me)
  const out = useInfiniteQuery({
    queryKey: [trouble.path],
    queryFn: ({ pageParam, signal }) => ask(trouble, pageParam ? { after: pageParam } : {}, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const aside = useInfiniteQuery({
    queryKey: [quarantine.path],
    enabled: judges,
    queryFn: ({ pageParam, signal }) => ask(quarantine, pageParam ? { after: pageParam } : {}, signal),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const troubled = out.data?.pages.flatMap(page => page.items) ?? []
  const kept = aside.data?.pages.flatMap(page => page.items) ?? []
  const pending = out.isPending || (judges && aside.isPending)
  const count = troubled.length + kept.length
  const more = out.hasNextPage || aside.hasNextPage
  const title = pending
    ? t('subjects:health.name')
    : count === 0
      ? t('settings:health.fine')
      : capital(t(more ? 'settings:health.many' : 'settings:health.count', { count, number: spelled(count) }))
  return (
    <Subject subject={t('subjects:health.name')} title={title} lead={count > 0 ? t('settings:health.lead') : undefined}>
      {pending && (
        <div className="block">
          <Bones />
        </div>
      )}
      {[out, aside].map(
        (asked, at) =>
          asked.isError &&
          !asked.data && (
            <div className="block" key={at === 0 ? 'out' : 'aside'}>
              <ErrorState asked={asked} />
            </div>
          ),
      )}
      {out.isSuccess && (aside.isSuccess || !judges) && count === 0 && (
        <div className="block">
          <EmptyState title={t('settings:health.fineTitle')}>{t('settings:health.fineLead')}</EmptyState>
        </div>
      )}
      <div className="mails">
        {troubled.length > 0 && (
          <section aria-labelledby="going-out">
            <h2 className="section" id="going-out">
              {t('settings:health.goingOut')}
            </h2>
            <ol>
              {troubled.map((item, at) => (
                <Troubled key={item.id} item={item} first={at === 0} />
              ))}
            </ol>
            {out.hasNextPage && <More asked={out} />}
          </section>
        )}
        {kept.length > 0 && (
          <section aria-labelledby="coming-in">
            <h2 className="section" id="coming-in">
              {t('settings:health.comingIn')} <span className="x">{t('settings:health.keptNote')}</span>
            </h2>
            <ol>
              {kept.map(item => (
                <KeptAside key={item.id} item={item} />
              ))}
            </ol>
            {aside.hasNextPage && <More asked={aside} />}
          </section>
        )}
      </div>
    </Subject>
  )
}

function More({ asked }: { asked: { fetchNextPage: () => unknown; isFetchingNextPage: boolean } }) {
  return (
    <p className="further">
      <button
        type="button"
        className="link"
        disabled={asked.isFetchingNextPage}
        onClick={() => void asked.fetchNextPage()}
      >
        {t('settings:health.more')}
      </button>
    </p>
  )
}
