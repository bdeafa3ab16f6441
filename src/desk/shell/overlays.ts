/** Which of the two overlays is open: the palette or the sheet of keys. One at a time. */
import { useSyncExternalStore } from 'react'

type Overlay = 'palette' | 'keys' | null
let open: Overlay = null
const watchers = new Set<() => void>()

export function showOverlay(next: Overlay) {
  open = next
  for (const watcher of watchers) watcher()
}
export const openPalette = () => showOverlay('palette')
export const openKeys = () => showOverlay('keys')

export function useOverlay(): Overlay {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    () => open,
  )
}
