/**
 * The service worker: the desk opens without a network, and shows what was read before. It keeps files of the desk and
 * answers to reading; it never answers in the place of a server that can be reached, and never writes.
 */
/// <reference lib="webworker" />
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { hearPushes } from '../push/handlers.ts'
import { answersKept, forgetAnswers, isKept, keepAnswer } from './answers.ts'

declare const self: ServiceWorkerGlobalScope
/** What was built: filled in by vite.config.ts. */
declare const files: { url: string; revision: string | null }[]

hearPushes(self)
precacheAndRoute(files)
cleanupOutdatedCaches()
self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

// A page of the desk is the newest one; without a network the one that was kept.
registerRoute(
  new NavigationRoute(
    async ({ request }) => {
      try {
        return await fetch(request)
      } catch {
        return (await matchPrecache('/index.html')) ?? Response.error()
      }
    },
    { denylist: [/^\/(api|files|raw|pictures|oauth|metrics|o|help|articles)(\/|$)/] },
  ),
)
// Languages and rarer letters: kept once somebody needed them. Their names change with what they hold.
registerRoute(
  ({ url }) => url.origin === location.origin && url.pathname.startsWith('/assets/'),
  new CacheFirst({ cacheName: 'pond-assets' }),
)

registerRoute(
  ({ url, request }) => url.origin === location.origin && request.method === 'GET' && isKept(url.pathname),
  async ({ request, event }) => {
    try {
      const answer = await fetch(request)
      if (answer.ok) (event as FetchEvent).waitUntil(keepAnswer(request, answer.clone()))
      else if (answer.status === 401) (event as FetchEvent).waitUntil(forgetAnswers())
      return answer
    } catch (error) {
      const kept = await answersKept(request)
      if (kept) return kept
      throw error
    }
  },
)

self.addEventListener('message', event => {
  if ((event.data as { is?: string } | null)?.is === 'forget') event.waitUntil(forgetAnswers())
})
