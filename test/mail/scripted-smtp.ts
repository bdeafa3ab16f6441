/** An SMTP server that misbehaves exactly where a test wants it to. Keeps every mail that it took after the final dot. */
import { createServer, type Socket } from 'node:net'

export type Step = 'connect' | 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot'
/** `cut` closes the line, `silence` says nothing more, a text is the answer. `dot` happens after the mail was taken. */
export type Fault = { step: Step; does: 'cut' | 'silence' | { says: string }; times?: number }

export type ScriptedSmtp = {
  port: number
  /** Taken mails: envelope and text. */
  mails: { from: string; to: string; text: string }[]
  fault: Fault | null
  connections: number
  close(): Promise<void>
}

export async function startScriptedSmtp(): Promise<ScriptedSmtp> {
  const sockets = new Set<Socket>()
  const smtp: ScriptedSmtp = { port: 0, mails: [], fault: null, connections: 0, close: async () => {} }
  function strikes(step: Step, socket: Socket): boolean {
    const { fault } = smtp
    if (fault?.step !== step) return false
    if (fault.times !== undefined && --fault.times <= 0) smtp.fault = null
    if (fault.does === 'cut') socket.destroy()
    else if (fault.does !== 'silence') socket.write(`${fault.does.says}\r\n`)
    return true
  }
  const server = createServer(socket => {
    smtp.connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    if (strikes('connect', socket)) return
    socket.write('220 scripted ESMTP\r\n')
    let from = ''
    let to = ''
    let body: string | null = null
    let rest = ''
    const answer = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO') return strikes('ehlo', socket) || socket.write('250-scripted\r\n250 8BITMIME\r\n')
      if (verb === 'MAIL') {
        from = /<(.*)>/.exec(line)?.[1] ?? ''
        return strikes('mail', socket) || socket.write('250 ok\r\n')
      }
      if (verb === 'RCPT') {
        to = /<(.*)>/.exec(line)?.[1] ?? ''
        return strikes('rcpt', socket) || socket.write('250 ok\r\n')
      }
      if (verb === 'DATA') {
        if (strikes('data', socket)) return
        body = ''
        return socket.write('354 go on\r\n')
      }
      if (verb === 'QUIT') return socket.end('221 bye\r\n')
      socket.write('250 ok\r\n')
    }
    socket.on('data', piece => {
      rest += piece.toString('latin1')
      for (;;) {
        if (body !== null) {
          if (rest.length > 0 && smtp.fault?.step === 'body' && strikes('body', socket)) return
          const end = rest.startsWith('.\r\n') ? 0 : rest.indexOf('\r\n.\r\n')
          if (end < 0) return
          body = rest.slice(0, end)
          rest = rest.slice(end === 0 ? 3 : end + 5)
          const refused = smtp.fault?.step === 'dot' && typeof smtp.fault.does === 'object'
          if (!refused) smtp.mails.push({ from, to, text: body })
          body = null
          if (!strikes('dot', socket)) socket.write('250 taken\r\n')
          continue
        }
        const end = rest.indexOf('\r\n')
        if (end < 0) return
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        answer(line)
      }
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  smtp.port = (server.address() as { port: number }).port
  smtp.close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise(resolve => server.close(resolve))
  }
  return smtp
}
