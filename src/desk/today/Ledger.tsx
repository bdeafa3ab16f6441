/** My promises by their time, in groups around the now line. */
import { clock, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import type { DueActing } from './acting.tsx'
import { DueRow } from './DueRow.tsx'
import { groups } from './groups.ts'

type Props = { rows: DueActing[]; chosen: string | undefined; choose: (key: string) => void }

export function Ledger({ rows, chosen, choose }: Props) {
  const now = useNow()
  const place = usePlace()
  const actingOf = new Map(rows.map(row => [row.due, row]))
  return (
    <div className="ledger">
      {groups(
        rows.map(row => row.due),
        now,
        place.zone,
      ).map(group =>
        group.is === 'now' ? (
          <div className="now" key="now" aria-hidden="true">
            <time>{clock(now, place)}</time>
            <span>{t('desk:time.now')}</span>
          </div>
        ) : (
          <section key={group.is} aria-labelledby={`due-${group.is}`}>
            <h2 className="section" id={`due-${group.is}`}>
              {t(`today:group.${group.is}`)}
            </h2>
            <ol>
              {group.due.map(one => {
                const row = actingOf.get(one)
                return (
                  row && <DueRow key={row.key} row={row} chosen={row.key === chosen} choose={() => choose(row.key)} />
                )
              })}
            </ol>
          </section>
        ),
      )}
    </div>
  )
}
