/** Asks the app over one kept-alive connection and says how long the whole answer took. */
import { Agent, request } from 'node:http'

export type Told = { status: number; milliseconds: number; body: string }

export function asking(address: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const url = new URL(address)
  const ask = (cookie: string, method: 'GET' | 'POST', path: string, say?: unknown): Promise<Told> =>
    new Promise((resolve, reject) => {
      const body = say === undefined ? undefined : JSON.stringify(say)
      const began = performance.now()
      const asked = request(
        {
          agent,
          host: url.hostname,
          port: url.port,
          method,
          path,
          headers: {
            cookie,
            ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
          },
        },
        answer => {
          const parts: Buffer[] = []
          answer.on('data', part => parts.push(part))
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              milliseconds: performance.now() - began,
              body: Buffer.concat(parts).toString('utf8'),
            }),
          )
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })
  return { ask, close: () => agent.destroy() }
}
