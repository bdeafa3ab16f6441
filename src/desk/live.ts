/**
 * Live updates: one connection for all tabs of this browser. The tab that holds the lock listens to the server and tells
 * the others; when it closes, the next one resumes from the last position it heard. Decides nothing about screens.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react'
import type { z } from 'zod'
import type { LiveEvent, LiveReset as Reset } from '../contract/live.ts'

export type Connection = { up: boolean; since: number }
type LiveReset = z.infer<typeof Reset>
type Told =
  | { is: 'happened'; event: LiveEvent }
  | { is: 'reset'; position: string }
  | { is: 'connection'; connection: Connection; position: string | null }
  | { is: 'hello' }

const happened = new Set<(event: LiveEvent) => void>()
const resets = new Set<() => void>()
const watchers = new Set<() => void>()
let connection: Connection = { up: true, since: Date.now() }
let position: string | null = null
/** Where the log stood for the oldest answer that came before anybody listened: from there on nothing has been missed. */
let answered: string | null = null
let channel: BroadcastChannel | null = null
let leading = false
let stop: (() => void) | null = null

const parts = (at: string) => at.split('.').map(BigInt) as [bigint, bigint]
function isBefore(a: string, b: string): boolean {
  const [left, right] = [parts(a), parts(b)]
  return left[0] === right[0] ? left[1] < right[1] : left[0] < right[0]
}

export const beforeLive = () => stop === null

/** An answer to what was asked before anybody listened; `at`: how far the server had read the log before it answered. */
export function answeredAt(at: string | null) {
  if (!at || (answered !== null && !isBefore(at, answered))) return
  const late = stop !== null && position !== null && isBefore(at, position)
  answered = at
  // Listening began further on: what happened between was told to nobody.
  if (late) for (const handler of resets) handler()
}

function hear(told: Told) {
  if (told.is === 'happened') {
    position = told.event.position
    for (const handler of happened) handler(told.event)
  } else if (told.is === 'reset') {
    position = told.position
    for (const handler of resets) handler()
  } else if (told.is === 'connection') {
    // Another tab listens, and may have heard what happened before this one could.
    if (!leading && told.position && answered && isBefore(answered, told.position) && position === null)
      for (const handler of resets) handler()
    position = told.position ?? position
    if (told.connection.up !== connection.up) {
      connection = told.connection
      for (const watcher of watchers) watcher()
    }
  } else if (leading) {
    channel?.postMessage({ is: 'connection', connection, position } satisfies Told)
  }
}

function tell(told: Told) {
  hear(told)
  channel?.postMessage(told)
}

/** Holds the connection until the signal ends it. Reopens after a closed stream, slower each time, from the last position. */
function listen(signal: AbortSignal) {
  let source: EventSource | null = null
  let again: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  const down = () => tell({ is: 'connection', connection: { up: false, since: Date.now() }, position })
  const open = () => {
    const from = position ?? answered
    source = new EventSource(from ? `/api/v1/live?after=${encodeURIComponent(from)}` : '/api/v1/live')
    source.addEventListener('ready', frame => {
      tries = 0
      const first = from === null
      const at = (frame as MessageEvent<string>).lastEventId || position
      tell({ is: 'connection', connection: { up: true, since: Date.now() }, position: at })
      // What happened between the page's first questions and now was told to nobody: ask again.
      if (first && at) tell({ is: 'reset', position: at })
    })
    source.addEventListener('happened', frame =>
      tell({ is: 'happened', event: JSON.parse((frame as MessageEvent<string>).data) as LiveEvent }),
    )
    source.addEventListener('reset', frame =>
      tell({ is: 'reset', position: (JSON.parse((frame as MessageEvent<string>).data) as LiveReset).position }),
    )
    source.onerror = () => {
      source?.close()
      tries += 1
      // One short break is normal (a server restarting, a laptop waking); it is shown when it lasts.
      if (tries > 1) down()
      clearTimeout(again)
      again = setTimeout(open, Math.min(500 * 2 ** tries, 15_000))
    }
  }
  const retryNow = () => {
    if (connection.up) return
    clearTimeout(again)
    source?.close()
    open()
  }
  open()
  addEventListener('online', retryNow)
  addEventListener('offline', down)
  signal.addEventListener('abort', () => {
    clearTimeout(again)
    source?.close()
    removeEventListener('online', retryNow)
    removeEventListener('offline', down)
  })
}

/** Begins listening for this tab; safe to call again. */
export function beginLive() {
  if (stop) return
  const ending = new AbortController()
  stop = () => ending.abort()
  if (!('locks' in navigator) || !('BroadcastChannel' in globalThis)) return listen(ending.signal)
  channel = new BroadcastChannel('pond-live')
  channel.onmessage = message => hear(message.data as Told)
  channel.postMessage({ is: 'hello' } satisfies Told)
  navigator.locks
    .request('pond-live', { signal: ending.signal }, () => {
      leading = true
      listen(ending.signal)
      return new Promise<void>(done => ending.signal.addEventListener('abort', () => done()))
    })
    .catch(() => {})
}

export function endLive() {
  stop?.()
  stop = null
  leading = false
  position = null
  answered = null
  channel?.close()
  channel = null
}

/** Calls `handler` for everything that happens while the component is there. */
export function useLive(handler: (event: LiveEvent) => void) {
  const latest = useRef(handler)
  latest.current = handler
  useEffect(() => {
    const hearer = (event: LiveEvent) => latest.current(event)
    happened.add(hearer)
    return () => void happened.delete(hearer)
  }, [])
}

export function onHappened(handler: (event: LiveEvent) => void) {
  happened.add(handler)
}
/** When the log can't be resumed, everything shown is fetched afresh. */
export function onReset(handler: () => void) {
  resets.add(handler)
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    watcher => {
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    () => connection,
  )
}
