/** One conversation in a list: who, what about, what is promised. Two lines when the desk is compact, one with columns in a wide list. */
import { IconClockPause, IconMessageCircle, IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type MouseEvent, memo } from 'react'
import type { Row } from '../../contract/conversations.ts'
import type { Column } from '../../contract/saved-views.ts'
import { fullMoment, Portrait, PromiseChip, Time, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { whenWords } from '../compose/whenWords.ts'
import { PriorityMark } from '../marks/Priority.tsx'
import { RowTags } from '../marks/TagChip.tsx'
import { Cells } from './Cells.tsx'
import type { Shown } from './filter.ts'

type Props = {
  row: Row
  shown: Shown
  columns: readonly Column[]
  current: boolean
  chosen: boolean
  choosing: boolean
  onPick: (row: Row, event: MouseEvent) => void
  onChoose: (row: Row, range: boolean) => void
}

export const ListRow = memo(function ListRow(props: Props) {
  const { row, shown, columns, current, chosen, choosing, onPick, onChoose } = props
  const isTable = columns.length > 0
  return (
    <div className="row" data-current={current || undefined} data-chosen={chosen || undefined}>
      <Link
        to="/conversations/$conversationId"
        params={{ conversationId: String(row.number) }}
        search={{ ...shown }}
        className={isTable ? 'c tr' : 'c'}
        data-row={row.id}
        data-unread={row.unseen || undefined}
        aria-current={current || undefined}
        tabIndex={current ? 0 : -1}
        preload={false}
        onClick={event => onPick(row, event)}
      >
        <Portrait name={row.customer.name} />
        {isTable ? (
          <>
            <bdi className="cut nm">{row.customer.name}</bdi>
            <About row={row} />
            <Cells row={row} columns={columns} />
          </>
        ) : (
          <>
            <span className="top">
              <bdi className="cut nm">{row.customer.name}</bdi>
              <PriorityMark priority={row.priority} />
              <RowTags tags={row.tags} />
              <Time at={row.lastAt} shown="short" />
            </span>
            <About row={row} />
            <span className="pl">
              {row.promise ? (
                <PromiseChip promise={row.promise} bare />
              ) : (
                <span className="small muted">{t(`inbox:state.${row.state}`)}</span>
              )}
              {row.owner === null &&
                row.state === 'open' &&
                shown.view !== 'unowned' &&
                row.promise?.by.is !== 'team' && <span className="small muted nobody"> · {t('inbox:nobody')}</span>}
              <Signs row={row} />
            </span>
          </>
        )}
      </Link>
      <span className="tickbox" data-on={choosing || chosen || undefined}>
        <input
          type="checkbox"
          checked={chosen}
          tabIndex={-1}
          aria-label={t('inbox:choose', { name: row.customer.name, subject: row.subject })}
          onChange={() => {}}
          onClick={event => onChoose(row, event.shiftKey)}
        />
      </span>
    </div>
  )
})

function About({ row }: { row: Row }) {
  return (
    <>
      {/* Outside the line, which runs as its own words do. */}
      {row.unseen && <span className="sr">{t('inbox:unseen')} </span>}
      <span className="sub2 cut" dir="auto">
        <span className="sj">{row.subject || t('inbox:noSubject')}</span> <span className="muted">{row.preview}</span>
      </span>
    </>
  )
}

/** That something is begun here, or put aside until later: at the end of the last line. */
function Signs({ row }: { row: Row }) {
  const place = usePlace()
  const { snoozedUntil, draftBy, chat } = row
  if (!snoozedUntil && !draftBy && !chat) return null
  return (
    <span className="signs small muted">
      {chat && (
        <span className="inchat" data-here={chat === 'here' || undefined} title={t(`inbox:chat.${chat}`)}>
          <IconMessageCircle size={15} stroke={1.6} aria-hidden="true" />
          <span className={chat === 'here' ? 'cut' : 'sr'}>{t(`inbox:chat.${chat}`)}</span>
        </span>
      )}
      {snoozedUntil && (
        <span title={fullMoment(Date.parse(snoozedUntil), place)}>
          <IconClockPause size={15} stroke={1.6} aria-hidden="true" />
          <span className="cut">{t('views:row.snoozed', { until: whenWords(snoozedUntil, place) })}</span>
        </span>
      )}
      {draftBy && (
        <span title={t('views:row.draft', { name: draftBy.name })}>
          <IconPencil size={15} stroke={1.6} aria-hidden="true" />
          <span className="sr">{t('views:row.draft', { name: draftBy.name })}</span>
        </span>
      )}
    </span>
  )
}
