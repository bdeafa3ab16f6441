/** Who is signed in here, and their settings. */
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import * as session from '../../contract/session.ts'
import { ask, type Input, query } from '../api.ts'
import { cache } from '../cache.ts'
import { noticeFailure } from '../shell/notices.ts'

export const meQuery = query(session.me, {})

/** Only below the shell, where somebody is signed in. */
export function useMe(): session.Me {
  return useSuspenseQuery(meQuery).data
}

export function settingOf<V extends string | number | boolean>(me: session.Me, name: string, otherwise: V): V {
  const value = me.settings[name]
  return typeof value === typeof otherwise ? (value as V) : otherwise
}

/** Changes at once on the screen, and back if the server refuses. */
export function useChangeMe() {
  return useMutation({
    mutationFn: (change: Input<typeof session.changeMe>) => ask(session.changeMe, change),
    onMutate: change => {
      const before = cache.getQueryData(meQuery.queryKey)
      if (before) {
        const { settings, ...rest } = change
        cache.setQueryData(meQuery.queryKey, {
          ...before,
          ...rest,
          settings: { ...before.settings, ...settings },
        } as session.Me)
      }
      return before
    },
    onSuccess: me => cache.setQueryData(meQuery.queryKey, me),
    onError: (error, _, before) => {
      if (before) cache.setQueryData(meQuery.queryKey, before)
      noticeFailure(error)
    },
  })
}
