/** Who it is, in a line what it is, how recently we were in touch, and the three things one does here. */
import { IconNote, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Button, dayOf, Portrait, rippleOf, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { useActions } from '../shell/actions.ts'
import { NoteDialog } from './NoteDialog.tsx'
import type { Organisation, Person, Subject } from './queries.ts'

/** Where nobody has said a rhythm, silence is measured by this. */
export const usualRhythm = 90

type Props = {
  subject: Subject
  page: Person | Organisation
  onWrite: (() => void) | null
  /** in its place, where one chooses to whom */
  write?: ReactNode
  /** keeper and rhythm */
  care?: ReactNode
  /** noting a call or visit */
  touch?: ReactNode
  more: ReactNode
}

export function Head({ subject, page, onWrite, write, care, touch, more }: Props) {
  const [noting, setNoting] = useState(false)
  const now = useNow()
  const place = usePlace()
  const { lastAt, rhythmDays } = page.contact
  const days = lastAt === null ? null : dayOf(now, place.zone) - dayOf(Date.parse(lastAt), place.zone)
  useActions([
    ...(onWrite
      ? [
          {
            id: 'relation.write',
            label: t('relationship:act.write'),
            keys: 'r',
            group: 'here' as const,
            icon: IconPencil,
            run: onWrite,
          },
        ]
      : []),
    {
      id: 'relation.note',
      label: t('relationship:act.note'),
      keys: 'n',
      group: 'here' as const,
      icon: IconNote,
      run: () => setNoting(true),
    },
  ])
  return (
    <header className="relhead">
      <Portrait
        name={page.name}
        size="xl"
        {...(days === null ? {} : { ripple: rippleOf(days, rhythmDays ?? usualRhythm) })}
      />
      <div className="what">
        <h1 className="title" dir="auto">
          {page.name}
        </h1>
        <p>
          <Line page={page} days={days} />
        </p>
        {care}
        <div className="acts">
          {onWrite && (
            <Button kind="primary" icon={<IconPencil size={18} stroke={1.6} aria-hidden="true" />} onClick={onWrite}>
              {t('relationship:act.write')}
            </Button>
          )}
          {write}
          {touch}
          <Button
            kind="inside"
            icon={<IconNote size={18} stroke={1.6} aria-hidden="true" />}
            onClick={() => setNoting(true)}
          >
            {t('relationship:act.note')}
          </Button>
          {more}
        </div>
      </div>
      {noting && <NoteDialog subject={subject} name={page.name} onClose={() => setNoting(false)} />}
    </header>
  )
}

/** "Rotterdam. Known since March 2019. Last in touch today." */
function Line({ page, days }: { page: Person | Organisation; days: number | null }) {
  const place = usePlace()
  const since = new Intl.DateTimeFormat(place.language, { month: 'long', year: 'numeric', timeZone: place.zone })
  const about = page.about.trim()
  return (
    <>
      {about && (
        <bdi className="about">
          {about}
          {/[.!?…。؟]$/.test(about) ? '' : '.'}
        </bdi>
      )}{' '}
      {t('relationship:line.since', { month: since.format(Date.parse(page.since)) })}{' '}
      {days === null
        ? t('relationship:line.never')
        : days === 0
          ? t('relationship:line.today')
          : t('relationship:line.days', { count: days })}
    </>
  )
}
