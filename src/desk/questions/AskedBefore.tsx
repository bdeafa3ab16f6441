/** Beside a conversation: what was asked before like this, by the same person and by others, with our answers; and what can be done so that it needn't be asked again. Shows nothing where there is nothing. */
import './questions.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import type { EarlierQuestion, RecurringQuestion } from '../../contract/questions.ts'
import { Button, firstName } from '../../ui/index.ts'
import { t } from '../../words/questions.ts'
import { useMe } from '../session/me.ts'
import { putSaved } from './acts.ts'
import { CauseDialog } from './CauseDialog.tsx'
import { EarlierRow } from './EarlierRow.tsx'
import { beforeQuery } from './queries.ts'
import { Standing } from './Standing.tsx'
import { TeachDialog } from './TeachDialog.tsx'

export function AskedBefore({ view }: { view: ConversationView }) {
  const { data } = useQuery(beforeQuery(view.id))
  const [teaching, setTeaching] = useState<EarlierQuestion | null>(null)
  const [causing, setCausing] = useState<RecurringQuestion | null>(null)
  if (!data || (data.bySame.length === 0 && data.byOthers.length === 0 && !data.recurring)) return null
  const { bySame, byOthers, others, recurring } = data
  const row = (question: EarlierQuestion, own: boolean) => (
    <EarlierRow
      key={question.conversationId}
      view={view}
      question={question}
      own={own}
      onTeach={() => setTeaching(question)}
    />
  )
  return (
    <section className="askedbefore" aria-labelledby="asked-before">
      <h2 className="section" id="asked-before">
        {t('questions:before')}
      </h2>
      {bySame.length > 0 && (
        <>
          <h3 className="small muted">{t('questions:bySame', { name: firstName(view.customer.name) })}</h3>
          <ul>{bySame.map(each => row(each, true))}</ul>
        </>
      )}
      {byOthers.length > 0 && (
        <>
          <h3 className="small muted">
            {others > 0 ? t('questions:others', { count: others }) : t('questions:byOthers')}
          </h3>
          <ul>{byOthers.map(each => row(each, false))}</ul>
        </>
      )}
      {recurring && <Again view={view} recurring={recurring} onCause={() => setCausing(recurring)} />}
      {teaching && (
        <TeachDialog view={view} earlier={teaching} recurring={recurring} onClose={() => setTeaching(null)} />
      )}
      {causing && <CauseDialog recurring={causing} onClose={() => setCausing(null)} />}
    </section>
  )
}

function Again({
  view,
  recurring,
  onCause,
}: {
  view: ConversationView
  recurring: RecurringQuestion
  onCause: () => void
}) {
  const me = useMe()
  const { savedReply, decision } = recurring
  const open = decision !== null && decision.endedAt === null
  return (
    <div className="causes">
      {savedReply && (
        <p className="small">
          {t('questions:taughtWith', { name: savedReply.name })}{' '}
          {view.may.write && view.mailbox && (
            <button type="button" className="link" onClick={() => void putSaved(view, me, savedReply.id)}>
              {t('questions:useIt')}
            </button>
          )}
        </p>
      )}
      <Standing question={recurring} />
      <Link to="/asked-again" search={{ team: recurring.teamId }} className="link small">
        {t('desk:nav.again')}
      </Link>
      {view.may.write && !open && (
        <p>
          <Button kind="quiet" onClick={onCause}>
            {t('questions:fix')}
          </Button>
        </p>
      )}
    </div>
  )
}
