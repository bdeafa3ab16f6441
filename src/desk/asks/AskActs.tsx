/** What whoever asked can do with an ask: relay the answer, go on asking, write down a time, say thanks, or let it be. */
import { IconArrowDownRight, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import * as contract from '../../contract/asks.ts'
import type { Endpoint } from '../../contract/kit.ts'
import { Area, Button, firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, type Input } from '../api.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewAsks } from './queries.ts'
import { relayInto } from './relaying.ts'

const look = { size: 17, stroke: 1.6, 'aria-hidden': true } as const
type Doing = 'further' | 'thanks' | 'time' | null

export function AskActs({ view, me }: { view: contract.AskView; me: string }) {
  const [doing, setDoing] = useState<Doing>(null)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const name = firstName(view.expert.name)
  if (!view.may.tend) return null
  const act = async <E extends Endpoint>(endpoint: E, input: Input<E>, said: string) => {
    setBusy(true)
    try {
      await ask(endpoint, input)
      notice({ title: said })
      setDoing(null)
      setText('')
    } catch (problem) {
      noticeFailure(problem)
    }
    setBusy(false)
    renewAsks()
  }
  const relay = async (introduce: boolean) => {
    setBusy(true)
    await relayInto(view, me, introduce)
    setBusy(false)
  }
  const send = () => {
    if (!text.trim()) return
    if (doing === 'thanks')
      void act(contract.thankExpert, { askId: view.id, words: text.trim() }, t('asks:thanksSent', { name }))
    else void act(contract.writeInAsk, { askId: view.id, body: text.trim(), is: 'question' }, t('asks:asked', { name }))
  }
  const open = (what: Doing) => {
    setText('')
    setDoing(now => (now === what ? null : what))
  }
  return (
    <div className="askacts">
      {view.state === 'answered' && (
        <p className="buttons">
          <Button
            kind="inside"
            busy={busy}
            icon={<IconArrowDownRight className="flips" {...look} />}
            onClick={() => void relay(false)}
          >
            {t('asks:relay')}
          </Button>
          {view.expert.address && (
            <Button kind="quiet" icon={<IconUserPlus {...look} />} onClick={() => void relay(true)}>
              {t('asks:introduce', { name })}
            </Button>
          )}
        </p>
      )}
      <p className="links small">
        <button type="button" className="link" aria-expanded={doing === 'further'} onClick={() => open('further')}>
          {t('asks:further')}
        </button>
        {view.may.nameTime && (
          <button type="button" className="link" aria-expanded={doing === 'time'} onClick={() => open('time')}>
            {t('asks:saidWhen', { name })}
          </button>
        )}
        {view.answeredAt && !view.thanks && (
          <button type="button" className="link" aria-expanded={doing === 'thanks'} onClick={() => open('thanks')}>
            {t('asks:thank', { name })}
          </button>
        )}
        {(view.state === 'open' || view.state === 'answered') && (
          <button
            type="button"
            className="link"
            onClick={() => void act(contract.closeAsk, { askId: view.id }, t('asks:letBe', { name }))}
          >
            {t('asks:notNeeded')}
          </button>
        )}
      </p>
      {doing === 'time' && (
        <div className="asktime">
          <WhenField
            open
            value={view.promise?.dueAt ?? null}
            label={t('asks:saidWhenLabel', { name })}
            onChange={dueAt => void act(contract.nameTime, { askId: view.id, dueAt }, t('asks:timeNoted', { name }))}
          />
        </div>
      )}
      {(doing === 'further' || doing === 'thanks') && (
        <form
          className="askwrite"
          onSubmit={event => {
            event.preventDefault()
            send()
          }}
        >
          <Area
            label={doing === 'thanks' ? t('asks:thankLabel', { name }) : t('asks:furtherLabel', { name })}
            dir="auto"
            rows={doing === 'thanks' ? 2 : 3}
            maxLength={2000}
            autoFocus
            value={text}
            onChange={event => setText(event.target.value)}
            onKeyDown={event => {
              event.stopPropagation()
              if (event.key === 'Escape') setDoing(null)
              else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
            }}
          />
          <p className="buttons">
            <Button kind="inside" submit busy={busy} disabled={!text.trim()}>
              {doing === 'thanks' ? t('asks:sayThanks') : t('asks:act')}
            </Button>
            <Button kind="quiet" onClick={() => setDoing(null)}>
              {t('desk:button.cancel')}
            </Button>
          </p>
        </form>
      )}
    </div>
  )
}
