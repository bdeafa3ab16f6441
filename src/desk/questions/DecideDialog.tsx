/** What a lead decides about the cause of a question. It keeps their promise, and the team sees it. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/questions.ts'
import { Area } from '../../ui/index.ts'
import { t } from '../../words/questions.ts'
import { ask, Problem } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { Radios } from '../settings/Radios.tsx'
import { notice } from '../shell/notices.ts'
import { renewQuestions } from './queries.ts'

const outcomes = contract.Outcome.options

export function DecideDialog({ question, onClose }: { question: contract.RecurringQuestion; onClose: () => void }) {
  const [outcome, setOutcome] = useState<contract.Outcome>('fixed')
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  const deciding = useMutation({
    mutationFn: () => ask(contract.decide, { recurringId: question.id, outcome, words: words.trim() }),
    onSuccess: () => {
      notice({ title: t('questions:decideDone') })
      renewQuestions()
      onClose()
    },
  })
  const problem = deciding.error instanceof Problem ? deciding.error : null
  return (
    <Dialog
      title={t('questions:decideTitle')}
      lead={t('questions:decideLead', {
        name: question.decision?.to?.name ?? '',
        words: question.decision?.words ?? '',
      })}
      act={t('questions:decideAct')}
      busy={deciding.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => {
        setTried(true)
        if (words.trim()) deciding.mutate()
      }}
      onClose={onClose}
    >
      <Radios
        label={t('questions:decideHow')}
        value={outcome}
        options={outcomes.map(one => [one, t(`questions:outcome.${one}`)])}
        onChange={setOutcome}
      />
      <Area
        label={t('questions:decideWords')}
        required
        rows={3}
        dir="auto"
        maxLength={2000}
        value={words}
        error={tried && !words.trim() ? t('questions:decideWords') : undefined}
        onChange={event => setWords(event.currentTarget.value)}
      />
    </Dialog>
  )
}
