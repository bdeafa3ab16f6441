/** In a conversation: its owner is away, and who answers meanwhile. Nothing while they are here. */
import './away.css'
import { IconBeach } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ConversationView } from '../../contract/conversations.ts'
import { firstName, fullMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { absencesQuery, awayNow, lastDay } from './absence.ts'

export function AwayLine({ view, me }: { view: ConversationView; me: string }) {
  const asked = useQuery({ ...absencesQuery, enabled: view.owner !== null })
  const now = useNow()
  const place = usePlace()
  const away = view.owner && awayNow(asked.data?.absences, view.owner.id, now)
  const over = view.state === 'closed' || view.state === 'spam' || view.state === 'trash' || view.state === 'merged'
  if (!away || over) return null
  const key = away.member.id === me ? 'lineMine' : view.answering.id === me ? 'lineYou' : 'line'
  return (
    <p className="awayline small" title={fullMoment(Date.parse(away.to), place)}>
      <IconBeach size={17} stroke={1.6} aria-hidden="true" />
      {t(`sorting:away.${key}`, {
        name: firstName(away.member.name),
        until: lastDay(away.to, place),
        deputy: firstName(view.answering.name),
      })}
    </p>
  )
}
