/** What comes back to an ask by mail: answers, what only looks like one, what did not arrive, and what follows from an answer. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AskDesk, anAskDesk, baseUrl, bounceOf } from '../../../test/ask-desk.ts'
import { mail } from '../../../test/desk.ts'
import { replyTo } from '../conversations/commands/reply.ts'
import { relay } from './commands/relay.ts'
import { closeAsk, thankExpert } from './commands/write.ts'

let it: AskDesk
beforeAll(async () => {
  it = await anAskDesk()
})
afterAll(() => it.close())

test('an answer by mail needs the signed address alone: it lands in the ask, never with the customer, and is told once', async () => {
  const { askId, conversationId } = await it.asked()
  const to = await it.tokenOf(askId)
  const text =
    'The 10 A slow-blow one.\r\n\r\nOn Tue, 24 Nov 2026 at 09:59, Bram de Wit <service@lindqvist.example> wrote:\r\n> Which fuse fits?'
  const answer = mail({ from: 'Jane Osei <jane@lindqvist.example>', to, subject: 'Re: A question', text })
  const [taken] = await it.desk.take(answer)
  expect(taken).toMatchObject({ became: 'message', conversationId })
  expect((await it.desk.take(answer))[0]).toMatchObject({ became: 'known' })
  const seen = await it.view(askId)
  expect(seen).toMatchObject({ state: 'answered', promise: { state: 'kept' } })
  expect(seen.messages.map(each => [each.kind, each.trimmed ?? each.text, each.from])).toEqual([
    ['question', 'Which fuse fits?', null],
    ['answer', 'The 10 A slow-blow one.', null],
  ])
  const { rows } = await sql`select from message where conversation_id = ${conversationId}::uuid`.execute(it.desk.db)
  expect(rows.length).toBe(1)
  const events = await sql`select from event where kind = 'ask.answered' and facts->>'askId' = ${askId}`.execute(
    it.desk.db,
  )
  expect(events.rows.length).toBe(1)
  // A second one is kept beside the first.
  await it.desk.take(mail({ from: 'Jane Osei <jane@lindqvist.example>', to, text: 'And switch it off first.' }))
  expect((await it.view(askId)).messages.length).toBe(3)
})

test('a machine’s mail settles nothing, an answer from elsewhere counts and says so, and what comes after the end is kept as late', async () => {
  const { askId } = await it.asked()
  const to = await it.tokenOf(askId)
  await it.desk.take(
    mail({ from: 'jane@lindqvist.example', to, text: 'I am away.', more: ['Auto-Submitted: auto-replied'] }),
  )
  await it.desk.take(
    mail({ from: 'jane@lindqvist.example', to: await it.tokenOf(askId, 'return'), text: 'Gone fishing.' }),
  )
  expect(await it.view(askId)).toMatchObject({ state: 'open', promise: { state: 'open' } })
  await it.desk.take(mail({ from: 'Karl Home <karl@home.example>', to, text: 'I know this one.' }))
  const seen = await it.view(askId)
  expect(seen.state).toBe('answered')
  expect(seen.messages.map(each => each.kind)).toEqual(['question', 'automatic', 'automatic', 'answer'])
  expect(seen.messages[3]).toMatchObject({
    author: { name: 'Karl Home' },
    from: expect.stringContaining('karl@home.example'),
  })

  const { askId: other } = await it.asked()
  const late = await it.tokenOf(other)
  await it.act(tx => closeAsk(tx, baseUrl, it.bram, other, it.desk.clock.now))
  expect(await it.view(other)).toMatchObject({ state: 'closed', promise: { state: 'released' } })
  expect((await it.lastMail(other))!.content).toMatchObject({ about: 'closed' })
  it.desk.clock.now = new Date(it.desk.clock.now.getTime() + 60_000)
  await it.desk.take(mail({ from: 'jane@lindqvist.example', to: late, text: 'Still, here it is.' }))
  expect((await it.view(other)).messages.at(-1)).toMatchObject({ kind: 'answer', late: true })
})

test('an altered address opens nothing, and a mailbox that can’t sign knows the answer by what it refers to', async () => {
  const { askId } = await it.asked()
  const to = await it.tokenOf(askId)
  const altered = to.replace(/.@/, each => (each[0] === 'a' ? 'b@' : 'a@'))
  const [taken] = await it.desk.take(mail({ from: 'jane@lindqvist.example', to: altered, text: 'Let me in.' }))
  expect(taken?.conversationId).not.toBeNull()
  expect((await it.view(askId)).messages.length).toBe(1)
  const { rfcId } = (await it.lastMail(askId))!
  const more = [`In-Reply-To: <${rfcId}>`]
  await it.desk.take(mail({ from: 'Mallory <mallory@else.example>', text: 'I saw the id.', more }))
  expect((await it.view(askId)).messages.length).toBe(1)
  await it.desk.take(mail({ from: 'jane@lindqvist.example', text: 'By reference.', more }))
  expect((await it.view(askId)).messages.at(-1)).toMatchObject({
    kind: 'answer',
    text: expect.stringContaining('By reference'),
  })
})

test('a partner is asked by address; a mail that comes back shows, and promises the customer nothing', async () => {
  const { askId, conversationId } = await it.asked({ address: 'pat@partner.example' })
  expect((await it.lastMail(askId))!.content).toMatchObject({ desk: null })
  await sql`update outbox set state = 'sent' where ask_message_id is not null`.execute(it.desk.db)
  const { rfcId } = (await it.lastMail(askId))!
  const actions = async () =>
    (
      await sql`select from promise where conversation_id = ${conversationId}::uuid and kind = 'action'`.execute(
        it.desk.db,
      )
    ).rows.length
  await it.desk.take(bounceOf(rfcId, 'pat@partner.example', await it.tokenOf(askId, 'return')))
  expect(await it.view(askId)).toMatchObject({ bounced: true, state: 'open' })
  expect((await it.view(askId)).messages[0]!.sending).toBe('bounced')
  expect(await actions()).toBe(0)
})

test('a reply that answers relays it with credit and an introduction, the verdict reaches the expert, and thanks are said once', async () => {
  const { askId, conversationId, from } = await it.asked({ address: 'lee@partner.example' })
  await it.desk.take(
    mail({ from: 'Lee Park <lee@partner.example>', to: await it.tokenOf(askId), text: 'Use the slow one.' }),
  )
  await expect(it.act(tx => relay(tx, it.jane, { askId, introduce: false }))).rejects.toMatchObject({ status: 404 })
  const prepared = await it.act(tx => relay(tx, it.bram, { askId, introduce: true }))
  expect(prepared.copy).toMatchObject({ address: 'lee@partner.example' })
  expect(prepared.body).toMatch(/I asked Pat Partner.*Use the slow one\.<\/p>.*copied/s)
  const { rows } = await sql<{
    version: number
  }>`select version from conversation where id = ${conversationId}::uuid`.execute(it.desk.db)
  await it.act(tx =>
    replyTo(
      tx,
      it.bram,
      {
        ...{ conversationId, seenVersion: rows[0]!.version, body: prepared.body, attachments: [] },
        recipients: { to: [from], cc: ['lee@partner.example'] },
        nextStep: { is: 'answered', followUpAt: it.later(170) },
      },
      it.desk.clock.now,
    ),
  )
  await it.settle()
  expect(await it.view(askId)).toMatchObject({ state: 'relayed' })
  const verdict = { kind: 'follow-up.judged', subject_id: conversationId, scopes: [], facts: { verdict: 'worked' } }
  await sql`insert into event (kind, subject_id, scopes, facts, at) values (${verdict.kind}, ${conversationId}::uuid, '{}', ${JSON.stringify(verdict.facts)}::jsonb, ${it.desk.clock.now})`.execute(
    it.desk.db,
  )
  await it.settle()
  expect(await it.view(askId)).toMatchObject({ verdict: 'worked' })
  expect(await it.lastMail(askId)).toMatchObject({ automatic: true, content: { about: 'judged', verdict: 'worked' } })
  await it.act(tx => thankExpert(tx, baseUrl, it.bram, { askId, words: 'You saved my day.' }, it.desk.clock.now))
  expect(await it.lastMail(askId)).toMatchObject({
    automatic: false,
    content: { about: 'thanks', words: 'You saved my day.' },
  })
  await expect(
    it.act(tx => thankExpert(tx, baseUrl, it.bram, { askId, words: 'Again.' }, it.desk.clock.now)),
  ).rejects.toMatchObject({ code: 'thanked-already' })
})
