/** The server itself: nobody holds a connection by never ending what they send. */
import { expect, test } from 'vitest'
import { silentLog } from '../log/log.ts'
import { createHttp } from './index.ts'

test('what is sent ends within a time, and so do its headers', async () => {
  const app = await createHttp({
    ...{ log: silentLog(), baseUrl: new URL('http://localhost:4747'), trustedProxies: [] },
    sentence: code => ({ title: code, detail: '' }),
  })
  await app.ready()
  expect(app.server.requestTimeout).toBeGreaterThan(60_000)
  expect(app.server.requestTimeout).toBeLessThan(60 * 60_000)
  expect(app.server.headersTimeout).toBeGreaterThan(0)
  await app.close()
})
