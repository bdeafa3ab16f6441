/** A desk for tests of mailboxes: a real Dovecot, an SMTP server and an OAuth provider on loopback, and names that a name server would know. */
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { mailboxRoutes } from '../../src/domain/channels/mailboxes/routes.ts'
import { importRoutes } from '../../src/domain/intake/import/routes.ts'
import { openKeys } from '../../src/platform/config/keys.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { noNudges } from '../desk.ts'
import { type Dovecot, mailPassword, startDovecot } from '../mail-servers.ts'
import { aDesk, aMember, ask, aTeam, cookieOf, type TestDesk, type TestTeam } from '../people.ts'
import { type OauthServer, startOauthServer } from './oauth-server.ts'
import { plainIntake } from './plain-intake.ts'
import { type ScriptedSmtp, startScriptedSmtp } from './scripted-smtp.ts'

export let server: Dovecot
export let smtp: ScriptedSmtp
export let oauth: OauthServer
export let desk: TestDesk
export let team: TestTeam
export let cookie: string
export const keys = openKeys({ dataDir: '', key: '5a'.repeat(32) })
const records: Record<string, string[][]> = {
  'spf.example': [['v=spf1 a:127.0.0.1 -all']],
  'none.example': [['something else']],
  '_dmarc.spf.example': [['v=DMARC1; p=quarantine']],
  'default._domainkey.spf.example': [['v=DKIM1; k=rsa; p=MIGf']],
}
const missing = async () => {
  throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
}
const dns = {
  resolveTxt: async (name: string) => records[name] ?? missing(),
  resolveMx: missing,
  resolve4: missing,
  resolve6: missing,
} as never
let silentDns = false

/** No name server answers. */
export function silence(on: boolean) {
  silentDns = on
}

export async function openDesk() {
  server = await startDovecot()
  smtp = await startScriptedSmtp()
  oauth = await startOauthServer()
  desk = await aDesk({
    more: desk => {
      const { db } = desk.database
      const client = {
        clientId: 'pond',
        clientSecret: 'hush',
        authorizeUrl: oauth.authorizeUrl,
        tokenUrl: oauth.tokenUrl,
      }
      mailboxRoutes(desk.app, {
        db,
        keys,
        nudges: noNudges,
        files: desk.files,
        rights: desk.access.rights,
        baseUrl: desk.baseUrl,
        oauth: { google: client },
        clock: () => desk.clock.now,
        retry: async () => ({ deliveryId: '', became: 'known', conversationId: null, reason: null }),
        ca: readFileSync(server.cert, 'utf8'),
        dns: new Proxy(dns, {
          get: (target, name) =>
            silentDns ? async () => Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' })) : target[name],
        }),
      })
      importRoutes(desk.app, {
        db,
        nudges: noNudges,
        rights: desk.access.rights,
        clock: () => desk.clock.now,
        dataDir: desk.folder,
      })
    },
  })
  team = await aTeam(desk)
  cookie = await cookieOf(desk, await aMember(desk, { administrator: true }))
  await desk.database.pool.query(
    "insert into installation (id, name) values (gen_random_uuid(), 'Lindqvist Espresso') on conflict do nothing",
  )
  server.drop('ana', ['Subject: one\r\n\r\n1\r\n', 'Subject: two\r\n\r\n2\r\n'])
  server.doveadm('mailbox', 'create', '-u', 'ana', 'Service')
}

/** Jobs have their tables where jobs run: here a test does the work of one itself. */
export async function withoutWorkers() {
  await desk.database.pool.query(`create schema if not exists graphile_worker;
    create or replace function graphile_worker.add_job(identifier text, payload json default null, run_at timestamptz default null, job_key text default null, queue_name text default null)
      returns void language sql as 'select'`)
}
export const importing = () => ({
  db: desk.database.db,
  nudges: noNudges,
  log: silentLog(),
  clock: () => desk.clock.now,
  dataDir: desk.folder,
  takeIn: plainIntake(desk.database.pool).takeIn,
})
export async function closeDesk() {
  await desk.close()
  await oauth.close()
  await smtp.close()
  await server.stop()
}

let made = 0
export type Wishes = { imap?: object | undefined; smtp?: object | null; [other: string]: unknown }
export const settings = ({ imap, smtp: sending, ...wishes }: Wishes = {}) => ({
  address: `ana${++made}@spf.example`,
  fromName: 'Lindqvist Espresso',
  teamId: team.id,
  receiveBy: 'imap',
  imap: { host: 'localhost', port: server.tlsPort, security: 'tls', user: 'ana', folder: 'INBOX', ...imap },
  smtp: sending === null ? null : { host: '127.0.0.1', port: smtp.port, security: 'none', user: '', ...sending },
  password: mailPassword,
  ...wishes,
})
export async function check(wishes: Wishes = {}) {
  const answer = await ask(desk, 'POST', '/api/v1/mailboxes/check', settings(wishes), { cookie })
  expect(answer.status).toBe(200)
  const steps: { step: string; outcome: string; says: string; remedy: string | null }[] = answer.body.steps
  return { ...answer.body, steps, of: (name: string) => steps.find(step => step.step === name)! }
}
