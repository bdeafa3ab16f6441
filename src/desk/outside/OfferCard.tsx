/** Options below the reply that offered them: what was picked, until when one can, and writing down what was said in words. */
import './options.css'
import { IconCircleCheck, IconListCheck } from '@tabler/icons-react'
import { useState } from 'react'
import * as contract from '../../contract/options.ts'
import { Button, firstName, Time, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask } from '../api.ts'
import { whenWords } from '../compose/whenWords.ts'
import { renewConversation } from '../conversation/conversationQuery.ts'
import { notice, noticeFailure } from '../shell/notices.ts'

type Props = { offer: contract.OfferView; conversationId: string; customer: string; mayWrite: boolean }

export function OfferCard({ offer, conversationId, customer, mayWrite }: Props) {
  const now = useNow()
  const [noting, setNoting] = useState(false)
  const [busy, setBusy] = useState(false)
  const open = Date.parse(offer.until) > now && !['withdrawn', 'replaced'].includes(offer.settled?.how ?? '')
  const name = firstName(customer)
  const act = async (run: () => Promise<unknown>, told: string) => {
    setBusy(true)
    try {
      await run()
      await renewConversation(conversationId)
      setNoting(false)
      notice({ title: told })
    } catch (problem) {
      noticeFailure(problem)
    }
    setBusy(false)
  }
  const choose = (optionId: string | null) =>
    void act(() => ask(contract.chooseFor, { offerId: offer.id, optionId, said: '' }), t('options:card.noted'))
  return (
    <section className="offercard" aria-label={t('options:card.title')} data-open={open || undefined}>
      <p className="offerhead small">
        <IconListCheck size={16} stroke={1.6} aria-hidden="true" /> <Standing offer={offer} open={open} name={name} />
      </p>
      <ol>
        {offer.options.map(option => (
          <li key={option.id} data-picked={offer.settled?.pickedId === option.id || undefined}>
            {offer.settled?.pickedId === option.id && (
              <IconCircleCheck size={17} stroke={1.8} aria-label={t('options:card.this')} />
            )}
            <div>
              <p>
                <span className="strong" dir="auto">
                  {option.words}
                </span>{' '}
                {option.cost && <bdi className="small cost">{option.cost}</bdi>}
              </p>
              <p className="small muted" dir="auto">
                {option.consequence}
              </p>
              {option.promise && <Promised promise={option.promise} />}
              {noting && offer.settled?.pickedId !== option.id && (
                <Button disabled={busy} onClick={() => choose(option.id)}>
                  {t('options:card.this')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
      {offer.settled?.said && (
        <p className="small">
          <em dir="auto">{t('conversation:quote', { words: offer.settled.said })}</em>
        </p>
      )}
      {mayWrite && open && (
        <p className="acts small">
          {noting ? (
            <>
              <button type="button" className="link" disabled={busy} onClick={() => choose(null)}>
                {t('options:card.none')}
              </button>
              <button type="button" className="link" onClick={() => setNoting(false)}>
                {t('desk:button.cancel')}
              </button>
            </>
          ) : (
            <>
              <button type="button" className="link" onClick={() => setNoting(true)}>
                {t('options:card.note', { name })}
              </button>
              {!offer.settled && (
                <button
                  type="button"
                  className="link"
                  disabled={busy}
                  onClick={() =>
                    void act(() => ask(contract.withdrawOffer, { offerId: offer.id }), t('options:card.withdrawnDone'))
                  }
                >
                  {t('options:card.withdraw')}
                </button>
              )}
            </>
          )}
        </p>
      )}
    </section>
  )
}

function Standing({ offer, open, name }: { offer: contract.OfferView; open: boolean; name: string }) {
  const place = usePlace()
  const { settled } = offer
  const until = whenWords(offer.until, place)
  if (!settled) return <span>{t(open ? 'options:card.open' : 'options:card.over', { name, when: until })}</span>
  return (
    <span>
      {t(`options:card.${settled.how}`, { name, who: settled.by ? firstName(settled.by.name) : '' })}{' '}
      <Time at={settled.at} shown="short" />
    </span>
  )
}

function Promised({ promise }: { promise: NonNullable<contract.OfferView['options'][number]['promise']> }) {
  const place = usePlace()
  return (
    <p className="small muted" dir="auto">
      {t('options:card.promise', { words: promise.words, when: whenWords(promise.dueAt, place) })}
    </p>
  )
}
