import { randomUUIDv7 } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  aConversation,
  aDesk,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestDesk,
  type TestTeam,
} from '../../../test/people.ts'
import { isAudited } from '../../contract/audit.ts'
import { EventKinds } from '../../contract/events.ts'
import { startingRetention } from '../../contract/keeping.ts'
import { inTransaction } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { installationRoutes } from './index.ts'
import { keepToRetention } from './retention/commands.ts'

const day = 86_400_000
let desk: TestDesk
let cookie: string
let team: TestTeam
beforeAll(async () => {
  desk = await aDesk({
    more: ({ app, database, access, folder }) =>
      installationRoutes(app, { db: database.db, rights: access.rights, dataDir: folder, keyOutside: false }),
  })
  cookie = await cookieOf(desk, await aMember(desk, { administrator: true, name: '=Boss()' }))
  team = await aTeam(desk)
})
afterAll(() => desk.close())

const say = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown, as = cookie) =>
  ask(desk, method, `/api/v1${path}`, body, { cookie: as })
const query = (text: string, values: unknown[] = []) => desk.database.pool.query(text, values)

describe('the audit', () => {
  test('covers the same kinds here and in the database', async () => {
    const { rows } = await query('select k as kind, is_audited(k) as audited from unnest($1::text[]) k', [
      [...EventKinds],
    ])
    expect(rows.filter(row => row.audited !== isAudited(row.kind))).toEqual([])
  })

  test('only grows: not even the database’s owner rewrites it, and what happens in conversations is not its matter', async () => {
    await inTransaction(desk.database.db, tx =>
      record(
        tx,
        { kind: 'member.signed-in', subjectId: null, actorId: null, scopes: [], facts: {}, at: new Date() },
        { kind: 'message.noted', subjectId: null, actorId: null, scopes: [], facts: {}, at: new Date() },
      ),
    )
    await expect(query("update event set facts = '{}' where kind = 'member.signed-in'")).rejects.toThrow(/only grows/)
    await expect(query("delete from event where kind = 'member.signed-in'")).rejects.toThrow(/only grows/)
    await expect(
      query("begin; set local pond.forgets_audit = 'yes'; delete from event where kind = 'member.signed-in'; commit"),
    ).rejects.toThrow(/only grows/)
    expect((await query("delete from event where kind = 'message.noted'")).rowCount).toBe(1)
  })

  test('shows leads what happened in their teams, and what else there is to nobody but administrators', async () => {
    const lead = await aMember(desk, { teams: { [team.id]: 'lead' } })
    const teammate = await aMember(desk, { teams: { [team.id]: 'teammate' } })
    const [leadCookie, mateCookie] = [await cookieOf(desk, lead), await cookieOf(desk, teammate)]
    await say('PUT', `/teams/${team.id}/members/${teammate.personId}`, { role: 'teammate' })
    await say('PUT', '/protection', { secondFactor: 'administrators' })
    await say('PUT', '/protection', { secondFactor: 'nobody' })
    const kinds = async (as: string) =>
      new Set((await say('GET', '/audit', undefined, as)).body.entries.map((entry: { kind: string }) => entry.kind))
    expect(await kinds(leadCookie)).toEqual(new Set(['team.changed']))
    expect(await kinds(cookie)).toContain('installation.changed')
    expect((await say('GET', '/audit', undefined, mateCookie)).status).toBe(403)
    await say('PUT', '/rights', { grant: 'audit', role: 'lead', on: false })
    expect((await say('GET', '/audit', undefined, leadCookie)).status).toBe(403)
    await say('PUT', '/rights', { grant: 'audit', role: 'lead', on: true })
  })

  test('is read page by page without a gap, and narrowed by person, subject and time', async () => {
    const who = await aMember(desk)
    const at = desk.clock.now
    await inTransaction(desk.database.db, tx =>
      record(
        tx,
        ...Array.from({ length: 120 }, (_, n) => ({
          kind: n % 3 === 0 ? ('member.changed' as const) : ('member.signed-in' as const),
          ...{ subjectId: who.personId, actorId: who.personId, scopes: [who.personId], facts: { n }, at },
        })),
      ),
    )
    const seen: number[] = []
    let after: string | undefined
    do {
      const { body } = await say('GET', '/audit', { personId: who.personId, ...(after ? { after } : {}) })
      seen.push(...body.entries.map((entry: { facts: { n: number } }) => entry.facts.n))
      after = body.next ?? undefined
    } while (after)
    expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => 119 - n))
    const about = { personId: who.personId, about: 'people' }
    expect((await say('GET', '/audit', about)).body.entries).toHaveLength(40)
    const from = new Date(at.getTime() + 1).toISOString()
    expect((await say('GET', '/audit', { ...about, from })).body.entries).toEqual([])
  })

  test('goes along as CSV in which nothing is run as a formula, and that is written down', async () => {
    const csv = await say('GET', '/audit/export', { about: 'installation' })
    expect(csv.headers['content-type']).toMatch(/text\/csv/)
    expect(csv.text).toContain("'=Boss()")
    expect(csv.text).not.toMatch(/(^|,)=/m)
    const { body } = await say('GET', '/audit', { about: 'data' })
    expect(body.entries[0]).toMatchObject({ kind: 'export.made', facts: { of: 'audit' } })
  })
})

