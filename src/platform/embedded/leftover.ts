/** Stops the server of a data folder whose app was killed. Starts nothing, and touches no other server. */
import { join } from 'node:path'
import { choosePlace } from './place.ts'
import { findLiving, stopServer } from './postmaster.ts'

/** True when there was one. */
export async function stopLeftover(dataDir: string): Promise<boolean> {
  const living = findLiving({ cluster: join(choosePlace(dataDir).home, 'cluster') })
  if (!living) return false
  await stopServer(living.pid, 10_000)
  return true
}
