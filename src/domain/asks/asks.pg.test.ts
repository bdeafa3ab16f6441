/** Asks on a real PostgreSQL with real mail taken in: whose promise it is, what an answer by mail does, and what must never be seen. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, keys, mail } from '../../../test/desk.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { readOnce } from '../../platform/events/index.ts'
import type { Member } from '../access/index.ts'
import { tokenAddress } from '../channels/index.ts'
import { merge } from '../conversations/commands/merge.ts'
import { handOver } from '../conversations/commands/ownership.ts'
import { putAway, takeBack } from '../conversations/commands/put-away.ts'
import { replyTo } from '../conversations/commands/reply.ts'
import { makeAsk } from './commands/ask.ts'
import { relay } from './commands/relay.ts'
import { closeAsk, nameTime, thankExpert, writeInAsk } from './commands/write.ts'
import { asksOf, findExperts, myAsks, oneAsk } from './queries.ts'
import { askReader } from './reactions.ts'

let desk: Awaited<ReturnType<typeof aDesk>>
let ana: Member
let bram: Member
let jane: Member
const baseUrl = new URL('https://pond.example')
const words = (text: string) => ({ html: `<p>${text}</p>`, text, preview: text })
const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(desk.db, work)
const later = (hours: number) => new Date(desk.clock.now.getTime() + hours * 3_600_000).toISOString()

beforeAll(async () => {
  desk = await aDesk()
  const { world } = desk
  const member = (personId: string, name: string, role?: 'lead' | 'teammate'): Member => ({
    ...{ is: 'member', personId, name, administrator: false, sessionId: '' },
    roles: new Map(role ? [[world.team, role]] : []),
  })
  ana = member(world.ana, 'Ana Kovačević', 'lead')
  bram = member(world.bram, 'Bram de Wit', 'teammate')
  const id = randomUUIDv7()
  await sql`insert into person (id, name) values (${id}, 'Jane Osei')`.execute(desk.db)
  await sql`insert into address (id, person_id, kind, written, normal, verified_at) values (${randomUUIDv7()}, ${id}, 'mail', 'jane@lindqvist.example', 'jane@lindqvist.example', now())`.execute(
    desk.db,
  )
  await sql`insert into member (person_id) values (${id})`.execute(desk.db)
  jane = member(id, 'Jane Osei')
})
afterAll(() => desk.close())

let customers = 0
/** A customer's mail that Bram owns, with a message that may go along and one that may not. */
async function matter() {
  const from = `k${++customers}@saudade.example`
  const [taken] = await desk.take(mail({ from: `Inês <${from}>`, subject: 'Secret project', text: 'The fuse trips.' }))
  const id = taken!.conversationId!
  await sql`update conversation set owner_id = ${bram.personId}::uuid where id = ${id}::uuid`.execute(desk.db)
  const { rows } = await sql<{ id: string }>`select id from message where conversation_id = ${id}::uuid`.execute(
    desk.db,
  )
  return { id, from, messageId: rows[0]!.id }
}
async function asked(more: { conversationId?: string; address?: string; context?: string[] } = {}) {
  const it = more.conversationId ? null : await matter()
  const conversationId = more.conversationId ?? it!.id
  const whom = more.address ? { address: more.address, name: 'Pat Partner' } : { memberId: jane.personId }
  const { askId } = await act(tx =>
    makeAsk(
      tx,
      baseUrl,
      bram,
      { conversationId, ...whom, body: words('Which fuse fits?'), context: more.context ?? [], dueAt: later(4) },
      desk.clock.now,
    ),
  )
  return { askId, conversationId, from: it?.from ?? '', messageId: it?.messageId ?? '' }
}
const view = (askId: string, who = bram) => oneAsk(desk.db, who, askId, desk.clock.now)
const lastMail = async (askId: string) => {
  const { rows } = await sql<{
    number: number
    recipient: string
    rfcId: string
    content: Record<string, unknown>
    addressNumber: number
    automatic: boolean
  }>`select a.number, o.recipient, o.rfc_id, o.content, d.number as address_number, o.automatic from outbox o join ask_message m on m.id = o.ask_message_id join ask a on a.id = m.ask_id
    join address d on d.id = o.address_id where a.id = ${askId}::uuid order by o.created_at desc, o.id desc limit 1`.execute(
    desk.db,
  )
  return rows[0]
}
async function tokenOf(askId: string, purpose: 'ask' | 'return' = 'ask') {
  const sent = (await lastMail(askId))!
  const subject = {
    ...{ purpose, conversationId: askId, conversationNumber: sent.number },
    ...{ recipient: sent.recipient.toLowerCase(), addressNumber: sent.addressNumber },
  }
  return tokenAddress('service@lindqvist.example', subject, keys)!
}
/** Everything there is was read. The horizon is the server's: a transaction of a test beside this one may hold an event back a moment. */
const settle = () => {
  const all = async () => {
    while (
      (await readOnce(
        desk.pool,
        askReader(baseUrl, () => desk.clock.now),
      )) > 0
    );
    const { rows } = await sql<{ done: boolean }>`
      select coalesce((select max(seq) from event) <= (select seq from event_reader where name = 'asks'), true) as done`.execute(
      desk.db,
    )
    return rows[0]!.done
  }
  return expect.poll(all, { timeout: 8000, interval: 15 }).toBe(true)
}
const promises = async (conversationId: string) =>
  (
    await sql<{ by: string; to: string | null; how: string | null; kind: string }>`
      select bp.name as by, tp.name as to, p.ended_how as how, p.kind from promise p left join person bp on bp.id = p.by_person_id left join person tp on tp.id = p.to_person_id
      where p.conversation_id = ${conversationId}::uuid and p.kind = 'ask' order by p.made_at, p.id`.execute(desk.db)
  ).rows

