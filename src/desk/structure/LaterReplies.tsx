/** Replies that wait for their time, at the end of the stream: when they go, and what can be done until then. One that stopped says why. */
import './structure.css'
import { IconClockHour4, IconMessagePause } from '@tabler/icons-react'
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/structure.ts'
import { Button, firstName, fullMoment, Portrait, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { whenWords } from '../compose/whenWords.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { notice } from '../shell/notices.ts'
import { backToDraft } from './backToDraft.ts'
import { actOn, useStructure } from './structureQuery.ts'

type Waiting = contract.Structure['later'][number]

export function LaterReplies({ view, me }: { view: ConversationView; me: string }) {
  const later = useStructure(view.id)?.later ?? []
  return later.map(reply => <LaterReply key={reply.id} reply={reply} view={view} mine={reply.author.id === me} />)
}

function LaterReply({ reply, view, mine }: { reply: Waiting; view: ConversationView; mine: boolean }) {
  const place = usePlace()
  const [changing, setChanging] = useState(false)
  const { stopped } = reply
  const name = firstName(reply.author.name)
  const who = reply.recipients.map(({ address }) => address).join(', ')
  const gaps = { name, customer: firstName(view.customer.name), when: whenWords(reply.sendAt, place) }
  const voice = mine ? 'you' : 'they'
  const sendNow = async () => {
    const done = await actOn(contract.sendLaterNow, { laterId: reply.id })
    if (done) notice({ tone: 'sending', title: t('compose:sent.gone', { names: who }), detail: view.subject })
  }
  return (
    <article
      className="said waitsuntil"
      data-ours
      data-stopped={stopped ? true : undefined}
      aria-label={t('structure:waiting.label', gaps)}
    >
      <Portrait name={reply.author.name} us />
      <div>
        <p className="by">
          <bdi className="strong">{reply.author.name}</bdi>{' '}
          <span className="muted small way">
            <bdi>{t('conversation:to', { names: who })}</bdi>
          </span>
        </p>
        <p className="whenline small" role="status">
          {stopped ? (
            <IconMessagePause size={18} stroke={1.6} aria-hidden="true" />
          ) : (
            <IconClockHour4 size={18} stroke={1.6} aria-hidden="true" />
          )}
          {stopped ? (
            <span>
              <span className="strong">{t(`structure:waiting.stopped.${voice}`, gaps)}</span>{' '}
              {t(`structure:waiting.because.${stopped.because}`, {
                ...gaps,
                defaultValue: t('structure:waiting.because.other', gaps),
              })}
            </span>
          ) : (
            <span title={fullMoment(Date.parse(reply.sendAt), place)}>
              <span className="strong">{t('structure:waiting.goes', gaps)}</span> {t('structure:waiting.unless', gaps)}
            </span>
          )}
        </p>
        <p className="read waitswords" dir="auto">
          {reply.text}
        </p>
        {reply.files.length > 0 && (
          <p className="small muted">{reply.files.map(({ name: file }) => file).join(', ')}</p>
        )}
        {mine && view.may.write && (
          <div className="acts">
            <Button onClick={() => void backToDraft(view, reply.author.id, reply.id)}>
              {t('structure:waiting.goOn')}
            </Button>
            {!stopped && (
              <Button kind="quiet" onClick={() => setChanging(true)}>
                {t('structure:waiting.change')}
              </Button>
            )}
            <Button kind="quiet" onClick={() => void sendNow()}>
              {t(stopped ? 'structure:waiting.asItIs' : 'structure:waiting.now')}
            </Button>
            {stopped && (
              <Button kind="quiet" onClick={() => void actOn(contract.dropLater, { laterId: reply.id })}>
                {t('structure:waiting.drop')}
              </Button>
            )}
          </div>
        )}
      </div>
      {changing && <ChangeTime reply={reply} onClose={() => setChanging(false)} />}
    </article>
  )
}

function ChangeTime({ reply, onClose }: { reply: Waiting; onClose: () => void }) {
  const place = usePlace()
  const [sendAt, setSendAt] = useState(reply.sendAt)
  const [busy, setBusy] = useState(false)
  const act = async () => {
    setBusy(true)
    const done = await actOn(contract.changeLater, { laterId: reply.id, sendAt })
    setBusy(false)
    if (!done) return
    onClose()
    notice({ title: t('structure:waiting.changed', { when: whenWords(done.sendAt, place) }) })
  }
  return (
    <Dialog
      title={t('structure:waiting.changeTitle')}
      act={t('structure:waiting.changeAct')}
      busy={busy}
      onAct={() => void act()}
      onClose={onClose}
    >
      <WhenField open label={t('structure:waiting.when')} value={sendAt} onChange={setSendAt} />
    </Dialog>
  )
}
