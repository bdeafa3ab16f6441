/** Priority and tags where a conversation is only looked at. */
import type { Priority } from '../../contract/marks.ts'
import type { TagRef } from '../../contract/tags.ts'
import { PriorityMark } from './Priority.tsx'
import { TagChip } from './TagChip.tsx'

export function PreviewMarks({ priority, tags }: { priority: Priority; tags: readonly TagRef[] }) {
  return (
    <>
      <PriorityMark priority={priority} />
      {tags.map(tag => (
        <TagChip key={tag.id} tag={tag} />
      ))}
    </>
  )
}