test('asking promises the asker’s own "get it from Jane", mails the question and only what was chosen, and changes nothing that is owed', async () => {
  const one = await matter()
  const { askId } = await asked({ conversationId: one.id })
  const before = await sql<{
    state: string
    due: Date
  }>`select state, due_at as due from conversation where id = ${one.id}::uuid`.execute(desk.db)
  expect(before.rows[0]!.state).toBe('open')
  expect(await promises(one.id)).toEqual([{ by: 'Bram de Wit', to: null, how: null, kind: 'ask' }])
  const sent = (await lastMail(askId))!
  expect(sent).toMatchObject({ recipient: 'jane@lindqvist.example', automatic: false })
  expect(JSON.stringify(sent.content)).not.toContain('Secret project')
  expect(JSON.stringify(sent.content)).not.toContain('fuse trips')
  const { askId: other } = await asked({ conversationId: one.id, context: [one.messageId] })
  expect(JSON.stringify((await lastMail(other))!.content)).toContain('fuse trips')
  expect(JSON.stringify((await lastMail(other))!.content)).not.toContain('Secret project')
})

test('the expert without a team sees the question and what was chosen, and nothing else; others see nothing', async () => {
  const { askId, conversationId, messageId } = await asked()
  const seen = await view(askId, jane)
  expect(seen).toMatchObject({ conversation: null, context: [], may: { answer: true, relay: false, tend: false } })
  expect(seen.promise?.conversationId).toBeNull()
  expect(JSON.stringify(seen)).not.toMatch(/Secret|trips|saudade/)
  await expect(asksOf(desk.db, jane, conversationId, desk.clock.now)).rejects.toMatchObject({ status: 404 })
  const stranger = { ...jane, personId: randomUUIDv7() }
  await expect(view(askId, stranger)).rejects.toMatchObject({ status: 404 })
  await expect(
    act(tx => writeInAsk(tx, baseUrl, stranger, { askId, body: words('x'), is: 'answer' }, desk.clock.now)),
  ).rejects.toMatchObject({ status: 404 })
  // Somebody else's message goes along with no ask.
  const elsewhere = await matter()
  await expect(asked({ conversationId, context: [messageId, elsewhere.messageId] })).rejects.toMatchObject({
    status: 404,
  })
})

