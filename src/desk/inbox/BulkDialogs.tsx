/** What some acts on the chosen rows ask first: whom, which tag, how urgent, which team and why, until when. */
import { IconClock, IconFlag, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Row } from '../../contract/conversations.ts'
import { makeTag, type TagRef } from '../../contract/tags.ts'
import { colleagues, teams } from '../../contract/teams.ts'
import { wallOf } from '../../contract/wall-clock.ts'
import { Area, Choice, Field, Portrait, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, query } from '../api.ts'
import { whenTyped } from '../compose/whenTyped.ts'
import { likelyTimes, typedWords, whenWords } from '../compose/whenWords.ts'
import { PriorityIcon, priorities, priorityWord } from '../marks/Priority.tsx'
import { TagPicker } from '../marks/TagPicker.tsx'
import { Dialog } from '../pieces/Dialog.tsx'
import { Picker } from '../pieces/Picker.tsx'
import { marked, matches } from '../shell/matching.tsx'
import { noticeFailure } from '../shell/notices.ts'
import type { Asking, Does } from './bulkTypes.ts'

type Props = { what: Exclude<Asking, 'close'>; rows: Row[]; onDo: Does; onClose: () => void }

export function BulkDialogs(props: Props) {
  if (props.what === 'assign') return <Assign {...props} />
  if (props.what === 'tag') return <Tag {...props} />
  if (props.what === 'priority') return <HowUrgent {...props} />
  if (props.what === 'snooze') return <Later {...props} />
  return <Move {...props} />
}

function Assign({ rows, onDo, onClose }: Props) {
  const [text, setText] = useState('')
  const { data } = useQuery(query(colleagues, {}))
  const teamIds = new Set(rows.map(({ teamId }) => teamId))
  // Whoever is in all of their teams first; others would be refused for some.
  const people = (data?.colleagues ?? []).filter(
    each => each.teams.some(id => teamIds.has(id)) && matches(each.name, text.trim()),
  )
  return (
    <Picker
      title={t('views:ask.assign', { count: rows.length })}
      placeholder={t('views:ask.whom')}
      icon={<IconUserPlus className="i" aria-hidden="true" />}
      nothing={t('views:ask.nobody')}
      act={t('views:pick.choose')}
      items={people.map(person => ({
        id: person.id,
        icon: <Portrait name={person.name} us size="s" />,
        words: <bdi>{marked(person.name, text.trim())}</bdi>,
        run: () => {
          onClose()
          onDo({ is: 'assign', memberId: person.id }, 'assign', { owner: { id: person.id, name: person.name } })
        },
      }))}
      {...{ text, onClose }}
      onText={setText}
    />
  )
}

function Tag({ rows, onDo, onClose }: Props) {
  const [on, setOn] = useState<TagRef[]>(() =>
    (rows[0]?.tags ?? []).filter(tag => rows.every(row => row.tags.some(({ id }) => id === tag.id))),
  )
  const put = (tag: TagRef) => {
    setOn(before => [...before, tag])
    onDo({ is: 'tag', tagId: tag.id }, 'tag')
  }
  return (
    <TagPicker
      title={t('views:ask.tag', { count: rows.length })}
      chosen={on}
      onPut={put}
      onTakeOff={tag => {
        setOn(before => before.filter(({ id }) => id !== tag.id))
        onDo({ is: 'untag', tagId: tag.id }, 'untag')
      }}
      onMake={name => void ask(makeTag, { name }).then(({ tag }) => put(tag), noticeFailure)}
      onClose={onClose}
    />
  )
}

function HowUrgent({ rows, onDo, onClose }: Props) {
  const [text, setText] = useState('')
  return (
    <Picker
      title={t('views:ask.priority', { count: rows.length })}
      placeholder={t('views:kind.priority')}
      icon={<IconFlag className="i" aria-hidden="true" />}
      nothing={t('views:ask.none')}
      act={t('views:pick.choose')}
      items={priorities
        .filter(priority => matches(priorityWord(priority), text.trim()))
        .map(priority => ({
          id: String(priority),
          icon: <PriorityIcon priority={priority} />,
          words: marked(priorityWord(priority), text.trim()),
          run: () => {
            onClose()
            onDo({ is: 'priority', priority }, 'priority', { priority })
          },
        }))}
      {...{ text, onClose }}
      onText={setText}
    />
  )
}

function Later({ rows, onDo, onClose }: Props) {
  const place = usePlace()
  const [text, setText] = useState('')
  const [now] = useState(() => new Date())
  const usual = { ...wallOf(now, place.zone), hour: 9, minute: 0 }
  const typed = text.trim()
    ? whenTyped(text, { now, zone: place.zone, language: place.language, words: typedWords(), usual })
    : null
  const item = (id: string, words: string, at: string) => ({
    id,
    words,
    aside: whenWords(at, place),
    run: () => {
      onClose()
      onDo({ is: 'snooze', until: at }, 'snooze', { snoozedUntil: at })
    },
  })
  const likely = likelyTimes(now, place.zone)
    .map(({ key, at }) => item(key, t(`compose:likely.${key}`), at))
    .filter(({ words }) => matches(words, text.trim()))
  return (
    <Picker
      title={t('views:ask.snooze', { count: rows.length })}
      placeholder={t('compose:when.example')}
      icon={<IconClock className="i" aria-hidden="true" />}
      nothing={t('compose:when.unread')}
      act={t('views:pick.choose')}
      items={[...(typed && typed > now ? [item('typed', text.trim(), typed.toISOString())] : []), ...likely]}
      {...{ text, onClose }}
      onText={setText}
    />
  )
}

function Move({ rows, onDo, onClose }: Props) {
  const from = new Set(rows.map(({ teamId }) => teamId))
  const others = (useQuery(query(teams, {})).data?.teams ?? []).filter(({ id }) => from.size > 1 || !from.has(id))
  const [chosen, setChosen] = useState('')
  const [reason, setReason] = useState('')
  const [introduction, setIntroduction] = useState('')
  const [error, setError] = useState<string>()
  const team = others.find(({ id }) => id === chosen) ?? others[0]
  const act = () => {
    if (!team) return setError(t('views:ask.noTeam'))
    if (!reason.trim()) return setError(t('conversation:handOver.needsReason'))
    const introduces = introduction.trim()
    onClose()
    onDo(
      { is: 'move', toTeamId: team.id, reason: reason.trim(), ...(introduces ? { introduction: introduces } : {}) },
      'move',
    )
  }
  return (
    <Dialog
      title={t('views:ask.move', { count: rows.length })}
      act={t('views:ask.moveAct', { count: rows.length })}
      {...{ error, onClose }}
      onAct={act}
    >
      <Choice
        label={t('conversation:handOver.team')}
        data-autofocus
        value={team?.id ?? ''}
        onChange={event => setChosen(event.target.value)}
      >
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Field
        label={t('conversation:handOver.reason')}
        help={t('conversation:handOver.reasonHelp')}
        dir="auto"
        maxLength={2000}
        value={reason}
        onChange={event => setReason(event.target.value)}
      />
      <Area
        label={t('views:ask.introduction')}
        help={t('views:ask.introductionHelp')}
        dir="auto"
        rows={3}
        maxLength={2000}
        value={introduction}
        onChange={event => setIntroduction(event.target.value)}
      />
    </Dialog>
  )
}
