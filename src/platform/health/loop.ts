/**
 * Watches that nothing holds up the event loop: a block of more than 100 ms is counted and logged, with the routes at
 * work then. One in which we hardly computed was the machine's doing: it is counted apart and wakes nobody.
 */
import { Counter, type Registry } from 'prom-client'
import type { Log } from '../log/log.ts'

const lookMs = 50
const blockMs = 100
const workedMs = 50
/** A laptop that slept was not blocked. */
const sleptMs = 60_000

export function watchLoop(options: { registry: Registry; log: Log; suspects: () => string[] }) {
  const blocks = new Counter({
    name: 'pond_event_loop_blocks_total',
    help: 'How often the event loop stood still for more than 100 ms: by our own work, or because the machine gave no time',
    labelNames: ['by'],
    registers: [options.registry],
  })
  for (const by of ['work', 'machine']) blocks.inc({ by }, 0)
  let last = performance.now()
  let spent = process.cpuUsage()
  const timer = setInterval(() => {
    const now = performance.now()
    const ms = Math.round(now - last - lookMs)
    last = now
    const { user, system } = process.cpuUsage(spent)
    spent = process.cpuUsage()
    const routes = options.suspects()
    if (ms <= blockMs || ms > sleptMs) return
    const worked = (user + system) / 1000 >= workedMs
    blocks.inc({ by: worked ? 'work' : 'machine' })
    if (worked) options.log.warn({ ms, routes }, 'something held up the event loop')
  }, lookMs)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
