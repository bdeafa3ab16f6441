/** A file in the data folder says which process runs Pond and where. `up` and the command line read it; it locks nothing. */
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileIn = (dataDir: string) => join(dataDir, 'run.json')

export function rememberRun(dataDir: string, address: string) {
  const file = fileIn(dataDir)
  writeFileSync(`${file}.new`, JSON.stringify({ pid: process.pid, address, startedAt: new Date().toISOString() }))
  renameSync(`${file}.new`, file)
}

export function forgetRun(dataDir: string) {
  rmSync(fileIn(dataDir), { force: true })
}
