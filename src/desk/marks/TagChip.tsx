/** A tag as it stands on a conversation: its word, with a dot in its tint. Whatever is in the word stays inside it. */
import './marks.css'
import { IconX } from '@tabler/icons-react'
import type { TagRef } from '../../contract/tags.ts'
import { t } from '../../words/desk.ts'

export function TagChip({ tag, onTakeOff }: { tag: TagRef; onTakeOff?: (() => void) | undefined }) {
  return (
    <span className="tag" data-tint={tag.tint}>
      <bdi className="cut">{tag.name}</bdi>
      {onTakeOff && (
        <button type="button" onClick={onTakeOff} aria-label={t('marks:tags.takeOff', { name: tag.name })}>
          <IconX size={13} stroke={1.8} aria-hidden="true" />
        </button>
      )}
    </span>
  )
}

/** What a row of a list has room for: three words, and a sign that there are more. */
export function RowTags({ tags }: { tags: readonly TagRef[] }) {
  if (tags.length === 0) return null
  return (
    <span className="rowtags small">
      <span className="sr">{t('marks:tags.list')} </span>
      {tags.slice(0, 3).map(tag => (
        <span key={tag.id} className="tag" data-tint={tag.tint} data-bare>
          <bdi className="cut">{tag.name}</bdi>
        </span>
      ))}
      {tags.length > 3 && <span title={t('marks:tags.more')}>…</span>}
    </span>
  )
}
