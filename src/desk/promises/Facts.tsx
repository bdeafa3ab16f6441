/** What we know about a promise, beside the page on which somebody says what became of it. */
import type { promiseFacts } from '../../contract/ledger.ts'
import type { DuePromise } from '../../contract/promises.ts'
import { fullMoment, late, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import type { Output } from '../api.ts'
import { dueWords } from '../today/DueRow.tsx'

export function Facts({ due, facts }: { due: DuePromise; facts: Output<typeof promiseFacts> | undefined }) {
  const now = useNow()
  const place = usePlace()
  const { promise, conversation } = due
  const at = Date.parse(promise.dueAt)
  const said = (moment: string) => fullMoment(Date.parse(moment), place)
  const moved = facts?.earlier.length ?? 0
  return (
    <aside className="facts" aria-label={t('promises:broken.facts')}>
      <h3 className="section">{t('promises:broken.facts')}</h3>
      <dl>
        <dt>{t('promises:broken.promised')}</dt>
        <dd className="said" dir="auto">
          {dueWords(due)}
        </dd>
        <dt>{t('promises:broken.made')}</dt>
        <dd>{said(promise.madeAt)}</dd>
        <dt>{promise.toldAt ? t('promises:broken.told') : t('promises:broken.untold')}</dt>
        {promise.toldAt && <dd>{said(promise.toldAt)}</dd>}
        <dt>{t(at <= now ? 'promises:broken.wasDue' : 'promises:broken.isDue')}</dt>
        <dd data-late={at <= now || undefined}>
          {said(promise.dueAt)}
          {at <= now && <span>{t('promises:broken.late', { late: late(at, now) })}</span>}
        </dd>
        {conversation?.neededBy && (
          <>
            <dt>{t('promises:broken.needed')}</dt>
            <dd>{said(conversation.neededBy)}</dd>
          </>
        )}
      </dl>
      {moved > 0 && <p className="small muted">{t('promises:broken.movedBefore', { count: moved })}</p>}
    </aside>
  )
}
