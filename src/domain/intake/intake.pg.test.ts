/** Intake on a real database: what each mail becomes, where it belongs, and what is promised and sent because of it. */
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aDesk, keys, mail } from '../../../test/desk.ts'
import { tokenAddress } from '../channels/index.ts'

let desk: Awaited<ReturnType<typeof aDesk>>
beforeAll(async () => {
  desk = await aDesk()
})
afterAll(() => desk.close())
beforeEach(async () => {
  await sql`truncate conversation, delivery, outbox, promise, message, event cascade`.execute(desk.db)
  await sql`delete from address where normal not like '%lindqvist%'`.execute(desk.db)
})

const rows = async <T>(query: ReturnType<typeof sql>) => (await query.execute(desk.db)).rows as T[]
const count = async (table: string) =>
  Number((await rows<{ n: number }>(sql`select count(*) as n from ${sql.table(table)}`))[0]!.n)

test('a first mail opens a conversation with a promise, and is acknowledged with it', async () => {
  const [taken] = await desk.take(mail())
  expect(taken).toMatchObject({ became: 'message', reason: null })
  const [conversation] = await rows<Record<string, unknown>>(sql`select * from conversation`)
  expect(conversation).toMatchObject({
    state: 'open',
    subject: 'The Faro trips the fuse every morning',
    ownerId: null,
    teamId: desk.world.team,
  })
  const [promise] = await rows<Record<string, unknown>>(sql`select * from promise`)
  expect(promise).toMatchObject({
    kind: 'reply',
    automatic: true,
    byTeamId: desk.world.team,
    dueAt: new Date('2026-11-24T13:00:00Z'),
    endedAt: null,
  })
  expect(promise!.toldAt).not.toBeNull()
  const [outbox] = await rows<{ purpose: string; recipient: string; content: Record<string, unknown> }>(
    sql`select * from outbox`,
  )
  expect(outbox).toMatchObject({ purpose: 'acknowledgement', automatic: true, recipient: 'ines@saudade.example' })
  // Nothing proves the address: none of the sender's words go back (S14).
  expect(outbox!.content).toMatchObject({ subject: null, said: null, greets: null, team: 'Workshop' })
  expect(await count('event')).toBe(1)
})

test('the same mail again is known, whichever way it comes; other bytes under the same id are kept', async () => {
  const raw = mail({ id: 'same' })
  await desk.take(raw)
  const again = await desk.take(raw, raw, {
    raw: Buffer.from(raw),
    source: 'imap',
    at: { folder: 'INBOX', uidvalidity: 7, uid: 3 },
  })
  expect(again.map(each => each.became)).toEqual(['known', 'known', 'known'])
  expect(await count('delivery_uid')).toBe(1)
  expect((await desk.take(mail({ id: 'same', text: 'other words' })))[0]!.became).toBe('message')
  expect(await count('outbox')).toBe(2)
})

test('twins inside one batch are one mail', async () => {
  const raw = mail({ id: 'twin' })
  const taken = await desk.take(raw, raw)
  expect(taken.map(each => each.became)).toEqual(['message', 'known'])
  expect(await count('message')).toBe(1)
})

test('a reply of somebody who takes part joins by reference; a stranger with the same reference does not', async () => {
  await desk.take(mail({ id: 'first' }))
  const refers = ['In-Reply-To: <first@saudade.example>']
  const [mine] = await desk.take(mail({ more: refers, subject: 'Re: something' }))
  const [stranger] = await desk.take(
    mail({ from: 'mallory@evil.example', more: refers, subject: 'Re: The Faro trips (#1)' }),
  )
  const conversations = await rows<{ id: string }>(sql`select id from conversation order by number`)
  expect(conversations.map(each => each.id)).toEqual([mine!.conversationId, stranger!.conversationId])
  // A told promise stands: the second mail is not acknowledged again.
  expect(await count('promise')).toBe(2)
  expect(await count('outbox')).toBe(2)
})

test('a whole exchange in one batch threads as it would one by one', async () => {
  const taken = await desk.take(
    mail({ id: 'a' }),
    mail({ more: ['References: <a@saudade.example>'] }),
    mail({ from: 'x@y.example', id: 'b' }),
  )
  expect(taken[0]!.conversationId).toBe(taken[1]!.conversationId)
  expect(taken[2]!.conversationId).not.toBe(taken[0]!.conversationId)
})

test('a signed address joins whoever holds it, and makes them copied', async () => {
  const [taken] = await desk.take(mail({ id: 'signed' }))
  const [it] = await rows<{ id: string; number: number; addressNumber: number }>(
    sql`select c.id, c.number, a.number as address_number from conversation c join address a on a.normal = 'ines@saudade.example'`,
  )
  const to = tokenAddress(
    'service@lindqvist.example',
    {
      purpose: 'reply',
      conversationId: it!.id,
      conversationNumber: it!.number,
      recipient: 'ines@saudade.example',
      addressNumber: it!.addressNumber,
    },
    keys,
  )!
  const [reply] = await desk.take(mail({ from: 'Rui <rui@saudade.example>', to }))
  expect(reply!.conversationId).toBe(taken!.conversationId)
  const people = await rows<{ normal: string; role: string }>(
    sql`select a.normal, p.role from participant p join address a on a.id = p.address_id order by 1`,
  )
  expect(people).toEqual([
    { normal: 'ines@saudade.example', role: 'customer' },
    { normal: 'rui@saudade.example', role: 'copied' },
  ])
  const [forged] = await desk.take(mail({ from: 'm@evil.example', to: to.replace(/..@/, 'aa@') }))
  expect(forged!.conversationId).not.toBe(taken!.conversationId)
})

