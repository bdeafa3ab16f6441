/**
 * How much memory the embedded server shares among its connections: as an installation grows, its newest mail and the
 * index of search shall stay there between two questions. A young one takes the least, and no machine gives up much.
 */
import { readdirSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'

const megabyte = 1024 * 1024
const least = 64
const most = 512

/** `shared_buffers` for so many bytes of tables and indexes on a machine with so many bytes of memory. Pure. */
export function sharedMemory(dataBytes: number, memoryBytes: number): string {
  const wanted = Math.min(dataBytes / 8, memoryBytes / 16) / megabyte
  return `${Math.round(Math.min(most, Math.max(least, wanted)))}MB`
}

/** Bytes of memory this process may count on: a container has less than its machine. */
export function memoryHere(): number {
  const allowed = process.constrainedMemory()
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem()
}

/** Bytes of the tables and indexes in a cluster; 0 for a new one. Files may go while they are counted. */
export function dataIn(cluster: string): number {
  const base = join(cluster, 'base')
  const sizes = (folder: string) =>
    entriesOf(folder).map(name => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
  return entriesOf(base)
    .flatMap(database => sizes(join(base, database)))
    .reduce((all, size) => all + size, 0)
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
