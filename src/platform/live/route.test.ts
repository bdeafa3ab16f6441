/** A live connection is never open and deaf: when it cannot follow, it ends, and its reader comes again. */
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { createPool } from '../db/index.ts'
import { startNudges } from '../events/index.ts'
import { silentLog } from '../log/log.ts'
import { liveRoute, startHub } from './index.ts'

test('a client that comes while the database is away is let go', async () => {
  const url = 'postgres://nobody@127.0.0.1:1/nothing'
  const log = silentLog()
  const pool = createPool({ url, log, connections: 1 })
  const nudges = startNudges({ url, pool, log })
  const hub = startHub({ pool, log, nudges })
  const app = Fastify()
  const right = { name: 'anyone', admit: async () => null }
  liveRoute(app, { hub, right, sight: () => ({ scopes: [], installation: false }) })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const response = await fetch(`${address}/api/v1/live`, { signal: AbortSignal.timeout(8000) })
  expect(await response.text()).toContain('retry: 1000')
  expect(hub.size()).toBe(0)
  await app.close()
  await hub.stop()
  await nudges.stop()
  await pool.end()
})
