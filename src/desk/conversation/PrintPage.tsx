/** A conversation on paper: what was said, oldest first, and on demand what is only said inside. Loads all of it, up to what anybody prints. */
import './print.css'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import * as contract from '../../contract/conversations.ts'
import { Bones, Button, ErrorState, fullMoment, Tick, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask } from '../api.ts'
import { useMe } from '../session/me.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { MailBody } from './MailBody.tsx'

const most = 1000

export function PrintPage() {
  const { conversationId } = useParams({ from: '/desk/conversations/$conversationId/print' })
  const asked = useQuery({ queryKey: ['whole conversation', conversationId], queryFn: () => whole(conversationId) })
  const [inside, setInside] = useState(false)
  const me = useMe()
  const place = usePlace()
  const now = useNow()
  const view = asked.data?.view
  usePageTitle(view ? t('originals:printTitle', { number: view.number, subject: view.subject }) : '')
  if (!view)
    return (
      <main id="page" className="printpage">
        {asked.error ? <ErrorState whole asked={asked} /> : <Bones />}
      </main>
    )
  const messages = asked.data!.messages.filter(
    message => message.takenBackAt === null && (inside || message.kind !== 'note'),
  )
  return (
    <main id="page" className="printpage">
      <div className="printbar">
        <Button kind="primary" onClick={() => window.print()}>
          {t('originals:print')}
        </Button>
        <Tick
          label={t('originals:withNotes')}
          checked={inside}
          onChange={event => setInside(event.currentTarget.checked)}
        />
        <Link className="link" to="/conversations/$conversationId" params={{ conversationId }}>
          {t('originals:back')}
        </Link>
      </div>
      <h1 dir="auto">{t('originals:printTitle', { number: view.number, subject: view.subject })}</h1>
      <p className="muted small">
        {t('originals:printLead', {
          name: view.customer.name,
          team: view.team.name,
          time: fullMoment(now, place),
          by: me.name,
        })}
      </p>
      {asked.data!.cut && <p className="small">{t('originals:printCut', { count: most })}</p>}
      {messages.map(message => (
        <article key={message.id} className="printed" data-inside={message.kind === 'note' || undefined}>
          <p className="printedby">
            <bdi className="strong">{message.author?.name || message.authorRaw || t('conversation:someone')}</bdi>{' '}
            <span className="muted">{fullMoment(Date.parse(message.at), place)}</span>
            {message.kind === 'note' && <span> · {t('conversation:onlyInside')}</span>}
          </p>
          <MailBody message={message} inside={message.kind === 'note'} />
          {message.attachments.some(({ inline }) => !inline) && (
            <p className="small muted">
              {message.attachments
                .filter(({ inline }) => !inline)
                .map(({ name }) => name)
                .join(', ')}
            </p>
          )}
        </article>
      ))}
    </main>
  )
}

async function whole(conversationId: string) {
  const view = await ask(contract.open, { conversationId })
  let { messages, earlier } = view
  while (earlier !== null && messages.length < most) {
    const before = await ask(contract.earlierMessages, { conversationId, before: earlier })
    messages = [...before.messages, ...messages]
    earlier = before.earlier
  }
  return { view, messages: messages.slice(-most), cut: earlier !== null || messages.length > most }
}
