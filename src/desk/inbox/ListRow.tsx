/** One conversation in a list: who, what about, what is promised. Two lines when the desk is compact. */
import { Link } from '@tanstack/react-router'
import { type MouseEvent, memo } from 'react'
import type { Row } from '../../contract/conversations.ts'
import { Portrait, PromiseChip, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { PriorityMark } from '../marks/Priority.tsx'
import { RowTags } from '../marks/TagChip.tsx'
import type { Shown } from './filter.ts'

type Props = {
  row: Row
  shown: Shown
  current: boolean
  chosen: boolean
  choosing: boolean
  onPick: (row: Row, event: MouseEvent) => void
  onChoose: (row: Row, range: boolean) => void
}

export const ListRow = memo(function ListRow({ row, shown, current, chosen, choosing, onPick, onChoose }: Props) {
  return (
    <div className="row" data-current={current || undefined} data-chosen={chosen || undefined}>
      <Link
        to="/conversations/$conversationId"
        params={{ conversationId: String(row.number) }}
        search={{ ...shown }}
        className="c"
        data-row={row.id}
        data-unread={row.unseen || undefined}
        aria-current={current || undefined}
        tabIndex={current ? 0 : -1}
        preload={false}
        onClick={event => onPick(row, event)}
      >
        <Portrait name={row.customer.name} />
        <span className="top">
          <bdi className="cut nm">{row.customer.name}</bdi>
          <PriorityMark priority={row.priority} />
          <RowTags tags={row.tags} />
          <Time at={row.lastAt} shown="short" />
        </span>
        <span className="sub2 cut" dir="auto">
          {row.unseen && <span className="sr">{t('inbox:unseen')} </span>}
          <span className="sj">{row.subject || t('inbox:noSubject')}</span> <span className="muted">{row.preview}</span>
        </span>
        <span className="pl">
          {row.promise ? (
            <PromiseChip promise={row.promise} bare />
          ) : (
            <span className="small muted">{t(`inbox:state.${row.state}`)}</span>
          )}
          {row.owner === null && row.state === 'open' && shown.view !== 'unowned' && row.promise?.by.is !== 'team' && (
            <span className="small muted nobody"> · {t('inbox:nobody')}</span>
          )}
        </span>
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
