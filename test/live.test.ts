/** The short version of `npm run bench -- live`: nothing is missed, doubled or out of order, however often clients are cut off. */
import { expect, test } from 'vitest'
import { liveRun } from '../bench/lib/liveRun.ts'

test('live clients that are cut off at random miss nothing, get nothing twice and nothing out of order', async () => {
  const { events, verdict } = await liveRun({ clients: 150, seconds: 5, perSecond: 100, cutEveryMs: 2000 })
  expect(events).toBe(500)
  expect(verdict.cuts).toBeGreaterThan(50)
  expect(verdict).toMatchObject({ missed: 0, doubled: 0, outOfOrder: 0 })
}, 60_000)
