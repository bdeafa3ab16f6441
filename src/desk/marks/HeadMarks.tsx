/** In the head of a conversation: its priority and its tags, the keys for them, and following it. */
import { IconBell, IconBellCheck, IconTag } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { Menu } from '../pieces/Menu.tsx'
import { useActions } from '../shell/actions.ts'
import { follow, makeAndPutOn, prioritise, putOn, takeOff } from './acts.ts'
import { PriorityIcon, PriorityMark, priorities, priorityWord } from './Priority.tsx'
import { TagChip } from './TagChip.tsx'

const TagPicker = lazy(() => import('./TagPicker.tsx').then(module => ({ default: module.TagPicker })))
type Person = { id: string; name: string }

type Props = { view: ConversationView; me: Person; children: ReactNode }

/** The tags stand in a line of their own, below what can be done: `children`. */
export function HeadMarks({ view, me, children }: Props) {
  const [picking, setPicking] = useState(false)
  const [weighing, setWeighing] = useState(false)
  const { write } = view.may
  useActions(
    write
      ? [
          { id: 'marks.tag', label: t('marks:key.tag'), keys: 'l', group: 'here', run: () => setPicking(true) },
          {
            id: 'marks.priority',
            label: t('marks:key.priority'),
            keys: 'Shift+P',
            group: 'here',
            run: () => setWeighing(true),
          },
          {
            id: 'marks.follow',
            label: t(view.following ? 'marks:key.unfollow' : 'marks:key.follow'),
            keys: 'f',
            group: 'here',
            run: () => void follow(view, me, !view.following),
          },
        ]
      : [],
  )
  const add = (
    <button
      type="button"
      className="nb small addtag"
      title={t('marks:key.tag')}
      aria-label={t('marks:key.tag')}
      onClick={() => setPicking(true)}
    >
      <IconTag size={17} stroke={1.6} aria-hidden="true" />
      {view.tags.length === 0 && <span className="muted">{t('marks:tags.word')}</span>}
    </button>
  )
  return (
    <>
      {write ? (
        <Menu
          label={t('marks:priority.title')}
          opened={weighing}
          onChange={setWeighing}
          items={priorities.map(priority => ({
            label: priorityWord(priority),
            icon: <PriorityIcon priority={priority} />,
            current: priority === view.priority,
            run: () => void prioritise(view, priority),
          }))}
          target={
            <button
              type="button"
              className="nb small prio"
              data-priority={view.priority}
              title={t('marks:priority.title')}
              aria-label={t('marks:priority.is', { priority: priorityWord(view.priority) })}
            >
              <PriorityIcon priority={view.priority} />
              {view.priority !== 0 && priorityWord(view.priority)}
            </button>
          }
        />
      ) : (
        <PriorityMark priority={view.priority} />
      )}
      {write && view.tags.length === 0 && add}
      {children}
      {view.tags.length > 0 && (
        <span className="tags">
          {view.tags.map(tag => (
            <TagChip key={tag.id} tag={tag} onTakeOff={write ? () => void takeOff(view, tag) : undefined} />
          ))}
          {write && add}
        </span>
      )}
      {picking && (
        <Suspense fallback={null}>
          <TagPicker
            title={t('marks:key.tag')}
            chosen={view.tags}
            onPut={tag => void putOn(view, tag)}
            onTakeOff={tag => void takeOff(view, tag)}
            onMake={name => void makeAndPutOn(view, name)}
            onClose={() => setPicking(false)}
          />
        </Suspense>
      )}
    </>
  )
}

/** Among what can be done in the head. */
export function FollowButton({ view, me }: { view: ConversationView; me: Person }) {
  const Icon = view.following ? IconBellCheck : IconBell
  return (
    <button
      type="button"
      className="followbutton"
      aria-pressed={view.following}
      aria-label={t('marks:follow.follow')}
      title={t(view.following ? 'marks:follow.title' : 'marks:follow.why')}
      onClick={() => void follow(view, me, !view.following)}
    >
      <Icon size={18} stroke={1.6} aria-hidden="true" />
    </button>
  )
}
