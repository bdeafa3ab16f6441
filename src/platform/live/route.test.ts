/** A live connection is never open and deaf: when it cannot follow, it ends, and its reader comes again. */
import { type AddressInfo, connect } from 'node:net'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { createPool } from '../db/index.ts'
import { startNudges } from '../events/index.ts'
import { silentLog } from '../log/log.ts'
import { type Hub, liveRoute, startHub } from './index.ts'

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

test('whoever reads nothing is let go and cut off, and nothing is written behind the end', async () => {
  const app = Fastify()
  const right = { name: 'anyone', admit: async () => null }
  let joined = false
  const hub = {
    async join(client: { send: (text: string) => boolean; close: () => void }) {
      // The machine itself takes some megabytes for whoever reads nothing.
      for (let turn = 0; turn < 20; turn++) {
        while (client.send('x'.repeat(200_000)));
        await new Promise(resolve => setTimeout(resolve, 10))
      }
      client.close()
      joined = true
      return true
    },
    leave: () => {},
  }
  liveRoute(app, {
    ...{ right, sight: () => ({ scopes: [], installation: false }), times: { heartbeatMs: 5, patienceMs: 200 } },
    hub: hub as unknown as Hub,
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo
  const deaf = connect(port, '127.0.0.1').pause()
  deaf.on('error', () => {})
  deaf.write('GET /api/v1/live HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await expect.poll(() => joined).toBe(true)
  const open = () => new Promise<number>(done => app.server.getConnections((_, count) => done(count)))
  await expect.poll(open, { timeout: 5000 }).toBe(0)
  deaf.destroy()
  await app.close()
})