test('the customer never sees an ask, also as a member who serves there', async () => {
  const { askId, conversationId } = await asked()
  await sql`update conversation set customer_id = ${ana.personId}::uuid where id = ${conversationId}::uuid`.execute(
    desk.db,
  )
  expect(await asksOf(desk.db, ana, conversationId, desk.clock.now)).toEqual([])
  await expect(view(askId, ana)).rejects.toMatchObject({ status: 404 })
  await expect(act(tx => closeAsk(tx, baseUrl, ana, askId, desk.clock.now))).rejects.toMatchObject({ status: 404 })
  await expect(
    asked({ conversationId }).then(() =>
      act(tx =>
        makeAsk(
          tx,
          baseUrl,
          ana,
          { conversationId, memberId: jane.personId, body: words('x'), context: [], dueAt: later(1) },
          desk.clock.now,
        ),
      ),
    ),
  ).rejects.toMatchObject({ status: 404 })
})

test('a time the expert names is the expert’s promise, and an answer in the desk keeps it', async () => {
  const { askId, conversationId } = await asked()
  await act(tx => nameTime(tx, jane, { askId, dueAt: later(30) }, desk.clock.now))
  await act(tx => writeInAsk(tx, baseUrl, jane, { askId, body: words('Ten amps?'), is: 'back' }, desk.clock.now))
  expect((await view(askId)).state).toBe('open')
  await act(tx => writeInAsk(tx, baseUrl, jane, { askId, body: words('The slow one.'), is: 'answer' }, desk.clock.now))
  expect(await promises(conversationId)).toEqual([
    { by: 'Bram de Wit', to: null, how: 'replaced', kind: 'ask' },
    { by: 'Jane Osei', to: 'Bram de Wit', how: 'kept', kind: 'ask' },
  ])
  expect((await view(askId)).state).toBe('answered')
  expect((await myAsks(desk.db, bram, desk.clock.now)).back.map(({ id }) => id)).toContain(askId)
  await expect(act(tx => nameTime(tx, jane, { askId, dueAt: later(50) }, desk.clock.now))).rejects.toMatchObject({
    code: 'ask-over',
  })
  await expect(act(tx => nameTime(tx, jane, { askId, dueAt: later(-1) }, desk.clock.now))).rejects.toMatchObject({
    status: 409,
  })
  // A further question opens it again, with a promise of its own.
  await act(tx =>
    writeInAsk(tx, baseUrl, bram, { askId, body: words('And for the other machine?'), is: 'question' }, desk.clock.now),
  )
  expect(await view(askId)).toMatchObject({ state: 'open', promise: { state: 'open', by: { name: 'Bram de Wit' } } })
})

test('an answer by mail needs the signed address alone: it lands in the ask, never with the customer, and is told once', async () => {
  const { askId, conversationId } = await asked()
  const to = await tokenOf(askId)
  const text =
    'The 10 A slow-blow one.\r\n\r\nOn Tue, 24 Nov 2026 at 09:59, Bram de Wit <service@lindqvist.example> wrote:\r\n> Which fuse fits?'
  const answer = mail({ from: 'Jane Osei <jane@lindqvist.example>', to, subject: 'Re: A question', text })
  const [taken] = await desk.take(answer)
  expect(taken).toMatchObject({ became: 'message', conversationId })
  expect((await desk.take(answer))[0]).toMatchObject({ became: 'known' })
  const seen = await view(askId)
  expect(seen).toMatchObject({ state: 'answered', promise: { state: 'kept' } })
  expect(seen.messages.map(each => [each.kind, each.trimmed ?? each.text, each.from])).toEqual([
    ['question', 'Which fuse fits?', null],
    ['answer', 'The 10 A slow-blow one.', null],
  ])
  const { rows } = await sql`select from message where conversation_id = ${conversationId}::uuid`.execute(desk.db)
  expect(rows.length).toBe(1)
  const events = await sql`select from event where kind = 'ask.answered' and facts->>'askId' = ${askId}`.execute(
    desk.db,
  )
  expect(events.rows.length).toBe(1)
  // A second one is kept beside the first.
  await desk.take(mail({ from: 'Jane Osei <jane@lindqvist.example>', to, text: 'And switch it off first.' }))
  expect((await view(askId)).messages.length).toBe(3)
})

