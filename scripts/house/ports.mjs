/** Looks whether a port is free, by listening on it for a moment. Says nothing about who has it. */
import { lookup } from 'node:dns/promises'
import { createServer } from 'node:net'

export async function isTaken(port, host) {
  // "localhost" is two addresses on most machines, and both are ours or none.
  const addresses = await lookup(host, { all: true }).catch(() => [{ address: host }])
  for (const { address } of addresses) if (await refused(port, address)) return true
  return false
}

export async function freePort(from, host) {
  for (let port = from; port <= 65535; port++) if (!(await isTaken(port, host))) return port
  throw new Error('No port is free.')
}

function refused(port, address) {
  return new Promise(done => {
    const trial = createServer()
    trial.once('error', error => done(error.code === 'EADDRINUSE' || error.code === 'EACCES'))
    trial.listen({ port, host: address, exclusive: true }, () => trial.close(() => done(false)))
  })
}
