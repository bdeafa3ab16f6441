/** What the shell does for pushes: they go to whoever is signed in here now, and a click on one opens its page in this window. */
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

export function useWorker() {
  const { history } = useRouter()
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    const hear = (message: MessageEvent) => {
      const { is, path } = (message.data ?? {}) as { is?: unknown; path?: unknown }
      if (is === 'open' && typeof path === 'string' && /^\/(?![/\\])/.test(path)) history.push(path)
    }
    navigator.serviceWorker.addEventListener('message', hear)
    return () => navigator.serviceWorker.removeEventListener('message', hear)
  }, [history])
  useEffect(() => {
    // Not before the first picture; where it fails, the next start tries again.
    const soon = setTimeout(() => void import('./device.ts').then(({ renewPush }) => renewPush()).catch(() => {}), 3000)
    return () => clearTimeout(soon)
  }, [])
}
