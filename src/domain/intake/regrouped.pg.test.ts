/** Mail finds its conversation after that was merged or split, and back again; and it stops a reply that waits. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDesk, keys, mail } from '../../../test/desk.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Member } from '../access/index.ts'
import { tokenAddress } from '../channels/reply-token.ts'
import { sendLater } from '../conversations/commands/later.ts'
import { merge, undoMerge } from '../conversations/commands/merge.ts'
import { replyTo } from '../conversations/commands/reply.ts'
import { split } from '../conversations/commands/split.ts'

let desk: Awaited<ReturnType<typeof aDesk>>
let ana: Member
beforeAll(async () => {
  desk = await aDesk()
  ana = {
    is: 'member',
    personId: desk.world.ana,
    name: 'Ana Kovačević',
    administrator: false,
    sessionId: desk.world.ana,
    roles: new Map([[desk.world.team, 'lead']]),
  }
})
afterAll(() => desk.close())

const act = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(desk.db, run)
const first = async (id: string, from = 'ines@saudade.example') =>
  (await desk.take(mail({ id, from })))[0]!.conversationId!
const answer = async (to: string, more: string[] = [], from = 'ines@saudade.example') =>
  (
    await desk.take(
      mail({ from, text: `again ${Math.random()}`, more: [`In-Reply-To: <${to}@saudade.example>`, ...more] }),
    )
  )[0]!.conversationId!
const later = (hours: number) => new Date(desk.clock.now.getTime() + hours * 3_600_000).toISOString()
const aReply = (conversationId: string, seenVersion: number) => ({
  ...{ conversationId, seenVersion, body: '<p>yes</p>', recipients: { to: ['ines@saudade.example'], cc: [] } },
  ...{ nextStep: { is: 'answered' as const, followUpAt: later(200) }, attachments: [] },
})

const numbersOf = async (id: string) =>
  (
    await sql<{
      number: number
      address: number
    }>`select c.number, a.number as address from conversation c join address a on a.normal = 'ines@saudade.example' where c.id = ${id}::uuid`.execute(
      desk.db,
    )
  ).rows[0]!
async function signed(conversationId: string) {
  const { number, address } = await numbersOf(conversationId)
  const subject = {
    purpose: 'reply' as const,
    conversationId,
    conversationNumber: number,
    addressNumber: address,
    recipient: 'ines@saudade.example',
  }
  return tokenAddress('service@lindqvist.example', subject, keys)!
}

test('an answer to what was absorbed arrives in the survivor, through however many merges', async () => {
  const [a, b, c] = [await first('m-a'), await first('m-b'), await first('m-c')]
  const one = await act(tx => merge(tx, ana, { conversationId: a, intoId: b }, desk.clock.now))
  expect(await answer('m-a')).toBe(b)
  const two = await act(tx => merge(tx, ana, { conversationId: b, intoId: c }, desk.clock.now))
  expect([await answer('m-a'), await answer('m-b')]).toEqual([c, c])
  await expect(act(tx => undoMerge(tx, ana, one.mergeId, desk.clock.now))).rejects.toMatchObject({
    code: 'undo-later-first',
  })
  await act(tx => undoMerge(tx, ana, two.mergeId, desk.clock.now))
  await act(tx => undoMerge(tx, ana, one.mergeId, desk.clock.now))
  expect([await answer('m-a'), await answer('m-b'), await answer('m-c')]).toEqual([a, b, c])
})

test('a signed address of the absorbed one leads to the survivor', async () => {
  const [a, b] = [await first('t-a'), await first('t-b')]
  const to = await signed(a)
  await act(tx => merge(tx, ana, { conversationId: a, intoId: b }, desk.clock.now))
  const [taken] = await desk.take(mail({ to, text: 'by token' }))
  expect(taken!.conversationId).toBe(b)
})

test('an answer to what was split off goes along with it, even by the signed address of the whole', async () => {
  const it = await first('s-a')
  await answer('s-a', ['Message-ID: <s-second@saudade.example>'])
  const { rows } = await sql<{
    id: string
  }>`select id from message where conversation_id = ${it}::uuid order by at desc, id desc limit 1`.execute(desk.db)
  const part = await act(tx => split(tx, ana, { conversationId: it, messageIds: [rows[0]!.id] }, desk.clock.now))
  const { rows: moved } = await sql<{
    rfcId: string
  }>`select rfc_id from message where conversation_id = ${part.id}::uuid`.execute(desk.db)
  const [taken] = await desk.take(
    mail({ to: await signed(it), text: 'about the second matter', more: [`In-Reply-To: <${moved[0]!.rfcId}>`] }),
  )
  expect(taken!.conversationId).toBe(part.id)
  expect(await answer('s-a')).toBe(it)
})

test('a customer who writes stops the reply that waits', async () => {
  const it = await first('l-a')
  const version = async () =>
    (await sql<{ version: number }>`select version from conversation where id = ${it}::uuid`.execute(desk.db)).rows[0]!
      .version
  const kept = await act(async tx =>
    sendLater(tx, ana, { ...aReply(it, await version()), sendAt: later(20), choices: {} }, desk.clock.now),
  )
  await answer('l-a')
  const { rows } = await sql<{
    endedHow: string
    endedWhy: string
  }>`select ended_how, ended_why from later_reply where id = ${kept.laterId}::uuid`.execute(desk.db)
  expect(rows).toEqual([{ endedHow: 'stopped', endedWhy: 'wrote-again' }])
  const sent = await act(async tx => replyTo(tx, ana, aReply(it, await version()), desk.clock.now))
  expect(sent.state).toBe('solved')
})
