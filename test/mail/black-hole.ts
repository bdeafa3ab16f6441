/** A relay on loopback that can stop forwarding without closing (a black hole), or cut every line. */
import { connect, createServer, type Socket } from 'node:net'

export type Relay = {
  port: number
  swallow(on: boolean): void
  cut(): void
  connections(): number
  close(): Promise<void>
}

export async function startRelay(to: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  let swallowing = false
  let connections = 0
  const server = createServer(near => {
    connections++
    const far = connect(to, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('data', piece => {
        if (!swallowing) other.write(piece)
      })
      one.on('close', () => {
        sockets.delete(one)
        if (!swallowing) other.destroy()
      })
      one.on('error', () => {})
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    swallow(on) {
      swallowing = on
    },
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
