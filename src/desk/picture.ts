/** Pictures come first: what stands beside what a page is opened for is asked for once that has been drawn, most of all on the start page. */

/** Nothing waits longer for it: it may never come, as when a page fails or lies in the background. */
const patienceMs = 1500

let comes = () => {}
export const firstPicture: Promise<void> =
  location.pathname === '/'
    ? new Promise(resolve => {
        comes = resolve
        setTimeout(resolve, patienceMs)
      })
    : Promise.resolve()

/** Said by the page once it has drawn what it was opened for. */
export function pictureStands() {
  requestAnimationFrame(() => setTimeout(comes))
}

const stayMs = 200

/** Whoever leafs on has no use for what only somebody who stays looks at: resolves after a moment, and never for one who left before. */
export function stayed(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const soon = setTimeout(resolve, stayMs)
    signal.addEventListener('abort', () => {
      clearTimeout(soon)
      reject(signal.reason)
    })
  })
}

/** Asking costs milliseconds, too: whoever pressed a key sees what comes of it before. */
export function afterPicture(): Promise<void> {
  if (document.visibilityState === 'hidden') return Promise.resolve()
  return new Promise(resolve => {
    const late = setTimeout(resolve, 150)
    requestAnimationFrame(() => {
      clearTimeout(late)
      setTimeout(resolve)
    })
  })
}
