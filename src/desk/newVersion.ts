/** A new version has taken the place of the files this page was made of: the page is loaded anew, once a minute at most, and never where no server answers. */

const key = 'pond-reloaded'

/** A file that cannot be loaded fails where it was asked for; this only finds out whether a newer page is there. */
export function loadNewVersions() {
  addEventListener('vite:preloadError', () => void renew())
}

async function renew() {
  if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < 60_000) return
  // Without a network, or while the server restarts, a reload would leave nobody a page, or what they were writing.
  const there = await fetch('/', { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  if (!there?.ok) return
  sessionStorage.setItem(key, String(Date.now()))
  location.reload()
}
