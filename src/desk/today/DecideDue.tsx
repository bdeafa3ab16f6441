/** Deciding what one promised to decide, from its row on Today: about the cause of a question, or about goodwill. Loaded when it is wanted. */
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { DuePromise } from '../../contract/promises.ts'
import { t } from '../../words/desk.ts'
import { DecideDialog as DecideGiven } from '../goodwill/DecideDialog.tsx'
import { toDecideQuery } from '../goodwill/goodwillQuery.ts'
import { DecideDialog as DecideCause } from '../questions/DecideDialog.tsx'
import { decisionsQuery } from '../questions/queries.ts'
import { notice } from '../shell/notices.ts'
import { renewToday } from './todayQuery.ts'

export function DecideDue({ due, onClose }: { due: DuePromise; onClose: () => void }) {
  const given = useQuery(toDecideQuery)
  const causes = useQuery(decisionsQuery)
  const { id } = due.promise
  const one = given.data?.rows.find(({ promiseId }) => promiseId === id)
  const cause = causes.data?.questions.find(({ decision }) => decision?.id === id)
  const gone = given.isFetched && causes.isFetched && !given.isFetching && !causes.isFetching && !one && !cause
  useEffect(() => {
    if (!gone) return
    notice({ title: t('today:decidedAlready') })
    renewToday()
    onClose()
  }, [gone, onClose])
  if (one) return <DecideGiven it={one} onClose={onClose} />
  return cause ? <DecideCause question={cause} onClose={onClose} /> : null
}
