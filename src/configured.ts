/** The configuration of this process, or the end of it: everything that is wrong is told before anything starts. Run by itself it only checks. */
import { type Config, ConfigProblem, readConfig } from './platform/config/config.ts'

export function configuredOrEnd(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error
    console.error(error.message)
    process.exit(2)
  }
}

if (import.meta.main) for (const line of configuredOrEnd().warnings) console.error(line)
