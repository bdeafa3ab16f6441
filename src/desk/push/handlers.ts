/**
 * What the service worker does about pushes: shows what came, in place of an older one about the same, and opens the desk
 * where it leads. Shows nothing to somebody who is looking at the desk, beyond what browsers demand: a push must show something.
 */
/// <reference lib="webworker" />

type Pushed = { title: string; body: string; tag: string; path: string }

/** What we sent; anything else is shown as no more than that something is new. */
function read(event: PushEvent): Pushed {
  const bare: Pushed = { title: 'Pond', body: '', tag: 'pond', path: '/notifications' }
  try {
    const given: unknown = event.data?.json()
    if (typeof given !== 'object' || given === null) return bare
    const words = (name: keyof Pushed) => {
      const value: unknown = Reflect.get(given, name)
      return typeof value === 'string' && value !== '' ? value : bare[name]
    }
    // A path of the desk, never another site.
    const path = /^\/(?![/\\])/.test(words('path')) ? words('path') : bare.path
    return { title: words('title'), body: words('body'), tag: words('tag'), path }
  } catch {
    return bare
  }
}

export function hearPushes(worker: ServiceWorkerGlobalScope) {
  worker.addEventListener('push', event => {
    const { title, body, tag, path } = read(event)
    const shown = { body, tag, data: { path }, icon: '/pond.svg', badge: '/pond.svg' }
    event.waitUntil(worker.registration.showNotification(title, shown))
  })
  worker.addEventListener('notificationclick', event => {
    event.notification.close()
    const { path } = event.notification.data as { path: string }
    event.waitUntil(open(worker, new URL(path, worker.location.origin)))
  })
}

/** In a window of the desk that is there already, else in a new one. */
async function open(worker: ServiceWorkerGlobalScope, address: URL) {
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = windows.find(each => new URL(each.url).pathname === address.pathname) ?? windows[0]
  if (!there) return void (await worker.clients.openWindow(address.href))
  await there.focus().catch(() => {})
  if (new URL(there.url).pathname === address.pathname) return
  // A desk with words in it is not driven away from: it goes there by itself, keeping its draft.
  there.postMessage({ is: 'open', path: address.pathname })
}
