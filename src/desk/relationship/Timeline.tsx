/** What happened between us, newest first: only what is near the window is drawn, and the next page comes while one scrolls. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { TimelineKind } from '../../contract/relations.ts'
import { Bones, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { type Subject, timelineQuery } from './queries.ts'
import { TimelineRow } from './TimelineRow.tsx'

type Props = {
  subject: Subject
  scroll: RefObject<HTMLDivElement | null>
  kinds: readonly TimelineKind[]
  onKinds: (kinds: TimelineKind[]) => void
}

export function Timeline({ subject, scroll, kinds, onKinds }: Props) {
  const asked = useInfiniteQuery(timelineQuery(subject, kinds))
  const entries = asked.data?.pages.flatMap(page => page.entries) ?? []
  const list = useRef<HTMLOListElement>(null)
  const [margin, setMargin] = useState(0)
  // What stands above the list grows and shrinks with what it says.
  useLayoutEffect(() => {
    const above = list.current
      ? list.current.getBoundingClientRect().top -
        (scroll.current?.getBoundingClientRect().top ?? 0) +
        (scroll.current?.scrollTop ?? 0)
      : 0
    if (Math.abs(above - margin) > 1) setMargin(above)
  })
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 58,
    getItemKey: index => {
      const entry = entries[index]
      return entry ? `${entry.kind} ${entry.id} ${entry.at} ${entry.is}` : index
    },
    overscan: 8,
    scrollMargin: margin,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = asked
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && last >= entries.length - 12) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, last, entries.length])
  return (
    <section className="tl">
      <h2 className="section" id="happened">
        {t('relationship:timeline.title')}
      </h2>
      <Kinds chosen={kinds} onChoose={onKinds} />
      {asked.isPending && <Bones rows={4} />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && entries.length === 0 && (
        <p className="muted none">
          {t(kinds.length > 0 ? 'relationship:timeline.noneOfThese' : 'relationship:timeline.none')}
        </p>
      )}
      <ol
        ref={list}
        aria-labelledby="happened"
        style={{ blockSize: virtual.getTotalSize() }}
        aria-busy={asked.isPlaceholderData || undefined}
      >
        {shown.map(({ index, start, key }) => {
          const entry = entries[index]
          return (
            entry && (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-setsize={hasNextPage ? -1 : entries.length}
                aria-posinset={index + 1}
                style={{ insetBlockStart: start - margin }}
              >
                <TimelineRow entry={entry} subject={subject} />
              </li>
            )
          )
        })}
      </ol>
      {isFetchNextPageError && <ErrorState asked={{ error: asked.error, refetch: fetchNextPage }} />}
    </section>
  )
}

/** Grouped as one thinks of them; a group is one or more kinds. */
const groups: Record<string, TimelineKind[]> = {
  conversations: ['conversation'],
  touches: ['touch'],
  promises: ['promise'],
  verdicts: ['verdict'],
  notes: ['note'],
  other: ['membership', 'merge', 'goodwill'],
}

function Kinds({ chosen, onChoose }: { chosen: readonly TimelineKind[]; onChoose: (kinds: TimelineKind[]) => void }) {
  const has = (kinds: TimelineKind[]) => kinds.every(kind => chosen.includes(kind))
  const turn = (kinds: TimelineKind[]) => {
    const next = has(kinds) ? chosen.filter(kind => !kinds.includes(kind)) : [...chosen, ...kinds]
    onChoose(TimelineKind.options.filter(kind => next.includes(kind)))
  }
  return (
    <div className="kinds" role="toolbar" aria-label={t('relationship:timeline.narrow')}>
      <button type="button" className="kind" aria-pressed={chosen.length === 0} onClick={() => onChoose([])}>
        {t('relationship:timeline.all')}
      </button>
      {Object.entries(groups).map(([name, kinds]) => (
        <button type="button" key={name} className="kind" aria-pressed={has(kinds)} onClick={() => turn(kinds)}>
          {t(`relationship:timeline.kinds.${name}`)}
        </button>
      ))}
    </div>
  )
}
