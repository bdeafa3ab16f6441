/** The first picture of the start page: what stands beside it is asked for once it is there. Everywhere else nothing waits. */

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
