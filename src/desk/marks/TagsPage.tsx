/** All tags of this installation, found by typing and shown a page at a time: made, renamed, tinted, merged, archived. */
import './settings.css'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { printTerm } from '../../contract/filter-text.ts'
import { changeTag, type TagRef, type TagView, tags } from '../../contract/tags.ts'
import { Bones, Button, EmptyState, ErrorState, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { MergeTag } from './MergeTag.tsx'
import { TagChip } from './TagChip.tsx'
import { TagDialog } from './TagDialog.tsx'

type Asking = { is: 'make'; name: string } | { is: 'change' | 'merge'; tag: TagView; into?: TagRef } | null

export function TagsPage() {
  const [text, setText] = useState('')
  const [archived, setArchived] = useState(false)
  const [asking, setAsking] = useState<Asking>(null)
  const like = useDeferredValue(text.trim().slice(0, 100))
  const asked = useInfiniteQuery({
    queryKey: [tags.path, 'settings', like, archived],
    queryFn: ({ pageParam, signal }) =>
      ask(
        tags,
        {
          like,
          archived: archived ? 'only' : 'without',
          counted: 'true',
          limit: 50,
          ...(pageParam ? { after: pageParam } : {}),
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next,
    placeholderData: keepPreviousData,
  })
  const found = asked.data?.pages.flatMap(page => page.tags) ?? []
  return (
    <Subject
      subject={t('subjects:tags.name')}
      title={t('marks:settings.tags')}
      lead={t('marks:settings.tagsLead')}
      act={
        <Button kind="primary" onClick={() => setAsking({ is: 'make', name: like })}>
          {t('marks:settings.makeTag')}
        </Button>
      }
    >
      <search className="block marksearch">
        <Field
          label={t('marks:settings.findTag')}
          type="search"
          dir="auto"
          maxLength={100}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
        <Tick
          toggle
          label={t('marks:settings.showArchived')}
          checked={archived}
          onChange={event => setArchived(event.currentTarget.checked)}
        />
      </search>
      {asked.isPending && <Bones shape="list" />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && found.length === 0 && (
        <EmptyState
          title={t(like || archived ? 'marks:settings.noSuchTag' : 'marks:settings.noTags')}
          acts={
            !archived && (
              <Button onClick={() => setAsking({ is: 'make', name: like })}>{t('marks:settings.makeTag')}</Button>
            )
          }
        >
          {!like && !archived && t('marks:settings.noTagsLead')}
        </EmptyState>
      )}
      <ul
        className="ledge taglist"
        aria-label={t('marks:settings.tags')}
        aria-busy={asked.isPlaceholderData || undefined}
      >
        {found.map(tag => (
          <Row key={tag.id} tag={tag} onAsk={is => setAsking({ is, tag })} />
        ))}
      </ul>
      {asked.hasNextPage && (
        <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t('marks:settings.more')}
        </Button>
      )}
      {asking?.is === 'make' && <TagDialog name={asking.name} onClose={() => setAsking(null)} />}
      {asking?.is === 'change' && (
        <TagDialog
          tag={asking.tag}
          name={asking.tag.name}
          onClose={() => setAsking(null)}
          onMerge={into => setAsking({ is: 'merge', tag: asking.tag, into })}
        />
      )}
      {asking?.is === 'merge' && <MergeTag tag={asking.tag} into={asking.into} onClose={() => setAsking(null)} />}
    </Subject>
  )
}

function Row({ tag, onAsk }: { tag: TagView; onAsk: (is: 'change' | 'merge') => void }) {
  const used = tag.used ?? { count: 0, more: false }
  const words = t('marks:settings.used', { count: used.count, context: used.more ? 'more' : undefined })
  return (
    <li>
      <div className="taglead">
        <TagChip tag={tag} />
        {used.count === 0 ? (
          <span className="small muted">{words}</span>
        ) : (
          <Link className="link small" to="/inbox/$view" params={{ view: 'all' }} search={{ q: withTag(tag.name) }}>
            {words}
          </Link>
        )}
      </div>
      <span className="acts">
        {tag.archived ? (
          <Button onClick={() => void archive(tag, false)}>{t('marks:settings.bringBack')}</Button>
        ) : (
          <>
            <Button
              kind="quiet"
              aria-label={t('marks:settings.changeOne', { name: tag.name })}
              onClick={() => onAsk('change')}
            >
              {t('marks:settings.change')}
            </Button>
            <Button
              kind="quiet"
              aria-label={t('marks:settings.mergeOne', { name: tag.name })}
              onClick={() => onAsk('merge')}
            >
              {t('marks:settings.merge')}
            </Button>
            <Button
              kind="quiet"
              aria-label={t('marks:settings.archiveOne', { name: tag.name })}
              onClick={() => void archive(tag, true)}
            >
              {t('marks:settings.archive')}
            </Button>
          </>
        )}
      </span>
    </li>
  )
}

const withTag = (name: string) => printTerm({ is: 'operator', name: 'tag', values: [name], not: false })

async function archive(tag: TagView, archived: boolean): Promise<void> {
  try {
    await ask(changeTag, { tagId: tag.id, archived })
    renew(cache, tags)
    notice({
      title: t(archived ? 'marks:settings.archived' : 'marks:settings.broughtBack', { name: tag.name }),
      ...(archived
        ? {
            detail: t('marks:settings.archivedTag'),
            until: Date.now() + 12_000,
            span: 12_000,
            onUndo: () => void archive(tag, false),
          }
        : {}),
    })
  } catch (error) {
    noticeFailure(error)
  }
}
