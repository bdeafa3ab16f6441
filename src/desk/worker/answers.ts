/** Answers to reading, kept for when there is no network: the newest few hundred, a week at most, and none after signing out. */

const name = 'pond-answers'
const most = 400
const week = 7 * 86_400_000
const keptAt = 'x-pond-kept-at'
/** Counting what is kept reads all its keys: not at every answer. */
const trimEvery = 25
let puts = 0

/** Lists, conversations and what a screen needs around them. Searches, settings, files and live updates are not kept. */
const kept = [
  /^\/api\/v1\/(me|conversations|teams|tags|views|today|notifications)$/,
  /^\/api\/v1\/conversations\/counts$/,
  /^\/api\/v1\/conversations\/[0-9a-f-]{36}(\/messages)?$/,
  /^\/api\/v1\/conversations\/number\/\d+$/,
  /^\/api\/v1\/(promises\/mine|saved-views|saved-replies|custom-fields|me\/[a-z-]+)$/,
]
export const isKept = (path: string) => kept.some(pattern => pattern.test(path))

export async function keepAnswer(request: Request, answer: Response): Promise<void> {
  const body = await answer.blob()
  const headers = new Headers(answer.headers)
  headers.set(keptAt, String(Date.now()))
  const cache = await caches.open(name)
  // Taken out first, so that keys stand in the order of their last reading.
  await cache.delete(request)
  await cache.put(request, new Response(body, { status: 200, headers }))
  puts += 1
  if (puts % trimEvery !== 0) return
  const keys = await cache.keys()
  for (const old of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(old)
}

export async function answersKept(request: Request): Promise<Response | null> {
  const found = await (await caches.open(name)).match(request)
  if (!found) return null
  return Date.now() - Number(found.headers.get(keptAt)) < week ? found : null
}

export async function forgetAnswers(): Promise<void> {
  await caches.delete(name)
}
