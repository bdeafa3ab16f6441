/** Where this run of the journeys happens: ports of its own for each lane of the run, the browser, and who the first account is. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

// Workers inherit what the first process decided; each lane has a Pond of its own.
process.env.POND_JOURNEY_PORT ??= String(20_000 + (process.pid % 1000) * 10)
const lane = Number(process.env.TEST_PARALLEL_INDEX ?? 0)
export const port = Number(process.env.POND_JOURNEY_PORT) + lane

/** For three lanes at most. Where Pond takes mail by SMTP, and where the journeys take what it sends: below the ports that the system hands out itself. */
export const smtpInPort = port + 3
export const smtpOutPort = port + 6

export const root = join(import.meta.dirname, '../..')
// The first is the same engine without the windows around it, which would take half of the work.
const browsers = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
export const browserPath = browsers.find(path => existsSync(path)) ?? 'chromium'

/** The first account. The first hour makes it by hand; every other journey begins with it. */
export const ana = {
  name: 'Ana Kovačević',
  address: 'ana@rosendal.example',
  password: 'seven slow snails',
  organisation: 'Lindqvist Espresso',
}