test('a machine’s mail settles nothing, an answer from elsewhere counts and says so, and what comes after the end is kept as late', async () => {
  const { askId } = await asked()
  const to = await tokenOf(askId)
  await desk.take(
    mail({ from: 'jane@lindqvist.example', to, text: 'I am away.', more: ['Auto-Submitted: auto-replied'] }),
  )
  await desk.take(mail({ from: 'jane@lindqvist.example', to: await tokenOf(askId, 'return'), text: 'Gone fishing.' }))
  expect(await view(askId)).toMatchObject({ state: 'open', promise: { state: 'open' } })
  await desk.take(mail({ from: 'Karl Home <karl@home.example>', to, text: 'I know this one.' }))
  const seen = await view(askId)
  expect(seen.state).toBe('answered')
  expect(seen.messages.map(each => each.kind)).toEqual(['question', 'automatic', 'automatic', 'answer'])
  expect(seen.messages[3]).toMatchObject({
    author: { name: 'Karl Home' },
    from: expect.stringContaining('karl@home.example'),
  })

  const { askId: other } = await asked()
  const late = await tokenOf(other)
  await act(tx => closeAsk(tx, baseUrl, bram, other, desk.clock.now))
  expect(await view(other)).toMatchObject({ state: 'closed', promise: { state: 'released' } })
  expect((await lastMail(other))!.content).toMatchObject({ about: 'closed' })
  desk.clock.now = new Date(desk.clock.now.getTime() + 60_000)
  await desk.take(mail({ from: 'jane@lindqvist.example', to: late, text: 'Still, here it is.' }))
  expect((await view(other)).messages.at(-1)).toMatchObject({ kind: 'answer', late: true })
})

test('an altered address opens nothing, and a mailbox that can’t sign knows the answer by what it refers to', async () => {
  const { askId } = await asked()
  const to = await tokenOf(askId)
  const altered = to.replace(/.@/, each => (each[0] === 'a' ? 'b@' : 'a@'))
  const [taken] = await desk.take(mail({ from: 'jane@lindqvist.example', to: altered, text: 'Let me in.' }))
  expect(taken?.conversationId).not.toBeNull()
  expect((await view(askId)).messages.length).toBe(1)
  const { rfcId } = (await lastMail(askId))!
  const more = [`In-Reply-To: <${rfcId}>`]
  await desk.take(mail({ from: 'Mallory <mallory@else.example>', text: 'I saw the id.', more }))
  expect((await view(askId)).messages.length).toBe(1)
  await desk.take(mail({ from: 'jane@lindqvist.example', text: 'By reference.', more }))
  expect((await view(askId)).messages.at(-1)).toMatchObject({
    kind: 'answer',
    text: expect.stringContaining('By reference'),
  })
})

test('a partner is asked by address; a mail that comes back shows, and promises the customer nothing', async () => {
  const { askId, conversationId } = await asked({ address: 'pat@partner.example' })
  expect((await lastMail(askId))!.content).toMatchObject({ desk: null })
  await sql`update outbox set state = 'sent' where ask_message_id is not null`.execute(desk.db)
  const { rfcId } = (await lastMail(askId))!
  const actions = async () =>
    (
      await sql`select from promise where conversation_id = ${conversationId}::uuid and kind = 'action'`.execute(
        desk.db,
      )
    ).rows.length
  await desk.take(bounceOf(rfcId, 'pat@partner.example', await tokenOf(askId, 'return')))
  expect(await view(askId)).toMatchObject({ bounced: true, state: 'open' })
  expect((await view(askId)).messages[0]!.sending).toBe('bounced')
  expect(await actions()).toBe(0)
})

