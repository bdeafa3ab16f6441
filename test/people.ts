/** Builders for tests: a desk that answers over HTTP, members of every kind, teams, and requests in somebody's name. Real parts only; the clock is the test's. */
import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Role } from '../src/contract/session.ts'
import { type Access, type AccountMail, createAccess } from '../src/domain/access/index.ts'
import { hashPassword } from '../src/domain/access/secrets.ts'
import { saveCalendarRow } from '../src/domain/access/tables/calendars.ts'
import { makeMember } from '../src/domain/access/tables/members.ts'
import { beginSession } from '../src/domain/access/tables/sessions.ts'
import { giveRole, makeTeamRow } from '../src/domain/access/tables/teams.ts'
import { findOrMakePeople } from '../src/domain/people/index.ts'
import { indexMessages } from '../src/domain/search/index.ts'
import { openKeys } from '../src/platform/config/keys.ts'
import { inTransaction } from '../src/platform/db/index.ts'
import { type Files, openFiles } from '../src/platform/files/index.ts'
import { createHttp } from '../src/platform/http/index.ts'
import { silentLog } from '../src/platform/log/log.ts'
import { type TestDatabase, testDatabase } from './database.ts'

export type TestDesk = {
  app: FastifyInstance
  database: TestDatabase
  access: Access
  files: Files
  /** of this desk alone; gone when it closes */
  folder: string
  baseUrl: URL
  /** what the desk takes for now; tests move it */
  clock: { now: Date }
  /** links that would have been mailed */
  mails: AccountMail[]
  close(): Promise<void>
}

export type DeskOptions = {
  baseUrl?: string
  trustedProxies?: string[]
  /** before any route is declared */
  before?: (app: FastifyInstance) => void
  /** other slices' routes */
  more?: (desk: TestDesk) => void | Promise<void>
}

export async function aDesk(options: DeskOptions = {}): Promise<TestDesk> {
  const database = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'pond-people-'))
  const baseUrl = new URL(options.baseUrl ?? 'http://localhost:4747')
  const clock = { now: new Date() }
  const mails: AccountMail[] = []
  const app = await createHttp({
    log: silentLog(),
    baseUrl,
    trustedProxies: options.trustedProxies ?? [],
    clock: () => clock.now,
    sentence: code => ({ title: code, detail: '' }),
  })
  options.before?.(app)
  const keys = openKeys({ dataDir: folder, key: '00'.repeat(32) })
  const mailLink = async (_: unknown, mail: AccountMail) => void mails.push(mail)
  const access = createAccess({ pool: database.pool, db: database.db, baseUrl, mailLink, keys })
  access.routes(app)
  const close = async () => {
    await app.close()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
  const files = openFiles(folder)
  const desk = { app, database, access, files, folder, baseUrl, clock, mails, close }
  await options.more?.(desk)
  await app.ready()
  return desk
}

export type TestMember = { personId: string; name: string; address: string; addressId: string; password: string }

export type MemberWishes = {
  name?: string
  address?: string
  /** hashing takes a while: only for those who sign in by it */
  password?: string
  administrator?: boolean
  disabled?: boolean
  expiresAt?: Date
  teams?: Record<string, Role>
}

let made = 0

export async function aMember(desk: TestDesk, wishes: MemberWishes = {}): Promise<TestMember> {
  made++
  const name = wishes.name ?? `Member ${made}`
  const address = wishes.address ?? `member${made}@example.org`
  const passwordHash = wishes.password ? await hashPassword(wishes.password) : 'x'
  const now = desk.clock.now
  const found = await inTransaction(desk.database.db, async tx => {
    const person = [...(await findOrMakePeople(tx, [{ address, name }], now)).values()][0]!
    const { personId } = person
    await makeMember(
      tx,
      { personId, administrator: wishes.administrator ?? false, passwordHash, expiresAt: wishes.expiresAt ?? null },
      now,
    )
    for (const [teamId, role] of Object.entries(wishes.teams ?? {})) await giveRole(tx, teamId, personId, role, now)
    if (wishes.disabled)
      await tx.updateTable('member').set({ disabledAt: now }).where('personId', '=', personId).execute()
    return person
  })
  return { personId: found.personId, name, address, addressId: found.addressId, password: wishes.password ?? '' }
}

export type TestTeam = { id: string; calendarId: string; fallbackId: string }

/** With a fallback of its own, and hours from nine to five on working days. */
export async function aTeam(desk: TestDesk, wishes: { name?: string; fallback?: TestMember } = {}): Promise<TestTeam> {
  const fallback = wishes.fallback ?? (await aMember(desk))
  const calendarId = randomUUIDv7()
  const hours = [1, 2, 3, 4, 5].map(weekday => ({ weekday, from: 540, to: 1020 }))
  const targets = { replyWithin: 240, followUpDays: 7, reopenDays: 30 }
  const name = wishes.name ?? `Team ${made}`
  const now = desk.clock.now
  const id = await inTransaction(desk.database.db, async tx => {
    await saveCalendarRow(tx, { id: calendarId, name, zone: 'Europe/Berlin', hours, holidays: [] })
    const id = await makeTeamRow(tx, { name, fallbackId: fallback.personId, calendarId, ...targets }, now)
    await giveRole(tx, id, fallback.personId, 'teammate', now)
    return id
  })
  return { id, calendarId, fallbackId: fallback.personId }
}

