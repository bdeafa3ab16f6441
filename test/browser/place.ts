/** Where this run of the journeys happens: one port for all its processes, the browser, and what the first hour leaves for the others. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

// Workers inherit what the first process decided.
process.env.POND_JOURNEY_PORT ??= String(20_000 + (process.pid % 20_000))
export const port = Number(process.env.POND_JOURNEY_PORT)

/** Where Pond takes mail by SMTP, and where the journeys take what it sends. */
export const smtpInPort = Number(process.env.POND_JOURNEY_SMTP_IN ?? port + 20_000)
export const smtpOutPort = Number(process.env.POND_JOURNEY_SMTP_OUT ?? port + 20_001)

export const root = join(import.meta.dirname, '../..')
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
export const browserPath = browsers.find(path => existsSync(path)) ?? 'chromium'

/** Two runs at once must not take each other's session. */
export const signedInState = join(root, `test-results/signed-in-${port}.json`)

/** Who the first hour makes. */
export const ana = {
  name: 'Ana Kovačević',
  address: 'ana@rosendal.example',
  password: 'seven slow snails',
  organisation: 'Lindqvist Espresso',
}
