/** Ends a stream that was said to its end. Whoever does not read is waited for a little and then cut off: what they hold is not held for them for ever. */
import type { ServerResponse } from 'node:http'

const patienceMs = 10_000

export function endSoon(raw: ServerResponse, ms = patienceMs): void {
  if (raw.writableEnded || raw.destroyed) return
  raw.end()
  const cut = setTimeout(() => raw.destroy(), ms)
  raw.once('close', () => clearTimeout(cut))
}
