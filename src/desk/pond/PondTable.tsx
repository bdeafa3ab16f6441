/** The pond as a table: the same relationships and facts, sorted by any column; only rows in sight are drawn. */
import { useMediaQuery } from '@mantine/hooks'
import {
  IconAlertCircle,
  IconArrowDownLeft,
  IconChevronDown,
  IconChevronUp,
  IconCircle,
  IconCircleArrowDownLeft,
} from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useRef } from 'react'
import { firstName, fullMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { useMe } from '../session/me.ts'
import { Going } from './Going.tsx'
import { isPast, type Relation, type Sort } from './relations.ts'
import { pageOf } from './where.ts'
import { byWords, rhythmWords, touchedWords } from './words.ts'

type Props = { relations: readonly Relation[]; sort: Sort; down: boolean; onSort: (sort: Sort, down: boolean) => void }

const columns: readonly Sort[] = ['who', 'touch', 'rhythm', 'keeper', 'owed']
/** What matters most lies in sight where the rest must be scrolled to. */
const onPhone: readonly Sort[] = ['who', 'owed', 'touch', 'rhythm', 'keeper']

export function PondTable({ relations, sort, down, onSort }: Props) {
  const scroll = useRef<HTMLElement>(null)
  const phone = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false })
  const order = phone ? onPhone : columns
  const compact = document.documentElement.dataset.density === 'compact'
  const height = compact ? 30 : 39
  const virtual = useVirtualizer({
    count: relations.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: index => relations[index]?.id ?? index,
    overscan: 12,
  })
  const rows = virtual.getVirtualItems()
  const [first, last] = [rows[0], rows.at(-1)]
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <section className="tabled" ref={scroll} tabIndex={0} aria-label={t('pond:table')}>
      <table aria-rowcount={relations.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {order.map(column => (
              <th
                key={column}
                scope="col"
                className={`of-${column}`}
                aria-sort={column === sort ? (down ? 'descending' : 'ascending') : undefined}
              >
                <button type="button" onClick={() => onSort(column, column === sort && !down)}>
                  {t(`pond:column.${column}`)}
                  {column === sort &&
                    (down ? (
                      <IconChevronUp className="i" aria-hidden="true" />
                    ) : (
                      <IconChevronDown className="i" aria-hidden="true" />
                    ))}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first && first.start > 0 && <tr className="space" style={{ blockSize: first.start }} />}
          {rows.map(({ index, key }) => {
            const relation = relations[index]
            return relation && <Row key={key} relation={relation} at={index + 2} height={height} order={order} />
          })}
          {last && <tr className="space" style={{ blockSize: virtual.getTotalSize() - last.end }} />}
        </tbody>
      </table>
    </section>
  )
}

function Row(props: { relation: Relation; at: number; height: number; order: readonly Sort[] }) {
  const { relation, at, height, order } = props
  const [now, place, me] = [useNow(), usePlace(), useMe()]
  const { keeper, lastAt } = relation
  const cells: Record<Sort, ReactNode> = {
    who: (
      <th key="who" scope="row" className="of-who">
        <Going to={pageOf(relation)} className="cut">
          {relation.name}
        </Going>
      </th>
    ),
    touch: (
      <td key="touch" className="num of-touch" title={lastAt === null ? undefined : fullMoment(lastAt, place)}>
        {touchedWords(lastAt, now, place)}
      </td>
    ),
    rhythm: (
      <td key="rhythm" className="num muted of-rhythm">
        {rhythmWords(relation, isPast(relation, now))}
      </td>
    ),
    keeper: (
      <td key="keeper" className="of-keeper">
        {keeper === null ? (
          <span className="muted">{t('pond:keeperNone')}</span>
        ) : keeper.id === me.id ? (
          t('pond:keeperYou')
        ) : (
          firstName(keeper.name)
        )}
      </td>
    ),
    owed: (
      <td key="owed" className="of-owed">
        <OwedWords relation={relation} now={now} />
      </td>
    ),
  }
  return (
    <tr aria-rowindex={at} style={{ blockSize: height }}>
      {order.map(column => cells[column])}
    </tr>
  )
}

function OwedWords({ relation, now }: { relation: Relation; now: number }) {
  const place = usePlace()
  const { owed, due } = relation
  if (owed === 'nothing') return <span className="muted">{t('pond:owed.nothing')}</span>
  const late = owed === 'late' || owed === 'theirs-late'
  return (
    <span
      className="promise"
      data-state={late ? 'overdue' : 'open'}
      data-of={owed.startsWith('theirs') ? 'theirs' : 'ours'}
      data-bare
      title={due === null ? undefined : fullMoment(due, place)}
    >
      {owed === 'theirs-late' && <IconArrowDownLeft className="i flips" aria-hidden="true" />}
      {late ? (
        <IconAlertCircle className="i" aria-hidden="true" />
      ) : owed === 'theirs' ? (
        <IconCircleArrowDownLeft className="i flips" aria-hidden="true" />
      ) : (
        <IconCircle className="i" aria-hidden="true" />
      )}
      <span>
        {t(`pond:owed.${owed}`)} <b>{byWords(relation, now, place)}</b>
      </span>
    </span>
  )
}
