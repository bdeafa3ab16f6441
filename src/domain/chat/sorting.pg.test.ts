/** A new chat is sorted as a new mail is: rules, blocked senders, taught spam, and who gets what is new; and whoever gave no address is reached in the chat. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  aChatDesk,
  aStream,
  asMember,
  aVisitor,
  type ChatDesk,
  identityOf,
  newToken,
  visit,
} from '../../../test/chat-desk.ts'
import { aMember, aTeam, type TestMember } from '../../../test/people.ts'
import { RuleActions, RuleConditions } from '../../contract/rules.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { makeRule } from '../automation/commands.ts'
import { sendFollowUp } from '../conversations/index.ts'
import { block } from '../spam/index.ts'
import { leave } from './presence.ts'

let chat: ChatDesk
let ben: TestMember
beforeAll(async () => {
  chat = await aChatDesk()
  ben = await aMember(chat.desk, { name: 'Ben', teams: { [chat.team.id]: 'teammate' } })
})
afterAll(() => chat.close())

const db = () => chat.desk.database.db
const act = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(db(), run)
const rows = async <T = Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  (await query.execute(db())).rows as T[]
const one = async (id: string) =>
  (
    await rows<{ state: string; ownerId: string | null; teamId: string; priority: number }>(
      sql`select state, owner_id, team_id, priority from conversation where id = ${id}::uuid`,
    )
  )[0]!
const happened = async (id: string) =>
  (await rows<{ kind: string }>(sql`select kind from event where subject_id = ${id}::uuid order by seq`)).map(
    each => each.kind,
  )
const actor = () =>
  ({
    is: 'member',
    personId: chat.ana.personId,
    name: 'Ana',
    administrator: true,
    sessionId: chat.ana.personId,
    roles: new Map([[chat.team.id, 'lead']]),
  }) as never

test('rules give a chat its team, its owner, a tag and a priority, and say so', async () => {
  const cleo = await aMember(chat.desk, { name: 'Cleo' })
  const billing = await aTeam(chat.desk, { name: 'Billing', fallback: cleo })
  await act(tx =>
    makeRule(
      tx,
      actor(),
      {
        ...{ teamId: null, name: 'Invoices', enabled: true, stops: false },
        conditions: RuleConditions.parse({ words: ['invoice'], wordsIn: 'body' }),
        actions: RuleActions.parse({ teamId: billing.id, ownerId: cleo.personId, priority: 2 }),
      },
      chat.desk.clock.now,
    ),
  )
  const { conversationId } = await aVisitor(chat, 'My invoice is wrong')
  expect(await one(conversationId)).toMatchObject({
    state: 'open',
    teamId: billing.id,
    ownerId: cleo.personId,
    priority: 2,
  })
  expect(await happened(conversationId)).toEqual(
    expect.arrayContaining(['message.received', 'rule.applied', 'conversation.owned']),
  )
  expect((await one((await aVisitor(chat, 'Which burrs?')).conversationId)).teamId).toBe(chat.team.id)
})

test('a team that gives out what is new gives out chats', async () => {
  await sql`update team set assigns = 'least-loaded' where id = ${chat.team.id}::uuid`.execute(db())
  const given = [await aVisitor(chat, 'One'), await aVisitor(chat, 'Two')]
  const owners = await Promise.all(given.map(async each => (await one(each.conversationId)).ownerId))
  expect(new Set(owners).size).toBe(2)
  expect(owners).toContain(ben.personId)
  await sql`update team set assigns = 'off'`.execute(db())
})

test('a blocked sender comes in neither by a typed address nor later; a site that signs for one is refused', async () => {
  await act(tx =>
    block(tx, actor(), { kind: 'address', normal: 'pest@bad.example', teamId: null }, chat.desk.clock.now),
  )
  const visitor = await aVisitor(chat, 'Buy this')
  const at = { token: visitor.token, conversationId: visitor.conversationId }
  expect((await visit(chat, 'address', { ...at, address: 'Pest@bad.example' })).statusCode).toBe(200)
  expect((await one(visitor.conversationId)).state).toBe('spam')
  expect(await rows(sql`select why from spam_verdict where conversation_id = ${visitor.conversationId}`)).toEqual([
    { why: 'blocked' },
  ])
  expect(
    await rows(sql`select from promise where conversation_id = ${visitor.conversationId} and ended_at is null`),
  ).toEqual([])
  // They notice nothing, and go on where they are.
  const said = await visit(chat, 'say', { ...at, messageId: randomUUIDv7(), text: 'Hello?' })
  expect(said.json().conversationId).toBe(visitor.conversationId)
  expect((await one(visitor.conversationId)).state).toBe('spam')
  const anew = await visit(chat, 'say', {
    token: visitor.token,
    messageId: randomUUIDv7(),
    conversationId: null,
    text: 'Again',
  })
  expect((await one(anew.json().conversationId)).state).toBe('spam')
  const identity = identityOf(chat, { email: 'pest@bad.example' })
  const signed = { token: newToken(), identity, messageId: randomUUIDv7(), conversationId: null, text: 'Me again' }
  expect((await visit(chat, 'say', signed)).statusCode).toBe(403)
})

test('what people taught is looked for in chats of strangers', async () => {
  await sql`insert into spam_token (token, spam, ham) values ('', 50, 50) on conflict (token) do update set spam = 50, ham = 50`.execute(
    db(),
  )
  const { piecesOf } = await import('../spam/index.ts')
  const text = 'cheap casino casino bonus winner jackpot'
  const pieces = piecesOf({ subject: text, text, html: null, from: '' })
  await sql`insert into spam_token (token, spam, ham) select t, 40, 0 from unnest(${pieces}::text[]) t on conflict do nothing`.execute(
    db(),
  )
  const { conversationId } = await aVisitor(chat, text)
  expect((await one(conversationId)).state).toBe('spam')
  expect(await happened(conversationId)).toContain('spam.suspected')
  expect((await one((await aVisitor(chat, 'Which burrs do I need?')).conversationId)).state).toBe('open')
})

test('several answers that were not seen go in one mail, with all their words and files', async () => {
  const visitor = await aVisitor(chat, 'Which burrs?')
  const at = { token: visitor.token, conversationId: visitor.conversationId }
  await visit(chat, 'address', { ...at, address: 'several@shop.example' })
  for (const text of ['The coated set.', 'It is in stock.', 'We send it today.'])
    await asMember(chat.desk, chat.ana, 'POST', `/api/v1/conversations/${visitor.conversationId}/chat`, {
      messageId: randomUUIDv7(),
      text,
    })
  await act(tx => leave(tx, visitor.conversationId, chat.desk.clock.now))
  const mails = await rows<{ text: string; before: string[] }>(
    sql`select m.body_text as text, o.content->'before' as before from outbox o join message m on m.id = o.message_id where o.conversation_id = ${visitor.conversationId}`,
  )
  expect(mails).toMatchObject([{ text: 'We send it today.' }])
  expect(mails[0]!.before).toHaveLength(2)
  const shown = await rows(
    sql`select jsonb_array_length(recipients) as many from message where conversation_id = ${visitor.conversationId} and kind = 'reply'`,
  )
  expect(shown).toEqual([{ many: 1 }, { many: 1 }, { many: 1 }])
  const back = await aStream(chat, visitor)
  await back.until(() => back.lines.at(-1)?.is === 'left')
  expect(back.lines.filter(line => line.ours && line.is === 'message').map(line => line.mail)).toEqual([
    true,
    true,
    true,
  ])
  back.end()
})

test('whoever gave no address is asked in the chat whether it held, and answers there', async () => {
  const visitor = await aVisitor(chat, 'Does it fit?')
  const url = `/api/v1/conversations/${visitor.conversationId}`
  await asMember(chat.desk, chat.ana, 'POST', `${url}/chat`, { messageId: randomUUIDv7(), text: 'It does.' })
  await act(tx => leave(tx, visitor.conversationId, chat.desk.clock.now))
  const followUpAt = new Date(chat.desk.clock.now.getTime() + 7 * 86_400_000).toISOString()
  const settled = await asMember(chat.desk, chat.ana, 'POST', `${url}/chat/settle`, {
    nextStep: { is: 'answered', followUpAt },
  })
  expect(settled.json()).toMatchObject({ state: 'solved' })
  const prepared = await asMember(chat.desk, chat.ana, 'GET', `${url}/follow-up`)
  expect(prepared.json()).toMatchObject({ recipients: [] })
  const { version } = settled.json()
  const sent = await act(tx =>
    sendFollowUp(
      tx,
      actor(),
      { conversationId: visitor.conversationId, seenVersion: version, body: '<p>Did it fit?</p>' },
      chat.desk.clock.now,
    ),
  )
  expect(sent).toMatchObject({ state: 'solved', notAsked: null })
  expect(await rows(sql`select from outbox where conversation_id = ${visitor.conversationId}`)).toEqual([])
  const back = await aStream(chat, visitor)
  await back.until(() => back.lines.some(line => line.text === 'Did it fit?'))
  back.end()
  const at = { token: visitor.token, conversationId: visitor.conversationId }
  await visit(chat, 'say', { ...at, messageId: randomUUIDv7(), text: 'Not quite' })
  expect((await one(visitor.conversationId)).state).toBe('open')
})