/** A mailbox that can send; nothing is ever sent from it here. */
export async function aMailbox(desk: TestDesk, team: TestTeam): Promise<{ id: string; address: string }> {
  made++
  const [id, address] = [randomUUIDv7(), `service${made}@desk.example`]
  const smtp = { host: 'localhost', port: 25, security: 'none', user: '' }
  await desk.database.db
    .insertInto('mailbox')
    .values({
      id,
      teamId: team.id,
      address,
      normal: address,
      fromName: 'Service',
      receiveBy: 'listener',
      smtp: JSON.stringify(smtp),
    })
    .execute()
  return { id, address }
}

export type TestConversation = {
  id: string
  messageId: string
  promiseId: string
  customerId: string
  addressId: string
}

/** One open matter with a customer's message and the reply that is owed; owned by somebody or nobody. */
export async function aConversation(
  desk: TestDesk,
  wishes: {
    team: TestTeam
    owner?: TestMember | null
    customer?: string
    mailboxId?: string | null
    /** subject, preview and text */
    words?: string
    previousId?: string
  },
): Promise<TestConversation> {
  made++
  const address = wishes.customer ?? `customer${made}@example.net`
  const [id, messageId, promiseId] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7()]
  const now = desk.clock.now
  const due = new Date(now.getTime() + 4 * 3_600_000)
  const owner = wishes.owner?.personId ?? null
  return inTransaction(desk.database.db, async tx => {
    const customer = [...(await findOrMakePeople(tx, [{ address, name: `Customer ${made}` }], now)).values()][0]!
    const { personId: customerId, addressId } = customer
    const place = { customerId, ownerId: owner, teamId: wishes.team.id, mailboxId: wishes.mailboxId ?? null }
    const words = wishes.words ?? `Matter ${made}`
    const looks = { channel: 'mail', subject: words, state: 'open', preview: words }
    await tx
      .insertInto('conversation')
      .values({ id, ...place, ...looks, previousId: wishes.previousId ?? null, dueAt: due, lastAt: now, openedAt: now })
      .execute()
    await tx
      .insertInto('participant')
      .values({ conversationId: id, addressId, personId: customerId, role: 'customer', since: now })
      .execute()
    const said = {
      kind: 'message',
      authorId: customerId,
      authorRaw: address,
      bodyText: 'Hello.',
      subject: looks.subject,
    }
    await tx
      .insertInto('message')
      .values({ id: messageId, conversationId: id, at: now, rfcId: `${messageId}@example.net`, ...said })
      .execute()
    await indexMessages(tx, [{ id: messageId, conversationId: id, at: now, ...said, recipients: [], language: null }])
    const owed = { kind: 'reply', direction: 'ours', words, automatic: true, madeAt: now, dueAt: due }
    const parties = { byPersonId: owner, byTeamId: wishes.team.id, toPersonId: customerId }
    await tx
      .insertInto('promise')
      .values({ id: promiseId, conversationId: id, ...owed, ...parties })
      .execute()
    return { id, messageId, promiseId, customerId, addressId }
  })
}

/** The cookie header of a fresh session, without the sign-in page; `signIn` below goes through it. */
export async function cookieOf(desk: TestDesk, member: { personId: string }): Promise<string> {
  const visit = { agent: 'test', network: '127.0.0.1' }
  const { token } = await inTransaction(desk.database.db, tx =>
    beginSession(tx, member.personId, visit, desk.clock.now),
  )
  return `${desk.baseUrl.protocol === 'https:' ? '__Host-pond' : 'pond-session'}=${token}`
}

export type Answer = {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
  body: any
  text: string
  cookie: string | null
  headers: Record<string, unknown>
}

type Call = { cookie?: string | null; headers?: Record<string, string>; remoteAddress?: string }

/** One request over the whole server. `say` is the body, or the query of a GET. */
export async function ask(
  desk: { app: FastifyInstance },
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  say?: unknown,
  call: Call = {},
): Promise<Answer> {
  const query = method === 'GET' && say ? { query: say as Record<string, string> } : {}
  const response = await desk.app.inject({
    method,
    url: path,
    ...query,
    ...(method === 'GET' || say === undefined ? {} : { payload: say as object }),
    ...(call.remoteAddress ? { remoteAddress: call.remoteAddress } : {}),
    headers: { ...(call.cookie ? { cookie: call.cookie } : {}), ...call.headers },
  })
  const json = String(response.headers['content-type']).includes('json')
  const set = response.cookies[0] as { name: string; value: string } | undefined
  return {
    status: response.statusCode,
    body: json ? response.json() : null,
    text: response.body,
    cookie: set ? `${set.name}=${set.value}` : null,
    headers: response.headers,
  }
}

export async function signIn(desk: TestDesk, who: { address: string; password: string }, call: Call = {}) {
  return ask(desk, 'POST', '/api/v1/sign-in', { address: who.address, password: who.password }, call)
}