test('whom one can’t ask: oneself, the customer, one of our mailboxes, somebody whose account is closed, nobody or two', async () => {
  const { id, from } = await matter()
  const ask = (more: object) =>
    act(tx =>
      makeAsk(
        tx,
        baseUrl,
        bram,
        { conversationId: id, body: words('x'), context: [], dueAt: later(2), ...more },
        desk.clock.now,
      ),
    )
  await expect(ask({ memberId: bram.personId })).rejects.toMatchObject({ code: 'ask-yourself' })
  await expect(ask({ address: from })).rejects.toMatchObject({ code: 'ask-customer' })
  await expect(ask({ address: 'Service@lindqvist.example' })).rejects.toMatchObject({ code: 'ask-ourselves' })
  await expect(ask({ address: 'service+r1-2x@lindqvist.example' })).rejects.toMatchObject({ code: 'ask-ourselves' })
  await expect(ask({ memberId: randomUUIDv7() })).rejects.toMatchObject({ status: 404 })
  await expect(ask({})).rejects.toMatchObject({ code: 'bad-shape' })
  await expect(ask({ memberId: jane.personId, dueAt: later(-1) })).rejects.toMatchObject({ code: 'time-passed' })
  await sql`update member set disabled_at = now() where person_id = ${jane.personId}::uuid`.execute(desk.db)
  await expect(ask({ memberId: jane.personId })).rejects.toMatchObject({ code: 'expert-gone' })
  await expect(ask({ address: 'jane@lindqvist.example' })).rejects.toMatchObject({ code: 'expert-gone' })
  expect(
    (await findExperts(desk.db, bram, { conversationId: id, like: '' }, desk.clock.now)).experts.map(each => each.name),
  ).toEqual(['Ana Kovačević'])
  await sql`update member set disabled_at = null where person_id = ${jane.personId}::uuid`.execute(desk.db)
  expect(
    (await findExperts(desk.db, bram, { conversationId: id, like: 'jan' }, desk.clock.now)).experts.map(
      each => each.name,
    ),
  ).toEqual(['Jane Osei'])
})

test('an ask follows its conversation through a merge, into trash and back, and to a new owner', async () => {
  const one = await asked()
  const [second] = await desk.take(mail({ from: `Inês <${one.from}>`, subject: 'Another' }))
  await act(tx =>
    merge(tx, bram, { conversationId: one.conversationId, intoId: second!.conversationId! }, desk.clock.now),
  )
  expect((await asksOf(desk.db, bram, second!.conversationId!, desk.clock.now)).map(({ id }) => id)).toEqual([
    one.askId,
  ])
  await desk.take(mail({ from: 'jane@lindqvist.example', to: await tokenOf(one.askId), text: 'After the merge.' }))
  expect(await view(one.askId)).toMatchObject({
    state: 'answered',
    conversation: { id: second!.conversationId },
    promise: { state: 'kept' },
  })

  const two = await asked()
  await act(tx => putAway(tx, bram, { conversationId: two.conversationId, as: 'trash' }, desk.clock.now))
  expect((await myAsks(desk.db, jane, desk.clock.now)).forMe.map(({ id }) => id)).not.toContain(two.askId)
  await act(tx => takeBack(tx, bram, two.conversationId, desk.clock.now))
  await settle()
  await act(tx =>
    writeInAsk(tx, baseUrl, jane, { askId: two.askId, body: words('Found.'), is: 'answer' }, desk.clock.now),
  )
  expect((await promises(two.conversationId)).filter(each => each.how === null)).toEqual([])

  const three = await asked()
  const { rows } = await sql<{
    version: number
  }>`select version from conversation where id = ${three.conversationId}::uuid`.execute(desk.db)
  const to = {
    toMemberId: ana.personId,
    toTeamId: desk.world.team,
    reason: 'knows it',
    introduction: 'Ana takes over.',
  }
  await act(tx =>
    handOver(tx, bram, { conversationId: three.conversationId, seenVersion: rows[0]!.version, ...to }, desk.clock.now),
  )
  expect((await view(three.askId)).promise?.by.name).toBe('Ana Kovačević')
})

