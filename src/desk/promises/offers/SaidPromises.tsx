/** Under what a customer wrote, or what was said on the phone: what sounds like a promise, to be written down with a yes. */
import '../promises.css'
import { IconCirclePlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ConversationView, MessageView } from '../../../contract/conversations.ts'
import { shortMoment, useNow, usePlace } from '../../../ui/index.ts'
import { t } from '../../../words/promises.ts'
import { NoteDialog } from '../NoteDialog.tsx'
import { offeredWords } from './Offers.tsx'
import { type Offer, useOffers } from './useOffers.ts'

type View = Pick<ConversationView, 'id' | 'neededBy' | 'customer' | 'promises' | 'may'>
const refusedKey = 'pond-no-promise'

/** A no is remembered in this browser, for the last few hundred. */
function refusedBefore(): string[] {
  try {
    return JSON.parse(localStorage.getItem(refusedKey) ?? '[]') as string[]
  } catch {
    return []
  }
}

export function SaidPromises({ message, view }: { message: MessageView; view: View }) {
  const place = usePlace()
  const now = useNow()
  const theirs = message.kind === 'message' && message.author?.id === view.customer.id
  const spoken = theirs || message.kind === 'call'
  const text = spoken ? (message.trimmed ?? message.text) : ''
  const noted = message.promises.some(({ direction }) => direction === 'theirs')
  const offers = useOffers({
    html: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>'),
    language: message.language,
    zone: place.zone,
    off: !spoken || noted || !view.may.write,
  })
  const [refused, setRefused] = useState(refusedBefore)
  const [noting, setNoting] = useState<Offer | null>(null)
  const shown = offers.filter(({ key }) => !refused.includes(`${message.id} ${key}`)).slice(0, 2)
  if (shown.length === 0) return null
  const no = (offer: Offer) => {
    const next = [...refusedBefore(), `${message.id} ${offer.key}`].slice(-300)
    setRefused(next)
    try {
      localStorage.setItem(refusedKey, JSON.stringify(next))
    } catch {
      // A browser that keeps nothing asks again.
    }
  }
  return (
    <ul className="promised small" aria-label={t('promises:offer.label')}>
      {shown.map(offer => (
        <li key={offer.key} data-offer>
          <IconCirclePlus size={16} stroke={1.6} aria-hidden="true" />
          <span className="words" title={offer.sentence}>
            {theirs
              ? offeredWords(view.customer.name, offer, shortMoment(Date.parse(offer.dueAt), now, place))
              : t('promises:offer.says', {
                  words: offer.words,
                  time: shortMoment(Date.parse(offer.dueAt), now, place),
                })}
          </span>
          <button type="button" className="link" onClick={() => setNoting(offer)}>
            {t('promises:offer.yesThem')}
          </button>
          <button type="button" className="link muted" onClick={() => no(offer)}>
            {t('promises:offer.no')}
          </button>
        </li>
      ))}
      {noting && (
        <NoteDialog
          of={{
            ...{ conversationId: view.id, customer: view.customer.name, neededBy: view.neededBy },
            ...{ messageId: message.id, direction: theirs ? 'theirs' : 'ours' },
            ...{ words: noting.words, dueAt: noting.dueAt },
          }}
          onDone={() => no(noting)}
          onClose={() => setNoting(null)}
        />
      )}
    </ul>
  )
}
