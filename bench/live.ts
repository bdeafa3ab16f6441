/**
 * Live updates under load: many clients on one process, events recorded by real transactions of which some commit late,
 * clients cut off at random. Nothing may be missed, doubled or out of order. See README.md for each figure.
 */
import { progress, round, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'
import { liveRun } from './lib/liveRun.ts'

const asked = given({ clients: 2000, seconds: 30 })
progress(`${asked.clients} clients for ${asked.seconds} s`)
const { events, verdict } = await liveRun({ clients: asked.clients, seconds: asked.seconds, perSecond: 200 })
tell(
  {
    clients: asked.clients,
    events,
    missed: verdict.missed,
    doubled: verdict.doubled,
    outOfOrder: verdict.outOfOrder,
    p50Ms: round(verdict.p50Ms),
    p99Ms: round(verdict.p99Ms),
    cutOffs: verdict.cuts,
    resets: verdict.resets,
  },
  asked.json,
)