describe('the look', () => {
  const look = { name: 'Lindqvist', accent: '#5b2a86', logoId: null }

  test('takes an accent that can be read, names a better one for one that can’t, and says what was before', async () => {
    const weak = await say('PUT', '/look', { ...look, accent: '#ffcc00' })
    expect([weak.status, weak.body.code]).toEqual([400, 'accent-too-weak'])
    expect(weak.body.facts.better).toMatch(/^#[0-9a-f]{6}$/)
    expect((await say('PUT', '/look', { ...look, accent: weak.body.facts.better })).status).toBe(200)
    const { body } = await say('PUT', '/look', look)
    expect(body.before).toMatchObject({ name: 'Lindqvist', accent: weak.body.facts.better })
    expect((await ask(desk, 'GET', '/api/v1/welcome')).body).toMatchObject({ name: 'Lindqvist', accent: '#5b2a86' })
  })

  const upload = (payload: Buffer, type: string) =>
    desk.app.inject({ method: 'POST', url: '/api/v1/look/logo', payload, headers: { cookie, 'content-type': type } })

  test('takes a picture, and serves what was drawn from it as PNG and never what came', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><script>alert(1)</script><rect width="90" height="60" fill="teal"/></svg>'
    const made = (await upload(Buffer.from(svg), 'image/svg+xml')).json()
    for (const size of ['small', 'large']) {
      const served = await desk.app.inject({ url: `/look/logo/${made.logoId}/${size}.png` })
      expect(served.headers['content-type']).toBe('image/png')
      expect(served.headers['x-content-type-options']).toBe('nosniff')
      expect(await sharp(served.rawPayload).metadata()).toMatchObject({ format: 'png', width: 90, height: 60 })
    }
    expect((await say('PUT', '/look', { ...look, logoId: made.logoId })).body.look.logoId).toBe(made.logoId)
    expect((await say('PUT', '/look', { ...look, logoId: randomUUIDv7() })).body.code).toBe('logo-gone')
  })

  test('refuses what is no picture, lies about its kind or is larger than a megabyte', async () => {
    const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
    expect((await upload(gif, 'image/png')).json().code).toBe('no-logo')
    expect((await upload(Buffer.from('<svg'), 'image/svg+xml')).json().code).toBe('no-logo')
    expect((await upload(Buffer.alloc(1024 * 1024 + 1), 'image/png')).statusCode).toBe(413)
    expect((await upload(gif, 'image/gif')).statusCode).toBe(415)
  })
})

