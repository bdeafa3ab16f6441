/** What a rule then does: team, owner, tags, priority, aside, and whether later rules are still asked. */
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { makeTag, type TagRef } from '../../contract/tags.ts'
import { Choice, Tick } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask } from '../api.ts'
import { priorities, priorityWord } from '../marks/Priority.tsx'
import { TagChip } from '../marks/TagChip.tsx'
import { noticeFailure } from '../shell/notices.ts'
import type { PartProps } from './RuleWhen.tsx'

const TagPicker = lazy(() => import('../marks/TagPicker.tsx').then(it => ({ default: it.TagPicker })))

type ThenProps = PartProps & { choosing: boolean; choose: (choosing: boolean) => void }

export function Then({ draft, set, choices, choosing, choose }: ThenProps) {
  const place = draft.moveTo || draft.teamId
  const members = choices.teams
    .filter(({ id }) => !place || id === place)
    .flatMap(({ members }) => members)
    .filter((one, at, all) => all.findIndex(({ id }) => id === one.id) === at)
    .sort((a, b) => a.name.localeCompare(b.name))
  const put = (tag: TagRef) => set({ tags: [...draft.tags.filter(({ id }) => id !== tag.id), tag] })
  const making = useMutation({
    mutationFn: (name: string) => ask(makeTag, { name }),
    onSuccess: ({ tag }) => put(tag),
    onError: error => noticeFailure(error),
  })
  return (
    <fieldset>
      <legend className="section">{t('sorting:edit.then')}</legend>
      <div className="pair">
        <Choice
          label={t('sorting:edit.team')}
          value={draft.moveTo}
          onChange={event => set({ moveTo: event.currentTarget.value, ownerId: '' })}
        >
          <option value="">{t('sorting:edit.sameTeam')}</option>
          {choices.teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('sorting:edit.owner')}
          value={draft.ownerId}
          disabled={draft.aside}
          onChange={event => set({ ownerId: event.currentTarget.value })}
        >
          <option value="">{t('sorting:edit.noOwner')}</option>
          {members.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Choice>
        <div className="labelled">
          <div className="top">
            <span className="label">{t('sorting:edit.tags')}</span>
          </div>
          <p className="ruletags">
            {draft.tags.map(tag => (
              <TagChip
                key={tag.id}
                tag={tag}
                onTakeOff={() => set({ tags: draft.tags.filter(({ id }) => id !== tag.id) })}
              />
            ))}
            <button type="button" className="link" onClick={() => choose(true)}>
              {t('sorting:edit.chooseTags')}
            </button>
          </p>
        </div>
        <Choice
          label={t('sorting:edit.priority')}
          value={draft.priority}
          onChange={event => set({ priority: event.currentTarget.value })}
        >
          <option value="">{t('sorting:edit.noPriority')}</option>
          {priorities.map(priority => (
            <option key={priority} value={priority}>
              {priorityWord(priority)}
            </option>
          ))}
        </Choice>
      </div>
      <Tick
        label={t('sorting:edit.aside')}
        help={t('sorting:edit.asideHelp')}
        checked={draft.aside}
        onChange={event => set({ aside: event.currentTarget.checked, ownerId: '' })}
      />
      <Tick
        label={t('sorting:edit.stops')}
        checked={draft.stops}
        onChange={event => set({ stops: event.currentTarget.checked })}
      />
      {choosing && (
        <Suspense>
          <TagPicker
            title={t('sorting:edit.tags')}
            chosen={draft.tags}
            onPut={put}
            onTakeOff={tag => set({ tags: draft.tags.filter(({ id }) => id !== tag.id) })}
            onMake={name => making.mutate(name)}
            onClose={() => choose(false)}
          />
        </Suspense>
      )}
    </fieldset>
  )
}
