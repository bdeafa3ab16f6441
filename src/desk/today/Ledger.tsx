/** My promises by their time, in groups around the now line. The first of them make the first picture, the others come after it. */
import { startTransition, useEffect, useMemo, useState } from 'react'
import { clock, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import type { DueActing } from './acting.tsx'
import { DueRow } from './DueRow.tsx'
import { groups } from './groups.ts'

type Props = { rows: DueActing[]; chosen: string | undefined; choose: (key: string) => void }

/** More than a screen shows. */
const first = 12

export function Ledger({ rows, chosen, choose }: Props) {
  const now = useNow()
  const place = usePlace()
  const [all, drawAll] = useState(rows.length <= first)
  useEffect(() => startTransition(() => drawAll(true)), [])
  const drawn = useMemo(() => (all ? rows : rows.slice(0, first)), [all, rows])
  const actingOf = useMemo(() => new Map(drawn.map(row => [row.due, row])), [drawn])
  return (
    <div className="ledger">
      {groups(
        drawn.map(row => row.due),
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
                return row && <DueRow key={row.key} row={row} chosen={row.key === chosen} choose={choose} />
              })}
            </ol>
          </section>
        ),
      )}
    </div>
  )
}
