/** Signing in to a submission server over STARTTLS, with a password and with an access token. */
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSmtp } from '../../src/platform/mail/smtp/line.ts'
import { ownCertificate } from '../../src/platform/mail/smtp/own-certificate.ts'

const certificate = ownCertificate('localhost', new Date())
let server: SMTPServer
let port: number
const mails: string[] = []
beforeAll(async () => {
  server = new SMTPServer({
    ...certificate,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    onAuth(auth, _session, done) {
      const right = auth.method === 'XOAUTH2' ? auth.accessToken === 'fresh token' : auth.password === 'right'
      if (right) done(null, { user: auth.username })
      else done(Object.assign(new Error('5.7.8 no'), { responseCode: 535 }))
    },
    onData(stream, session, done) {
      stream.resume()
      stream.on('end', () => {
        mails.push(String(session.user))
        done()
      })
    },
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.server.address() as { port: number }).port
})
afterAll(() => new Promise<void>(resolve => server.close(() => resolve())))

const place = () => ({ host: 'localhost', port, security: 'starttls' as const, user: 'ana@desk.example' })
const options = { ca: certificate.cert, deadlineMs: 4000 }

test.each([{ password: 'right' }, { accessToken: 'fresh token' }])(
  'what is right signs in and sends: %o',
  async secret => {
    const line = await openSmtp(place(), secret, options)
    const outcome = await line.send({
      from: 'ana@desk.example',
      to: 'x@y.example',
      raw: Buffer.from('Subject: x\r\n\r\nx\r\n'),
      beforeEnd: async () => true,
    })
    line.close()
    expect(outcome).toMatchObject({ is: 'sent' })
    expect(mails.pop()).toBe('ana@desk.example')
  },
)

test.each([{ password: 'wrong' }, { accessToken: 'old token' }])(
  'what is wrong is told as a refused sign-in: %o',
  async secret => {
    await expect(openSmtp(place(), secret, options)).rejects.toMatchObject({ code: 'sign-in-refused', passing: false })
  },
)

test('a certificate nobody vouches for, and a missing STARTTLS, are told apart', async () => {
  await expect(openSmtp(place(), { password: 'right' }, { deadlineMs: 4000 })).rejects.toMatchObject({
    code: 'tls-untrusted',
  })
  const plain = new SMTPServer({ disabledCommands: ['STARTTLS'], authOptional: true })
  await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve))
  const at = { ...place(), port: (plain.server.address() as { port: number }).port }
  await expect(openSmtp(at, { password: 'right' }, options)).rejects.toMatchObject({ code: 'tls-missing' })
  await new Promise<void>(resolve => plain.close(() => resolve()))
})
