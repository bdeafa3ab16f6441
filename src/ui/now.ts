/** One clock for everything on the page that shows a relative time; ticks every fifteen seconds and when the page is looked at again. */
import { useSyncExternalStore } from 'react'

const watchers = new Set<() => void>()
let now = Date.now()
let ticking: ReturnType<typeof setInterval> | undefined

function tick() {
  now = Date.now()
  for (const watcher of watchers) watcher()
}
function watch(watcher: () => void) {
  watchers.add(watcher)
  if (!ticking) {
    now = Date.now()
    ticking = setInterval(tick, 15_000)
    document.addEventListener('visibilitychange', tick)
  }
  return () => {
    watchers.delete(watcher)
    if (watchers.size > 0) return
    clearInterval(ticking)
    ticking = undefined
    document.removeEventListener('visibilitychange', tick)
  }
}

export function useNow(): number {
  return useSyncExternalStore(watch, () => now)
}
