/** Asks somebody who leads to decide about the cause of a question, in words and by a time. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/questions.ts'
import { Area, Choice, shortMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/questions.ts'
import { ask, Problem, query } from '../api.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { Dialog } from '../pieces/Dialog.tsx'
import { notice } from '../shell/notices.ts'
import { proposals } from '../today/times.ts'
import { renewQuestions } from './queries.ts'

export function CauseDialog({ recurring, onClose }: { recurring: contract.RecurringQuestion; onClose: () => void }) {
  const [now, place] = [useNow(), usePlace()]
  const { data } = useQuery(query(contract.decidersOf, { recurringId: recurring.id }))
  const [chosen, setChosen] = useState('')
  const [words, setWords] = useState('')
  const [dueAt, setDueAt] = useState(() =>
    new Date(proposals(now, place.zone).at(-1)?.at ?? now + 3 * 86_400_000).toISOString(),
  )
  const [tried, setTried] = useState(false)
  const byId = chosen || data?.people[0]?.id || ''
  const asking = useMutation({
    mutationFn: () => ask(contract.askForDecision, { recurringId: recurring.id, byId, words: words.trim(), dueAt }),
    onSuccess: () => {
      const name = data?.people.find(one => one.id === byId)?.name ?? ''
      notice({ title: t('questions:causeDone', { name, time: shortMoment(Date.parse(dueAt), now, place) }) })
      renewQuestions()
      onClose()
    },
  })
  const past = Date.parse(dueAt) <= Date.now()
  const problem = asking.error instanceof Problem ? asking.error : null
  return (
    <Dialog
      title={t('questions:causeTitle')}
      lead={t('questions:causeLead')}
      act={t('questions:causeAct')}
      busy={asking.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => {
        setTried(true)
        if (byId && words.trim() && !past) asking.mutate()
      }}
      onClose={onClose}
    >
      <Area
        label={t('questions:causeWords')}
        placeholder={t('questions:causeWordsLike')}
        required
        rows={3}
        dir="auto"
        maxLength={2000}
        value={words}
        error={tried && !words.trim() ? t('questions:causeWords') : undefined}
        onChange={event => setWords(event.currentTarget.value)}
      />
      <Choice label={t('questions:causeWho')} value={byId} onChange={event => setChosen(event.currentTarget.value)}>
        {(data?.people ?? []).map(one => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </Choice>
      <div className="labelled">
        <p className="top" id="cause-by">
          {t('questions:causeBy')}
        </p>
        <WhenField value={dueAt} label={t('questions:causeBy')} onChange={setDueAt} />
        {past && (
          <p className="wrong small" role="alert">
            {t('questions:past')}
          </p>
        )}
      </div>
    </Dialog>
  )
}
