/** Beside the picture: who is looked at, who is past their rhythm, and how to read it. Says nothing that the table does not. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type Owed, pondOne } from '../../contract/pond.ts'
import { Bones, ErrorState, Portrait, PromiseChip, rippleOf, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { useMe } from '../session/me.ts'
import { Going } from './Going.tsx'
import { daysSince, isPast, type Relation } from './relations.ts'
import { checkInOf, pageOf } from './where.ts'
import { daysBetween, sinceWords } from './words.ts'

type Props = { relations: readonly Relation[]; chosen: Relation | undefined; onChoose: (relation: Relation) => void }

const listed = 6

export function PondSide({ relations, chosen, onChoose }: Props) {
  return (
    <aside className="pondside">
      {chosen && <Chosen key={chosen.id} relation={chosen} />}
      <PastRhythm relations={relations} onChoose={onChoose} />
      <HowToRead />
    </aside>
  )
}

export function Chosen({ relation }: { relation: Relation }) {
  const asked = useQuery(query(pondOne, { aboutId: relation.id }))
  const [now, place, me] = [useNow(), usePlace(), useMe()]
  const one = asked.data
  const { lastAt, rhythm } = relation
  const ripple = lastAt !== null && rhythm !== null ? { ripple: rippleOf(daysSince(lastAt, now), rhythm) } : {}
  return (
    <section aria-label={t('pond:about', { name: relation.name })}>
      <div className="sel">
        <Portrait name={relation.name} size="l" {...ripple} />
        <div>
          <p className="nm">{relation.name}</p>
          <p className="small muted">{one && [one.people[0]?.name, one.about].filter(Boolean).join(', ')}</p>
        </div>
      </div>
      {asked.isPending && <Bones shape="list" rows={1} />}
      {asked.isError && !one && <ErrorState asked={asked} />}
      {one && (
        <>
          <p>
            {sinceWords(one, now, place)}{' '}
            {one.rhythmDays === null ? t('pond:usuallyNone') : t('pond:usually', { count: one.rhythmDays })}{' '}
            {one.owed.length === 0 && t('pond:nothingOwed')}
          </p>
          {one.owed.length > 0 && (
            <ul className="owing">
              {one.owed.map(promise => (
                <li key={promise.id}>
                  <PromiseChip promise={promise} bare />
                </li>
              ))}
            </ul>
          )}
          <p className="small muted kept">
            {one.keeper === null
              ? t('pond:keptByNobody')
              : one.keeper.id === me.id
                ? t('pond:keptByYou')
                : t('pond:keptBy', { name: one.keeper.name })}
          </p>
          <p className="acts">
            <Going className="btn" data-primary to={checkInOf(one)}>
              {t('pond:checkIn')}
            </Going>
            <Going className="btn" data-quiet to={pageOf(one)}>
              {t('pond:open')}
            </Going>
          </p>
        </>
      )}
    </section>
  )
}

function PastRhythm({ relations, onChoose }: Omit<Props, 'chosen'>) {
  const [now, place] = [useNow(), usePlace()]
  const past = useMemo(
    () => relations.filter(each => isPast(each, now)).sort((a, b) => (a.lastAt ?? 0) - (b.lastAt ?? 0)),
    [relations, now],
  )
  return (
    <section>
      <h2 className="section">{t('pond:pastTitle')}</h2>
      {past.length === 0 && <p className="small muted">{t('pond:pastNone')}</p>}
      <ul className="past">
        {past.slice(0, listed).map(each => (
          <li key={each.id}>
            <button type="button" onClick={() => onChoose(each)}>
              <span className="cut">{each.name}</span>
              <span className="muted num">
                {each.lastAt === null
                  ? t('pond:neverShort')
                  : t('pond:days', { count: daysBetween(each.lastAt, now, place) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {past.length > listed && (
        <Link className="link small" to="/pond" search={{ as: 'table', show: 'past', sort: 'touch' }}>
          {t('pond:pastAll', { count: past.length })}
        </Link>
      )}
    </section>
  )
}

const key: readonly Owed[] = ['late', 'ours', 'theirs', 'theirs-late', 'nothing']

function HowToRead() {
  return (
    <section>
      <h2 className="section">{t('pond:howTitle')}</h2>
      <p className="small muted">{t('pond:how')}</p>
      <ul className="key small">
        {key.map(owed => (
          <li key={owed}>
            <span className="dot" data-owed={owed} aria-hidden="true" />
            <span>{t(`pond:key.${owed}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
