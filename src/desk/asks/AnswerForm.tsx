/** Where the expert answers, asks back, or says by when. What is written is kept on this device until it is sent. */
import { useState } from 'react'
import * as contract from '../../contract/asks.ts'
import { Area, Button, firstName, Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask } from '../api.ts'
import { draftKey, dropDraft, keepDraft, tab, takeDraft } from '../compose/draftShelf.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewAsks } from './queries.ts'

export function AnswerForm({ view, me }: { view: contract.AskView; me: string }) {
  const key = draftKey(me, view.id, 'answer')
  const [text, setText] = useState(() => takeDraft(key)?.body ?? '')
  const [busy, setBusy] = useState<'answer' | 'back' | null>(null)
  const name = firstName(view.by.name)
  const write = (body: string) => {
    setText(body)
    if (body.trim() === '') dropDraft(key)
    else keepDraft(key, { body, choices: {}, seenVersion: 0, savedAt: Date.now(), tab, shared: null, ahead: true })
  }
  const send = async (is: 'answer' | 'back') => {
    if (!text.trim() || busy) return
    setBusy(is)
    try {
      await ask(contract.writeInAsk, { askId: view.id, body: text.trim(), is })
      dropDraft(key)
      setText('')
      notice({ title: t(is === 'answer' ? 'asks:answered' : 'asks:askedBack', { name }), detail: t('asks:learns') })
    } catch (problem) {
      noticeFailure(problem)
    }
    setBusy(null)
    renewAsks()
  }
  const nameIt = async (dueAt: string) => {
    try {
      await ask(contract.nameTime, { askId: view.id, dueAt })
      notice({ title: t('asks:timeNamed', { name }) })
    } catch (problem) {
      noticeFailure(problem)
    }
    renewAsks()
  }
  return (
    <form
      className="askanswer"
      onSubmit={event => {
        event.preventDefault()
        void send('answer')
      }}
    >
      <Area
        label={t('asks:answerLabel', { name })}
        help={t('asks:answerHelp', { name })}
        dir="auto"
        rows={5}
        maxLength={100_000}
        data-autofocus
        value={text}
        onChange={event => write(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void send('answer')
        }}
      />
      <p className="buttons">
        <Button kind="primary" submit busy={busy === 'answer'} disabled={!text.trim()}>
          {t('asks:answer')}
        </Button>
        <Keys keys="$mod+Enter" />
        <Button kind="quiet" busy={busy === 'back'} disabled={!text.trim()} onClick={() => void send('back')}>
          {t('asks:askBack')}
        </Button>
        {view.may.nameTime && (
          <span className="askwhen">
            {t('asks:orBy')}{' '}
            <WhenField
              value={view.promise?.by.id === view.expert.id ? view.promise.dueAt : null}
              label={t('asks:orByLabel')}
              onChange={dueAt => void nameIt(dueAt)}
            />
          </span>
        )}
      </p>
    </form>
  )
}
