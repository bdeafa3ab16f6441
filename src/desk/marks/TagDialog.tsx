/** Makes a tag, or gives one another name or tint. When the name is taken it offers to merge the two. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changeTag, makeTag, markNameOf, type TagRef, Tint, tags } from '../../contract/tags.ts'
import { Button, Dialog, Field } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'
import { Radios } from '../settings/Radios.tsx'
import { notice } from '../shell/notices.ts'
import { TagChip } from './TagChip.tsx'

type Props = { tag?: TagRef; name: string; onClose: () => void; onMerge?: (into: TagRef) => void }

export function TagDialog({ tag, name: first, onClose, onMerge }: Props) {
  const [name, setName] = useState(first)
  const [tint, setTint] = useState<Tint>(tag?.tint ?? 'stone')
  const read = markNameOf(name)
  const saving = useMutation({
    mutationFn: () => (tag ? ask(changeTag, { tagId: tag.id, name, tint }) : ask(makeTag, { name, tint })),
    onSuccess: () => {
      renew(cache, tags)
      notice({ title: t(tag ? 'desk:button.saved' : 'marks:settings.made', { name }) })
      onClose()
    },
  })
  const taken = saving.error instanceof Problem && saving.error.code === 'tag-there' ? saving.error : null
  const other = taken && ({ ...taken.facts, id: taken.facts.tagId } as TagRef)
  return (
    <Dialog title={t(tag ? 'marks:settings.changeTag' : 'marks:settings.makeTag')} onClose={onClose}>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          if (read !== null) saving.mutate()
        }}
      >
        {taken ? null : <Refused error={saving.error} title={t('marks:settings.notSaved')} />}
        <Field
          label={t('marks:settings.tagName')}
          help={t('marks:settings.tagNameHelp')}
          required
          dir="auto"
          value={name}
          error={
            taken
              ? t('marks:settings.taken', { name: String(taken.facts.name ?? '') })
              : name.trim() !== '' && read === null
                ? t([...name].length > 60 ? 'marks:tags.tooLong' : 'marks:tags.unreadable')
                : undefined
          }
          onChange={event => {
            setName(event.currentTarget.value)
            saving.reset()
          }}
        />
        {other && onMerge && (
          <p>
            <button type="button" className="link" onClick={() => onMerge(other)}>
              {t('marks:settings.mergeInstead')}
            </button>
          </p>
        )}
        <Radios
          label={t('marks:settings.tint')}
          value={tint}
          options={Tint.options.map(option => [option, t(`marks:tint.${option}`)])}
          onChange={setTint}
        />
        <p>
          <TagChip tag={{ id: '', name: read || t('marks:tags.word'), tint }} />
        </p>
        <p className="acts">
          <Button kind="primary" submit busy={saving.isPending} disabled={read === null}>
            {t(tag ? 'desk:button.save' : 'marks:settings.makeAct')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