describe('retention', () => {
  const run = () => keepToRetention(desk.database.db, desk.clock.now, new AbortController().signal)
  const there = async (id: string) => (await query('select from conversation where id = $1', [id])).rowCount === 1

  async function aPutAway(state: 'spam' | 'trash' | 'closed', daysAgo: number, promised = false) {
    const { id, messageId } = await aConversation(desk, { team })
    const at = new Date(desk.clock.now.getTime() - daysAgo * day)
    const deliveryId = randomUUIDv7()
    await query(
      `insert into mailbox (id, team_id, address, normal, from_name, receive_by) values ($1::uuid, $2, $1::text, $1::text, 'x', 'import')`,
      [deliveryId, team.id],
    )
    await query(
      `insert into delivery (id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, raw, became, message_id)
        values ($1::uuid, $1::uuid, 'import', $1::text, '\\x00', $2, 3, 'Raw', 'message', $3)`,
      [deliveryId, at, messageId],
    )
    await query(
      `with gone as (update promise set ended_at = case when $5 then null else $2::timestamptz end,
          ended_how = case when $5 then null else 'released' end where conversation_id = $1)
        update conversation set state = $3, closed_because = $4, last_at = $2, closed_at = $2, due_at = null where id = $1`,
      [id, at, state, state === 'closed' ? 'thanks' : null, promised],
    )
    return { id, deliveryId }
  }

  test('takes spam and trash after their time, with the mail they came as, and nothing that is younger or promised', async () => {
    const old = await aPutAway('spam', 31)
    const young = await aPutAway('trash', 29)
    const closed = await aPutAway('closed', 4000)
    const promised = await aPutAway('trash', 90, true)
    const open = await aConversation(desk, { team })
    expect((await say('GET', '/retention')).body.going).toMatchObject({ spam: 1, trash: 0, closed: 0 })
    await run()
    expect(await there(old.id)).toBe(false)
    for (const { id } of [young, closed, promised, open]) expect(await there(id)).toBe(true)
    const { rows } = await query('select became, raw, message_id from delivery where id = $1', [old.deliveryId])
    expect(rows[0]).toEqual({ became: 'removed', raw: null, message_id: null })
    const { body } = await say('GET', '/audit', { about: 'data' })
    expect(body.entries[0]).toMatchObject({ kind: 'retention.ran', facts: { spam: 1, trash: 0 } })
  })

  test('says beforehand what would go, and keeps closed matters and raw mail for ever unless told', async () => {
    const closed = await aPutAway('closed', 400)
    const wanted = { ...startingRetention, closedDays: 365, rawDays: 365 }
    const { going } = (await say('POST', '/retention/preview', wanted)).body
    expect(going.closed).toBeGreaterThan(0)
    expect(await there(closed.id)).toBe(true)
    expect((await say('PUT', '/retention', { ...wanted, closedDays: 5 })).status).toBe(400)
    expect((await say('PUT', '/retention', { ...wanted, auditDays: 30 })).status).toBe(400)
    await say('PUT', '/retention', wanted)
    await run()
    expect(await there(closed.id)).toBe(false)
    const { rows } = await query(
      'select count(*)::int as left from delivery where raw is not null and arrived_at < $1',
      [new Date(desk.clock.now.getTime() - 365 * day)],
    )
    expect(rows[0].left).toBe(0)
  })

  test('forgets the audit after its time, never a younger entry, and the trigger lets nobody else', async () => {
    const told = { subjectId: null, actorId: null, scopes: [], facts: { old: true } }
    const at = (days: number) => new Date(Date.now() - days * day)
    await inTransaction(desk.database.db, tx =>
      record(tx, { kind: 'team.changed', ...told, at: at(800) }, { kind: 'team.changed', ...told, at: at(400) }),
    )
    await say('PUT', '/retention', { ...startingRetention, auditDays: 730 })
    await run()
    const { rows } = await query("select at from event where facts ? 'old'")
    expect(rows).toHaveLength(1)
    await expect(query("delete from event where facts ? 'old'")).rejects.toThrow(/only grows/)
  })
})
