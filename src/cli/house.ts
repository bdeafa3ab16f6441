/** What every command needs of an installation: its configuration and its database, for as long as the command runs. */
import { type Config, readConfig } from '../platform/config/config.ts'
import { startEmbedded } from '../platform/embedded/index.ts'
import { createLog, type Log } from '../platform/log/log.ts'

export type House = { config: Config; log: Log; url: string; elsewhere: string | undefined }

/** Uses the embedded server that runs already, or starts it and stops it afterwards. */
export async function withHouse<T>(act: (house: House) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  for (const line of config.warnings) console.error(line)
  // A command's output is its own; the log speaks up only for what is wrong.
  const log = createLog({ level: 'error', file: config.logFile, stream: 'error' })
  if (config.databaseUrl) return act({ config, log, url: config.databaseUrl, elsewhere: undefined })
  const embedded = await startEmbedded({ dataDir: config.dataDir, log })
  try {
    return await act({ config, log, url: embedded.url, elsewhere: embedded.place.elsewhere })
  } finally {
    await embedded.stop()
  }
}
