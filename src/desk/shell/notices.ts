/** Short notices at the lower start corner, one at a time; a failure stays until it is read. */
import { useSyncExternalStore } from 'react'
import type { UndoBarProps } from '../../ui/UndoBar.tsx'
import { t } from '../../words/catalogue.ts'
import { Problem } from '../api.ts'

export type Notice = UndoBarProps & { key: number }
let notices: Notice[] = []
let last = 0
const watchers = new Set<() => void>()
const change = (next: Notice[]) => {
  notices = next
  for (const watcher of watchers) watcher()
}

export function closeNotice(key: number) {
  change(notices.filter(notice => notice.key !== key))
}

/** Shows a notice; with `until` it goes by itself then, else after six seconds unless it tells of a failure. Returns how to close it. */
export function notice(given: UndoBarProps): () => void {
  last += 1
  const key = last
  change([...notices.slice(-2), { ...given, key }])
  const stays = given.tone === 'failed' && given.until === undefined
  if (!stays) setTimeout(() => closeNotice(key), given.until ? Math.max(0, given.until - Date.now()) : 6000)
  return () => closeNotice(key)
}

/** Tells of something that was refused or failed, in the server's words where there are some. */
export function noticeFailure(error: unknown, title?: string) {
  const problem = error instanceof Problem ? error : null
  const silent = problem?.code === 'silent'
  notice({
    tone: 'failed',
    title: silent ? t('desk:state.silent') : (title ?? (problem?.title || t('desk:state.broken'))),
    detail: silent ? t('desk:state.silentSafe') : problem?.detail || (title ? problem?.title : undefined),
  })
}

export function useNotices(): Notice[] {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    () => notices,
  )
}
