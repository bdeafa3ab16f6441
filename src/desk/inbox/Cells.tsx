/** The chosen columns of a row in a wide list, and their heads. */
import type { Row } from '../../contract/conversations.ts'
import type { Column } from '../../contract/saved-views.ts'
import { PromiseChip, Time, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { dayWords } from '../compose/whenWords.ts'
import { PriorityMark } from '../marks/Priority.tsx'
import { RowTags } from '../marks/TagChip.tsx'
import { useMe } from '../session/me.ts'

const widths: Record<Column, string> = {
  owner: 'minmax(80px, 0.6fr)',
  promise: 'minmax(150px, 1.3fr)',
  tags: 'minmax(60px, 0.9fr)',
  priority: '84px',
  team: 'minmax(70px, 0.5fr)',
  needed: '110px',
  last: '64px',
}

/** As grid tracks, after the portrait, the customer and the subject. */
export function tracksOf(columns: readonly Column[]): string {
  return `32px minmax(110px, 0.8fr) minmax(160px, 2.2fr) ${columns.map(column => widths[column]).join(' ')}`
}

export function Cells({ row, columns }: { row: Row; columns: readonly Column[] }) {
  return columns.map(column => (
    <span key={column} className="cell" data-column={column}>
      <Cell row={row} column={column} />
    </span>
  ))
}

function Cell({ row, column }: { row: Row; column: Column }) {
  const place = usePlace()
  const me = useMe()
  switch (column) {
    case 'owner':
      return row.owner ? (
        <bdi className="cut">{row.owner.name}</bdi>
      ) : (
        <span className="muted cut">{t('views:row.nobody')}</span>
      )
    case 'promise':
      return row.promise ? (
        <span className="pl">
          <PromiseChip promise={row.promise} bare />
        </span>
      ) : (
        <span className="muted cut">{t(`inbox:state.${row.state}`)}</span>
      )
    case 'tags':
      return <RowTags tags={row.tags} />
    case 'priority':
      return <PriorityMark priority={row.priority} />
    case 'team':
      return <bdi className="cut">{me.teams.find(({ id }) => id === row.teamId)?.name ?? ''}</bdi>
    case 'needed':
      return row.neededBy ? <span className="cut">{dayWords(row.neededBy, place)}</span> : null
    case 'last':
      return <Time at={row.lastAt} shown="short" />
  }
}

/** What the columns are called: for eyes; each row is heard as one link. */
export function ColumnHeads({ columns }: { columns: readonly Column[] }) {
  return (
    <div className="c tr heads small muted" aria-hidden="true">
      <span />
      <span>{t('views:columns.customer')}</span>
      <span>{t('views:columns.subject')}</span>
      {columns.map(column => (
        <span key={column} className="cell" data-column={column}>
          {t(`views:columns.${column}`)}
        </span>
      ))}
    </div>
  )
}
