/** Absences being entered and shown: one's own, a team's, or everybody's. Who answers meanwhile stands beside each. */
import './sorting.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type AbsenceView, absences, addAbsence, covering, endAbsence } from '../../contract/absences.ts'
import { myPromises } from '../../contract/promises.ts'
import { Button, Choice, Field, Portrait, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { dayWords } from '../compose/whenWords.ts'
import { Refused } from '../session/Refused.tsx'
import { Row, Section } from '../settings/Section.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { absencesQuery, dayFrom, lastDay, midnight } from './absence.ts'

type Person = { id: string; name: string }
type Props = {
  title: string
  note: string
  none: string
  /** whose absences are entered here */
  members: readonly Person[]
  /** who may stand in */
  deputies: readonly Person[]
}

export function Absences({ title, note, none, members, deputies }: Props) {
  const asked = useQuery(absencesQuery)
  const shown = asked.data?.absences.filter(({ member }) => members.some(({ id }) => id === member.id)) ?? []
  return (
    <Section title={title} note={note}>
      <ul className="ledge" data-plain>
        {shown.map(one => (
          <AbsenceRow key={one.id} one={one} />
        ))}
      </ul>
      {asked.isSuccess && shown.length === 0 && <p className="small muted note">{none}</p>}
      {members.length > 0 && <AddAbsence members={members} deputies={deputies} />}
    </Section>
  )
}

const renewAll = () => renew(cache, absences, covering, myPromises)

function AbsenceRow({ one }: { one: AbsenceView }) {
  const now = useNow()
  const place = usePlace()
  const runs = Date.parse(one.from) <= now
  const { name } = one.member
  const ending = useMutation({
    mutationFn: () => ask(endAbsence, { absenceId: one.id }),
    onSuccess: () => {
      renewAll()
      notice({ title: t(runs ? 'sorting:away.ended' : 'sorting:away.removed', { name }), onUndo: () => again.mutate() })
    },
    onError: error => noticeFailure(error),
  })
  const again = useMutation({
    mutationFn: () => {
      // What was away already is told; what is left of it is given back.
      const from = new Date(Math.max(Date.parse(one.from), Date.now())).toISOString()
      return ask(addAbsence, { memberId: one.member.id, from, to: one.to, deputyId: one.deputy?.id ?? null })
    },
    onSuccess: renewAll,
    onError: error => noticeFailure(error),
  })
  return (
    <Row
      icon={<Portrait name={name} us />}
      acts={
        one.mine && (
          <Button
            kind="quiet"
            busy={ending.isPending}
            aria-label={t(runs ? 'sorting:away.endOf' : 'sorting:away.removeOf', { name })}
            onClick={() => ending.mutate()}
          >
            {t(runs ? 'sorting:away.end' : 'sorting:away.remove')}
          </Button>
        )
      }
    >
      <p>
        <span className="strong">{name}</span>{' '}
        <span className="muted">
          {runs
            ? t('sorting:away.now', { until: lastDay(one.to, place) })
            : t('sorting:away.later', { from: dayWords(one.from, place), until: lastDay(one.to, place) })}
        </span>
      </p>
      <p className="small muted">
        {one.deputy ? t('sorting:away.answers', { name: one.deputy.name }) : t('sorting:away.dutyAnswers')}
      </p>
    </Row>
  )
}

function AddAbsence({ members, deputies }: Pick<Props, 'members' | 'deputies'>) {
  const place = usePlace()
  const [given, setGiven] = useState(() => ({
    memberId: members[0]?.id ?? '',
    from: dayFrom(Date.now(), 1, place.zone),
    to: dayFrom(Date.now(), 7, place.zone),
    deputyId: '',
  }))
  const memberId = members.some(({ id }) => id === given.memberId) ? given.memberId : (members[0]?.id ?? '')
  const from = midnight(given.from, place.zone)
  const to = midnight(given.to, place.zone, 1)
  const turned = from !== null && to !== null && to <= from
  const adding = useMutation({
    mutationFn: () =>
      ask(addAbsence, {
        memberId,
        from: from?.toISOString() ?? '',
        to: to?.toISOString() ?? '',
        deputyId: given.deputyId || null,
      }),
    onSuccess: renewAll,
  })
  return (
    <form
      className="form wide"
      onSubmit={event => {
        event.preventDefault()
        adding.mutate()
      }}
    >
      <Refused error={adding.error} title={t('sorting:away.failed')} />
      <div className={members.length > 1 ? 'pair' : 'trio'}>
        {members.length > 1 && (
          <Choice
            label={t('sorting:away.who')}
            value={memberId}
            onChange={event => setGiven({ ...given, memberId: event.currentTarget.value, deputyId: '' })}
          >
            {members.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Choice>
        )}
        <Field
          label={t('sorting:away.from')}
          type="date"
          required
          value={given.from}
          onChange={event => setGiven({ ...given, from: event.currentTarget.value })}
        />
        <Field
          label={t('sorting:away.to')}
          type="date"
          required
          value={given.to}
          error={turned ? t('sorting:away.turned') : undefined}
          onChange={event => setGiven({ ...given, to: event.currentTarget.value })}
        />
        <Choice
          label={t('sorting:away.deputy')}
          value={given.deputyId}
          onChange={event => setGiven({ ...given, deputyId: event.currentTarget.value })}
        >
          <option value="">{t('sorting:away.nobody')}</option>
          {deputies
            .filter(({ id }) => id !== memberId)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Choice>
      </div>
      <p className="acts">
        <Button submit busy={adding.isPending} disabled={turned || from === null || to === null || !memberId}>
          {t('sorting:away.act')}
        </Button>
      </p>
    </form>
  )
}
