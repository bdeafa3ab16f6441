/** A small SMTP server that takes whatever is sent and counts, for each mail that was answered, how often. Keeps no text. */
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Sink = { port: number; answers: Map<string, number>; stop(): Promise<void> }

export async function startSink(): Promise<Sink> {
  const answers = new Map<string, number>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      let head = ''
      stream.on('data', (part: Buffer) => {
        if (head.length < 65_536) head += part.toString('latin1')
      })
      stream.on('end', () => {
        const about = /^in-reply-to:\s*<([^>]+)>/im.exec(head)?.[1]
        if (about) answers.set(about, (answers.get(about) ?? 0) + 1)
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  return { port, answers, stop: () => new Promise(resolve => server.close(() => resolve())) }
}