test('what comes to a signed return address is never answered (R8)', async () => {
  await desk.take({ raw: Buffer.from(mail({ id: 'old' })), backlog: true, source: 'import' })
  const [it] = await rows<{ id: string; number: number; addressNumber: number }>(
    sql`select c.id, c.number, a.number as address_number from conversation c join address a on a.normal = 'ines@saudade.example'`,
  )
  const about = { conversationId: it!.id, conversationNumber: it!.number, addressNumber: it!.addressNumber }
  const subject = { ...about, purpose: 'return' as const, recipient: 'ines@saudade.example' }
  const to = tokenAddress('service@lindqvist.example', subject, keys)!
  const [robot] = await desk.take(mail({ to, text: 'I am on holiday.' }))
  expect(robot).toMatchObject({ became: 'message', conversationId: it!.id })
  expect(await count('outbox')).toBe(0)
})

test('somebody on Cc is only suggested unless the mail is proven', async () => {
  await desk.take(mail({ more: ['Cc: Rui <rui@saudade.example>'] }))
  expect(
    await rows(sql`select role from participant p join address a on a.id = p.address_id where a.normal like 'rui%'`),
  ).toEqual([{ role: 'suggested' }])
  await sql`update mailbox set trusted_server = 'mx.lindqvist.example'`.execute(desk.db)
  await desk.take(
    mail({
      from: 'Jo <jo@saudade.example>',
      more: [
        'Cc: Kim <kim@saudade.example>',
        'Authentication-Results: mx.lindqvist.example; dmarc=pass header.from=saudade.example',
      ],
    }),
  )
  await sql`update mailbox set trusted_server = null`.execute(desk.db)
  expect(
    await rows(sql`select role from participant p join address a on a.id = p.address_id where a.normal like 'kim%'`),
  ).toEqual([{ role: 'copied' }])
})

test('lists, auto-replies and our own addresses are kept aside and never answered', async () => {
  const taken = await desk.take(
    mail({ from: 'l@list.example', more: ['List-Id: <l.list.example>', 'Precedence: list'] }),
    mail({ from: 'v@away.example', more: ['Auto-Submitted: auto-replied'] }),
    mail({ from: 'service@lindqvist.example' }),
  )
  expect(taken.map(each => each.became)).toEqual(['message', 'message', 'message'])
  expect(await rows(sql`select distinct state from conversation`)).toEqual([{ state: 'aside' }])
  expect(await count('outbox')).toBe(0)
})

test('a backlog arrives closed, with no promise and no mail', async () => {
  await desk.take({ raw: Buffer.from(mail()), backlog: true, source: 'import' })
  expect(await rows(sql`select state, closed_because from conversation`)).toEqual([
    { state: 'closed', closedBecause: 'imported' },
  ])
  expect([await count('promise'), await count('outbox')]).toEqual([0, 0])
})

test('no more than five automatic mails an hour go to one address', async () => {
  await desk.take(...Array.from({ length: 8 }, (_, n) => mail({ subject: `Matter ${n}` })))
  expect(await count('conversation')).toBe(8)
  expect(await count('outbox')).toBe(5)
  expect((await rows(sql`select from promise where told_at is null`)).length).toBe(3)
})

test('writing again after it was solved opens it with a new promise, and releases the follow-up', async () => {
  await desk.take(mail({ id: 'solved' }))
  await sql`with done as (update promise set ended_at = now(), ended_how = 'kept' returning conversation_id, by_team_id, to_person_id),
    c as (update conversation set state = 'solved')
    insert into promise (id, conversation_id, kind, direction, by_team_id, to_person_id, words, made_at, due_at)
    select gen_random_uuid(), conversation_id, 'follow-up', 'ours', by_team_id, to_person_id, '', now(), now() from done`.execute(
    desk.db,
  )
  await desk.take(mail({ more: ['In-Reply-To: <solved@saudade.example>'] }))
  expect(await rows(sql`select state, version from conversation`)).toEqual([{ state: 'open', version: 2 }])
  expect(await rows(sql`select kind, ended_how, ended_why from promise where kind = 'follow-up'`)).toEqual([
    { kind: 'follow-up', endedHow: 'released', endedWhy: 'wrote-again' },
  ])
  expect(await count('outbox')).toBe(2)
})

test('only a proven teammate forwards for somebody else', async () => {
  const text =
    'please look\r\n\r\n---------- Forwarded message ---------\r\nFrom: Rui <rui@saudade.example>\r\nSubject: x\r\n\r\nhelp'
  const pass = ['Authentication-Results: mx.lindqvist.example; dmarc=pass header.from=lindqvist.example']
  await sql`update mailbox set trusted_server = 'mx.lindqvist.example'`.execute(desk.db)
  const customer = async (raw: string) => {
    const [taken] = await desk.take(raw)
    return (
      await rows<{ normal: string }>(
        sql`select a.normal from conversation c join address a on a.person_id = c.customer_id where c.id = ${taken!.conversationId}::uuid`,
      )
    )[0]!.normal
  }
  expect(await customer(mail({ from: 'ana@lindqvist.example', subject: 'Fwd: x', text, more: pass }))).toBe(
    'rui@saudade.example',
  )
  expect(await customer(mail({ from: 'ana@lindqvist.example', subject: 'Fwd: x', text }))).toBe('ana@lindqvist.example')
  expect(
    await customer(
      mail({
        from: 'm@evil.example',
        subject: 'Fwd: x',
        text,
        more: ['Authentication-Results: mx.lindqvist.example; dmarc=pass header.from=evil.example'],
      }),
    ),
  ).toBe('m@evil.example')
  await sql`update mailbox set trusted_server = null`.execute(desk.db)
  expect((await rows(sql`select from outbox where recipient = 'rui@saudade.example'`)).length).toBe(0)
})
