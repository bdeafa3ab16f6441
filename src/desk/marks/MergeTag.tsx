/** Merges one tag into another: first finds the other, then says what will happen, for it can't be taken back. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { mergeTag, type TagRef, tags } from '../../contract/tags.ts'
import { Button, Dialog } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'
import { notice } from '../shell/notices.ts'
import { TagChip } from './TagChip.tsx'
import { TagPicker } from './TagPicker.tsx'

type Props = { tag: TagRef; into?: TagRef | undefined; onClose: () => void }

export function MergeTag({ tag, into: known, onClose }: Props) {
  const [into, setInto] = useState<TagRef | null>(known ?? null)
  const merging = useMutation({
    mutationFn: (other: TagRef) => ask(mergeTag, { tagId: tag.id, intoId: other.id }),
    onSuccess: (_, other) => {
      renew(cache, tags)
      notice({ title: t('marks:settings.merged', { name: tag.name, into: other.name }) })
      onClose()
    },
  })
  if (!into)
    return (
      <TagPicker
        title={t('marks:settings.mergeInto', { name: tag.name })}
        chosen={[]}
        without={tag.id}
        onPut={setInto}
        onClose={onClose}
      />
    )
  return (
    <Dialog title={t('marks:settings.mergeTitle')} onClose={onClose}>
      <Refused error={merging.error} title={t('marks:settings.notMerged')} />
      <p className="mergepair">
        <TagChip tag={tag} /> <span className="muted">{t('marks:settings.becomes')}</span> <TagChip tag={into} />
      </p>
      <p>{t('marks:settings.mergeSays', { name: `\u2068${tag.name}\u2069`, into: `\u2068${into.name}\u2069` })}</p>
      <p className="acts">
        <Button kind="danger" busy={merging.isPending} onClick={() => merging.mutate(into)}>
          {t('marks:settings.mergeAct')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('desk:button.cancel')}
        </Button>
      </p>
    </Dialog>
  )
}
