/** On Today: for whom one answers while they are away; above the promises, and beside each that is theirs. */
import './away.css'
import { IconBeach } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { firstName, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { coveringQuery, lastDay } from './absence.ts'

export function Covering() {
  const asked = useQuery(coveringQuery)
  const place = usePlace()
  const all = asked.data?.covering ?? []
  if (all.length === 0) return null
  return (
    <div className="awayline small">
      <IconBeach size={17} stroke={1.6} aria-hidden="true" />
      <span>
        {all.map(({ member, until }) => (
          <span key={member.id}>
            {t('sorting:away.covering', {
              name: member.name,
              until: lastDay(until, place),
            })}{' '}
          </span>
        ))}
      </span>
    </div>
  )
}

/** "for Ana until Friday", where the promise is of somebody one covers. */
export function CoveredFor({ personId }: { personId: string }) {
  const asked = useQuery(coveringQuery)
  const place = usePlace()
  const one = asked.data?.covering.find(({ member }) => member.id === personId)
  if (!one) return null
  const until = lastDay(one.until, place)
  return (
    <span className="x">
      {' · '}
      {t('sorting:away.for', { name: firstName(one.member.name), until })}
    </span>
  )
}
