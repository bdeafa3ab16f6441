/** My choices of how I am told: changed at once on the screen, and back if the server refuses. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { type Choices, changeChoices, myChoices } from '../../contract/notifications.ts'
import { ask, query } from '../api.ts'
import { cache } from '../cache.ts'
import { noticeFailure } from '../shell/notices.ts'

const choicesQuery = query(myChoices, {})

export function useChoices() {
  const asked = useQuery(choicesQuery)
  const changing = useMutation({
    mutationFn: (choices: Choices) => ask(changeChoices, choices),
    // One after the other: each says all there is.
    scope: { id: 'notification-choices' },
    onMutate: choices => {
      const before = cache.getQueryData(choicesQuery.queryKey)
      cache.setQueryData(choicesQuery.queryKey, choices)
      return before
    },
    onError: (error, _, before) => {
      if (before) cache.setQueryData(choicesQuery.queryKey, before)
      noticeFailure(error)
    },
  })
  const change = (some: Partial<Choices>) => {
    const now = cache.getQueryData(choicesQuery.queryKey)
    if (now) changing.mutate({ ...now, ...some })
  }
  return { asked, change }
}
