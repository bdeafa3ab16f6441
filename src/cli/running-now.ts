/** Finds the Pond that runs on a data folder, and who holds a port. Signals nobody. */
import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export function readRun(dataDir: string): { pid: number; address: string } | undefined {
  try {
    const run = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8'))
    const words = readFileSync(`/proc/${run.pid}/cmdline`, 'utf8').split('\0')
    return words.some(word => /src\/(main|cli\/main)\.ts$/.test(word)) ? run : undefined
  } catch {
    return undefined
  }
}

/** Undefined when the port is free, else why not. */
export async function addressHolder(host: string, port: number): Promise<string | undefined> {
  const addresses = await lookup(host, { all: true }).catch(() => [])
  if (addresses.length === 0) return 'this name has no address on this machine'
  for (const { address } of addresses) {
    const code = await tryToListen(address, port)
    if (code === 'EADDRINUSE') return 'another program has this port'
    if (code === 'EACCES') return 'ports below 1024 are for root'
    if (code === 'EADDRNOTAVAIL' && addresses.length === 1) return 'this address is not one of this machine'
  }
  return undefined
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise(done => {
    const trial = createServer()
    trial.once('error', error => done((error as NodeJS.ErrnoException).code))
    trial.listen({ host, port, exclusive: true }, () => trial.close(() => done(undefined)))
  })
}
