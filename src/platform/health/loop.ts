/** Watches that nothing holds up the event loop: a block of more than 100 ms is counted and logged, with the routes at work then. */
import { Counter, type Registry } from 'prom-client'
import type { Log } from '../log/log.ts'

const lookMs = 50
const blockMs = 100
/** A laptop that slept was not blocked. */
const sleptMs = 60_000

export function watchLoop(options: { registry: Registry; log: Log; suspects: () => string[] }) {
  const blocks = new Counter({
    name: 'pond_event_loop_blocks_total',
    help: 'How often something held up the event loop for more than 100 ms',
    registers: [options.registry],
  })
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    const ms = Math.round(now - last - lookMs)
    last = now
    const routes = options.suspects()
    if (ms <= blockMs || ms > sleptMs) return
    blocks.inc()
    options.log.warn({ ms, routes }, 'something held up the event loop')
  }, lookMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
