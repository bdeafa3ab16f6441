/** A page one comes to begins at its top; one that is gone back to stands where it was left. Remembers the last fifty, and asks the browser for no layout. */
import type { RegisteredRouter } from '@tanstack/react-router'

const most = 50
const left = new Map<string, number>()
let scrolled: { page: Element; top: number } | null = null

const page = () => document.querySelector('.main')?.lastElementChild ?? null

export function keepScrolls(router: RegisteredRouter) {
  document.addEventListener(
    'scroll',
    ({ target }) => {
      if (target instanceof Element && target === page()) scrolled = { page: target, top: target.scrollTop }
    },
    { capture: true, passive: true },
  )
  router.subscribe('onBeforeLoad', ({ fromLocation, pathChanged }) => {
    const key = fromLocation?.state.__TSR_key
    if (!pathChanged || !key || !scrolled) return
    left.delete(key)
    left.set(key, scrolled.top)
    for (const old of left.keys()) if (left.size > most) left.delete(old)
  })
  router.subscribe('onRendered', ({ toLocation, pathChanged }) => {
    if (!pathChanged) return
    const now = page()
    const top = left.get(toLocation.state.__TSR_key ?? '') ?? 0
    if (now && (top > 0 || scrolled?.page === now)) now.scrollTop = top
    scrolled = null
  })
}
