/** The world outside in the journeys: people who write to Pond by SMTP, and the server that takes what Pond sends. */
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { type APIRequestContext, expect, test } from './journey.ts'
import { port, smtpInPort, smtpOutPort } from './place.ts'

export const service = 'service@rosendal.example'

/** Called once in a file of journeys: mail comes and goes from its first journey to its last. `sent` is every mail Pond has sent, as it went over the line. */
export function liveOutside({ atOnce = false } = {}): { sent: readonly string[] } {
  const sent: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', part => parts.push(part))
      stream.on('end', () => {
        sent.push(Buffer.concat(parts).toString('utf8'))
        done()
      })
    },
  })
  test.beforeAll(async ({ browser }) => {
    await new Promise<void>(ready => server.listen(smtpOutPort, '127.0.0.1', () => ready()))
    const context = await browser.newContext()
    await aMailbox(context.request)
    if (atOnce) await sendsAtOnce(context.request)
    await context.close()
  })
  test.afterAll(() => new Promise<void>(done => server.close(() => done())))
  return { sent }
}

async function aMailbox(request: APIRequestContext) {
  const known = (await (await request.get('/api/v1/mailboxes')).json()) as { mailboxes: { address: string }[] }
  if (known.mailboxes.some(({ address }) => address === service)) return
  const me = (await (await request.get('/api/v1/me')).json()) as { teams: { id: string }[] }
  const smtp = { host: '127.0.0.1', port: smtpOutPort, security: 'none', user: '' }
  const made = await request.post('/api/v1/mailboxes', {
    data: { address: service, fromName: 'Lindqvist Espresso', teamId: me.teams[0]?.id, receiveBy: 'listener', smtp },
    headers: { origin: `http://localhost:${port}` },
  })
  expect(made.ok(), await made.text()).toBe(true)
}

/** What is sent leaves without the seconds in which it can be taken back: for journeys that wait for the mail and take nothing back. */
export async function sendsAtOnce(request: APIRequestContext) {
  const headers = { origin: `http://localhost:${port}` }
  const done = await request.put('/api/v1/me', { data: { undoSeconds: 0, settings: {} }, headers })
  expect(done.ok(), await done.text()).toBe(true)
}

const transport = createTransport({ host: '127.0.0.1', port: smtpInPort, secure: false, ignoreTLS: true })

type Mail = { subject: string; text: string; html?: string; inReplyTo?: string; id?: string }

/** Somebody writes a mail; resolves when Pond has taken it. */
export async function writes(name: string, address: string, mail: Mail) {
  const { id, ...rest } = mail
  await transport.sendMail({
    from: { name, address },
    to: service,
    ...rest,
    ...(id ? { messageId: id } : {}),
    ...(mail.inReplyTo ? { references: mail.inReplyTo } : {}),
  })
}
