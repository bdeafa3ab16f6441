/** Puts Pond together, in numbered steps and by hand: what needs what can be read from top to bottom. Loads nothing by itself. */
import { mkdirSync } from 'node:fs'
import fastify from 'fastify'
import type { Config } from './platform/config/config.ts'
import { createPool, migrate } from './platform/db/index.ts'
import { startEmbedded } from './platform/embedded/index.ts'
import type { Log } from './platform/log/log.ts'

export type Pond = {
  address: string
  /** For the first administrator, while there is none. */
  firstLink: string | undefined
  stop(): Promise<void>
}

export async function startPond(config: Config, log: Log, _options: { sample?: boolean } = {}): Promise<Pond> {
  const undo: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    // 1. The database: ours, or the one somebody runs for us.
    mkdirSync(config.dataDir, { recursive: true, mode: 0o711 })
    const database = await openDatabase(config, log)
    undo.push(database.stop)

    // 2. Its shape.
    const ran = await migrate(database.url)
    if (ran.length > 0) log.info({ migrations: ran }, 'The database was brought up to date')
    const pool = createPool({ url: database.url, log, connections: config.databaseConnections })
    undo.push(() => pool.end())

    // 3. The web.
    const app = fastify({ loggerInstance: log.child({ part: 'http' }) })
    app.get('/livez', async () => ({ alive: true }))
    app.get('/readyz', async () => {
      await pool.query('select 1')
      return { ready: true }
    })
    undo.push(() => app.close())

    // 4. Open the door last.
    await app.listen({ host: config.host, port: config.port })
    return { address: config.baseUrl, firstLink: undefined, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openDatabase(config: Config, log: Log) {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => {} }
  const embedded = await startEmbedded({ dataDir: config.dataDir, log })
  if (embedded.place.elsewhere) log.warn(embedded.place.elsewhere)
  return { url: embedded.url, stop: () => embedded.stop() }
}