test('a reply that answers relays it with credit and an introduction, the verdict reaches the expert, and thanks are said once', async () => {
  const { askId, conversationId, from } = await asked({ address: 'lee@partner.example' })
  await desk.take(mail({ from: 'Lee Park <lee@partner.example>', to: await tokenOf(askId), text: 'Use the slow one.' }))
  await expect(act(tx => relay(tx, jane, { askId, introduce: false }))).rejects.toMatchObject({ status: 404 })
  const prepared = await act(tx => relay(tx, bram, { askId, introduce: true }))
  expect(prepared.copy).toMatchObject({ address: 'lee@partner.example' })
  expect(prepared.body).toMatch(/I asked Pat Partner.*Use the slow one\.<\/p>.*copied/s)
  const { rows } = await sql<{
    version: number
  }>`select version from conversation where id = ${conversationId}::uuid`.execute(desk.db)
  await act(tx =>
    replyTo(
      tx,
      bram,
      {
        ...{ conversationId, seenVersion: rows[0]!.version, body: prepared.body, attachments: [] },
        recipients: { to: [from], cc: ['lee@partner.example'] },
        nextStep: { is: 'answered', followUpAt: later(170) },
      },
      desk.clock.now,
    ),
  )
  await settle()
  expect(await view(askId)).toMatchObject({ state: 'relayed' })
  const verdict = { kind: 'follow-up.judged', subject_id: conversationId, scopes: [], facts: { verdict: 'worked' } }
  await sql`insert into event (kind, subject_id, scopes, facts, at) values (${verdict.kind}, ${conversationId}::uuid, '{}', ${JSON.stringify(verdict.facts)}::jsonb, ${desk.clock.now})`.execute(
    desk.db,
  )
  await settle()
  expect(await view(askId)).toMatchObject({ verdict: 'worked' })
  expect(await lastMail(askId)).toMatchObject({ automatic: true, content: { about: 'judged', verdict: 'worked' } })
  await act(tx => thankExpert(tx, baseUrl, bram, { askId, words: 'You saved my day.' }, desk.clock.now))
  expect(await lastMail(askId)).toMatchObject({
    automatic: false,
    content: { about: 'thanks', words: 'You saved my day.' },
  })
  await expect(
    act(tx => thankExpert(tx, baseUrl, bram, { askId, words: 'Again.' }, desk.clock.now)),
  ).rejects.toMatchObject({ code: 'thanked-already' })
})

test('an answer that comes while a reply is written does not stop it', async () => {
  const { askId, conversationId, from } = await asked()
  const { rows } = await sql<{
    version: number
  }>`select version from conversation where id = ${conversationId}::uuid`.execute(desk.db)
  await act(tx => writeInAsk(tx, baseUrl, jane, { askId, body: words('Here.'), is: 'answer' }, desk.clock.now))
  const done = await act(tx =>
    replyTo(
      tx,
      bram,
      {
        ...{ conversationId, seenVersion: rows[0]!.version, body: 'On it.', attachments: [] },
        recipients: { to: [from], cc: [] },
        nextStep: { is: 'we-get-back', words: 'look', dueAt: later(9), kind: 'reply' },
      },
      desk.clock.now,
    ),
  )
  expect(done.state).toBe('open')
  await settle()
  expect((await view(askId)).state).toBe('answered')
})

const bounceOf = (id: string, recipient: string, to: string) =>
  [
    'From: MAILER-DAEMON@mx.example',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${randomUUIDv7()}@mx.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'No such user.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${id}>`,
    '--b--',
    '',
  ].join('\r\n')
