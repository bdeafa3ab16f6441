/** What sounds like a promise is offered as one, and what was said yes to goes with the message. Makes nothing by itself; a no is remembered while one writes. */
import '../promises.css'
import { IconCircleCheck, IconCirclePlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { firstName, shortMoment, useNow, usePlace } from '../../../ui/index.ts'
import { t } from '../../../words/promises.ts'
import { useActions } from '../../shell/actions.ts'
import type { Kept } from './promised.ts'
import { type Offer, useOffers } from './useOffers.ts'

type Props = {
  html: string
  language: string | null
  neededBy: string | null
  promised: readonly Kept[]
  onChange: (promised: Kept[]) => void
  /** takes the offer another way, as the next step: then it returns true */
  onTake?: (offer: Offer) => boolean
  /** the words of what is promised already by the next step */
  taken?: string
  inside?: boolean
  off?: boolean
}

export function Offers({ html, language, neededBy, promised, onChange, onTake, taken, inside, off = false }: Props) {
  const place = usePlace()
  const now = useNow()
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set())
  const offers = useOffers({ html, language, zone: place.zone, off }).filter(
    ({ key, words }) => !refused.has(key) && words !== taken && !promised.some(one => one.key === key),
  )
  const first = offers[0]
  const yes = (offer: Offer) => {
    setRefused(before => new Set(before).add(offer.key))
    if (onTake?.(offer)) return
    const { key, words, dueAt } = offer
    onChange([...promised, { key, direction: 'ours', words, dueAt }])
  }
  useActions(
    first
      ? [
          {
            id: 'compose.promise',
            label: t('promises:offer.key'),
            keys: 'Alt+KeyP',
            group: 'writing',
            inFields: true,
            run: () => yes(first),
          },
        ]
      : [],
  )
  if (offers.length === 0 && promised.length === 0) return null
  const time = (at: string) => shortMoment(Date.parse(at), now, place)
  const late = (at: string) => neededBy !== null && Date.parse(at) > Date.parse(neededBy)
  return (
    <ul className="promised small" aria-label={t('promises:offer.label')} aria-live="polite">
      {promised.map(one => (
        <li key={one.key}>
          <IconCircleCheck size={16} stroke={1.6} aria-hidden="true" />
          <span className="muted">{t('promises:offer.added')}</span>
          <span className="words">
            <bdi>{one.words}</bdi> <b>{t('desk:promise.by', { time: time(one.dueAt) })}</b>
            {one.direction === 'ours' && late(one.dueAt) && <span className="warm"> · {t('promises:offer.late')}</span>}
          </span>
          <button
            type="button"
            className="icon"
            aria-label={t('promises:offer.drop')}
            title={t('promises:offer.drop')}
            onClick={() => onChange(promised.filter(each => each !== one))}
          >
            <IconX size={14} stroke={1.6} aria-hidden="true" />
          </button>
        </li>
      ))}
      {offers.map(offer => (
        <li key={offer.key} data-offer>
          <IconCirclePlus size={16} stroke={1.6} aria-hidden="true" />
          <span className="muted">{t('promises:offer.label')}</span>
          <span className="words" title={offer.sentence}>
            <bdi>{offer.words}</bdi> <b>{t('desk:promise.by', { time: time(offer.dueAt) })}</b>
            {late(offer.dueAt) && <span className="warm"> · {t('promises:offer.late')}</span>}
          </span>
          <button type="button" className="link" onClick={() => yes(offer)}>
            {t('promises:offer.yes')}
          </button>
          <button
            type="button"
            className="link muted"
            onClick={() => setRefused(before => new Set(before).add(offer.key))}
          >
            {t('promises:offer.no')}
          </button>
          {inside && <span className="muted">{t('promises:offer.inNote')}</span>}
        </li>
      ))}
    </ul>
  )
}

/** "Ana: send the log, by Friday", under what they wrote or said on the phone. */
export function offeredWords(name: string, offer: Offer, time: string): string {
  return t('promises:offer.saysThem', { name: firstName(name), words: offer.words, time })
}
