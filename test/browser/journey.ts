/**
 * What every journey begins with: each file of journeys has a house of its own, in which Ana has her account and is signed
 * in. `test.use({ begun: false })` asks for a house in which nobody lives yet, `test.use({ imap: true })` for one with a
 * mail server beside it.
 */
import { test as base } from '@playwright/test'
import { type House, startHouse } from './house.ts'
import { port } from './place.ts'

export {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
} from '@playwright/test'

export const test = base.extend<object, { begun: boolean; imap: boolean; house: House }>({
  begun: [true, { option: true, scope: 'worker' }],
  imap: [false, { option: true, scope: 'worker' }],
  house: [
    async ({ begun, imap }, use) => {
      const house = await startHouse({ begun, imap })
      process.env.DOVECOT_TLS_PORT = house.imapPort ? String(house.imapPort) : ''
      await use(house)
      await house.stop()
    },
    { scope: 'worker', auto: true, timeout: 120_000 },
  ],
  storageState: async ({ house }, use) => use(house.state),
  baseURL: async ({ house }, use) => use(house && `http://localhost:${port}`),
})
