/** Brings the service worker in, and tells it to forget when somebody signs out. Where there is none, the desk works all the same. */

export function bringWorker() {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const bring = () => void navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => {})
  // The first picture comes before it.
  if (document.readyState === 'complete') setTimeout(bring, 1000)
  else addEventListener('load', () => setTimeout(bring, 1000), { once: true })
}

/** What was read here is no longer anybody's to read. */
export async function forgetReadings() {
  if (!('caches' in globalThis)) return
  await caches.delete('pond-answers').catch(() => false)
}
