/**
 * What every journey begins with: each lane of the run has a house of its own, in which Ana has her account and is signed
 * in. `test.use({ begun: false })` asks for a house in which nobody lives yet, `test.use({ alone: 'pond' })` for one in
 * which no other journey has left people, mail or settings: for journeys that count what is there.
 */
import { test as base, request } from '@playwright/test'
import { type House, startHouse } from './house.ts'
import { ana, port } from './place.ts'

export {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from '@playwright/test'

type State = Awaited<ReturnType<Awaited<ReturnType<typeof request.newContext>>['storageState']>>
type Lived = House & { state: State }

export const test = base.extend<object, { begun: boolean; alone: string; house: Lived }>({
  begun: [true, { option: true, scope: 'worker' }],
  // Another value is another worker, and with it another house.
  alone: ['', { option: true, scope: 'worker' }],
  house: [
    async ({ begun }, use) => {
      const house = await startHouse()
      process.env.DOVECOT_TLS_PORT = house.imapPort ? String(house.imapPort) : ''
      await use({ ...house, state: begun ? await begin(house) : { cookies: [], origins: [] } })
      await house.stop()
    },
    { scope: 'worker', auto: true, timeout: 120_000 },
  ],
  storageState: async ({ house }, use) => use(house.state),
  baseURL: async ({ house }, use) => use(house && `http://localhost:${port}`),
})

async function begin(house: House): Promise<State> {
  const origin = `http://localhost:${port}`
  const outside = await request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } })
  const token = new URL(house.link).hash.replace('#token=', '')
  const made = await outside.post('/api/v1/first-administrator', {
    data: { ...ana, token, zone: 'Europe/Amsterdam', language: 'en' },
  })
  if (!made.ok()) throw new Error(`No first account: ${await made.text()}`)
  const state = await outside.storageState()
  await outside.dispose()
  return state
}
