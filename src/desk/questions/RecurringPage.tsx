/** What is asked again and again in one's teams, most asked first: to teach it, or to fix the cause. Ranks questions, never people. */
import './questions.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as contract from '../../contract/questions.ts'
import { Bones, Button, Choice, EmptyState, ErrorState, relative, useNow } from '../../ui/index.ts'
import { t } from '../../words/questions.ts'
import { ask } from '../api.ts'
import { useMe } from '../session/me.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { CauseDialog } from './CauseDialog.tsx'
import { DecideDialog } from './DecideDialog.tsx'
import { Standing } from './Standing.tsx'

const route = getRouteApi('/desk/asked-again')
type Doing = { is: 'cause' | 'decide'; question: contract.RecurringQuestion } | null

export function RecurringPage() {
  const me = useMe()
  const { team } = route.useSearch()
  const navigate = route.useNavigate()
  const [doing, setDoing] = useState<Doing>(null)
  const asked = useInfiniteQuery({
    queryKey: [contract.recurringQuestions.path, { teamId: team }],
    queryFn: ({ signal, pageParam }) =>
      ask(
        contract.recurringQuestions,
        { ...(team ? { teamId: team } : {}), ...(pageParam ? { after: pageParam } : {}) },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  usePageTitle(t('questions:again'))
  const questions = asked.data?.pages.flatMap(page => page.questions) ?? []
  const serves = me.teams.filter(({ role }) => role === 'lead' || role === 'teammate')
  return (
    <main className="page askedagain" id="page" tabIndex={-1}>
      <header>
        <h1 className="title">{t('questions:again')}</h1>
        <p className="muted">{t('questions:againLead')}</p>
      </header>
      {serves.length > 1 && (
        <Choice
          label={t('questions:team')}
          value={team ?? ''}
          onChange={event =>
            void navigate({ search: event.currentTarget.value ? { team: event.currentTarget.value } : {} })
          }
        >
          <option value="">{t('questions:allTeams')}</option>
          {serves.map(one => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Choice>
      )}
      {asked.isPending && <Bones rows={6} />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && questions.length === 0 && (
        <EmptyState title={t('questions:againEmpty')}>{t('questions:againEmptyLead')}</EmptyState>
      )}
      {questions.length > 0 && (
        <ul className="againlist">
          {questions.map(question => (
            <Row key={question.id} question={question} me={me.id} onDo={is => setDoing({ is, question })} />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <p>
          <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
            {t('questions:moreRows')}
          </Button>
        </p>
      )}
      {doing?.is === 'cause' && <CauseDialog recurring={doing.question} onClose={() => setDoing(null)} />}
      {doing?.is === 'decide' && <DecideDialog question={doing.question} onClose={() => setDoing(null)} />}
    </main>
  )
}

type RowProps = { question: contract.RecurringQuestion; me: string; onDo: (is: 'cause' | 'decide') => void }

function Row({ question, me, onDo }: RowProps) {
  const now = useNow()
  const open = question.decision?.endedAt === null ? question.decision : null
  return (
    <li>
      <div>
        <h2 className="strong" dir="auto">
          <Link
            to="/conversations/$conversationId"
            params={{ conversationId: String(question.latestNumber) }}
            search={{}}
            title={t('questions:open')}
          >
            {question.subject || question.excerpt}
          </Link>
        </h2>
        <p className="small two" dir="auto">
          {question.excerpt}
        </p>
        <p className="small muted facts">
          <span>{t('questions:asked', { count: question.asked })}</span>
          <span>{t('questions:people', { count: question.people })}</span>
          <span>{t('questions:latest', { time: relative(Date.parse(question.latestAt), now) })}</span>
          <span>{question.teamName}</span>
        </p>
        {question.savedReply && (
          <p className="small muted">{t('questions:taughtWith', { name: question.savedReply.name })}</p>
        )}
        <Standing question={question} />
      </div>
      {open?.by.id === me ? (
        <Button onClick={() => onDo('decide')}>{t('questions:decide')}</Button>
      ) : open ? null : (
        <Button onClick={() => onDo('cause')}>{t('questions:fix')}</Button>
      )}
    </li>
  )
}
