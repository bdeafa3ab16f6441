/** On Today: causes of questions one promised to decide about. Shows nothing where there are none. */
import './questions.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { RecurringQuestion } from '../../contract/questions.ts'
import { Button, Time } from '../../ui/index.ts'
import { t } from '../../words/questions.ts'
import { decisionsQuery } from './queries.ts'

const DecideDialog = lazy(() => import('./DecideDialog.tsx').then(it => ({ default: it.DecideDialog })))

export function TodayDecisions() {
  const { data } = useQuery(decisionsQuery)
  const [deciding, setDeciding] = useState<RecurringQuestion | null>(null)
  if (!data || data.questions.length === 0) return null
  return (
    <section aria-labelledby="today-decisions">
      <h2 className="section" id="today-decisions">
        {t('questions:today')}
      </h2>
      <ul className="decisions">
        {data.questions.map(question => (
          <li key={question.id}>
            <p className="top">
              <span className="strong cut" dir="auto">
                {question.subject || question.excerpt}
              </span>
              {question.decision && <Time at={question.decision.dueAt} shown="relative" className="small muted" />}
            </p>
            <p className="small two" dir="auto">
              {question.decision?.words}
            </p>
            <p>
              <Button onClick={() => setDeciding(question)}>{t('questions:decide')}</Button>
            </p>
          </li>
        ))}
      </ul>
      <Suspense>{deciding && <DecideDialog question={deciding} onClose={() => setDeciding(null)} />}</Suspense>
    </section>
  )
}
