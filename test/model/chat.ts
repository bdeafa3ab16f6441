/** Chats on a random day: a customer whom the site knows opens one of their conversations, both say something in it, and they leave. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { exchange, type Spoken, type Word } from '../../src/domain/chat/exchange.ts'
import { leave } from '../../src/domain/chat/presence.ts'
import { settleChat } from '../../src/domain/chat/settle.ts'
import { beginChat, beginSession, type Channel, sessionOf, takeSeat } from '../../src/domain/chat/tables.ts'
import { act, type Day, desk, hours, type Known } from './day.ts'
import { customerWrites, type Expected, replied } from './expected.ts'
import { stopsLater } from './structure.ts'

export const chatting = ['they-chat', 'they-chat', 'we-chat', 'leave-chat'] as const
export const isChatting = (kind: string): kind is (typeof chatting)[number] => chatting.some(each => each === kind)

const channelId = '00000000-0000-7000-8000-00000000c4a7'

/** The customer is there, known by the site, and has this conversation open. */
async function seated(it: Known) {
  const now = desk.clock.now
  return act(async tx => {
    await sql`insert into chat_channel (id, key, name, team_id, origins, created_at) values (${channelId}, ${'a'.repeat(20)}, 'Shop', ${desk.world.team}, '{}', ${now}) on conflict do nothing`.execute(
      tx,
    )
    const { rows } = await sql<{
      customerId: string
    }>`select customer_id from conversation where id = ${it.id}::uuid for update`.execute(tx)
    const channel = { id: channelId } as Channel
    const own = `${'t'.repeat(7)}${rows[0]!.customerId}`
    const knownUntil = new Date(now.getTime() + 365 * 86_400_000)
    if (!(await sessionOf(tx, channel, own, now))) {
      await sql`delete from chat_session where person_id = ${rows[0]!.customerId}::uuid`.execute(tx)
      const who = { token: own, channel, personId: rows[0]!.customerId, knownUntil }
      await beginSession(tx, { ...who, origin: 'https://shop.example', language: null, zone: null }, now)
    }
    const session = (await sessionOf(tx, channel, own, now))!
    await beginChat(tx, it.id, now)
    await takeSeat(tx, session.id, it.id, now)
    await sql`update chat set left_at = null where conversation_id = ${it.id}::uuid`.execute(tx)
    return session
  })
}

async function say(word: Omit<Word, 'messageId' | 'files'>): Promise<Spoken> {
  const whole: Word = { ...word, messageId: randomUUIDv7(), files: [] }
  const spoken = (await act(tx => exchange(tx, [whole], desk.clock.now))).get(whole)!
  // Said again, as after a line that broke: kept once.
  const again = (await act(tx => exchange(tx, [whole], desk.clock.now))).get(whole)!
  if ('seq' in spoken) expect(again).toMatchObject({ seq: spoken.seq, version: spoken.version })
  return spoken
}

export async function chatStep(day: Day, kind: (typeof chatting)[number], it: Known, by: Member) {
  if (kind === 'leave-chat') return leaves(day, it, by)
  const session = await seated(it)
  if (kind === 'they-chat') {
    // What was thrown away is shown to nobody in a chat: they begin another.
    const said = it.expected.state === 'trash' ? 'anew' : customerWrites(it.expected, desk.clock.now.getTime())
    const spoken = await say({ conversationId: it.id, text: 'hello?', from: { is: 'customer', session } })
    expect('anew' in spoken).toBe(said === 'anew')
    if (said !== 'anew') it.expected = said
    if (said !== 'anew') stopsLater(day, it.id)
    return
  }
  const next = await afterOurs(it, by)
  const spoken = await say({ conversationId: it.id, text: 'here we are', from: { is: 'us', actor: by } })
  const isAway = ['spam', 'trash', 'merged'].includes(it.expected.state)
  expect('refused' in spoken).toBe(isAway)
  if (isAway) return
  it.expected = next
  stopsLater(day, it.id)
}

/** What was told is kept by it, another rolls on; what a person promised in words stays. */
async function afterOurs({ id, expected }: Known, by: Member): Promise<Expected> {
  const { rows } = await sql<{ automatic: boolean; late: boolean; told: boolean }>`
    select p.automatic, p.due_at <= ${desk.clock.now} as late, p.told_at is not null as told
    from promise p where p.conversation_id = ${id}::uuid and p.ended_at is null and p.kind = 'reply' and p.direction = 'ours'`.execute(
    desk.db,
  )
  const personal = rows.filter(each => !each.automatic).length
  const rolls = rows.some(each => each.automatic && !each.late && !each.told) ? 1 : 0
  return {
    ...expected,
    ...{ state: 'open', reply: Math.max(1, personal + rolls), again: 0, followUp: 0, closedAt: null },
    ...{ owner: expected.owner ?? by.personId, version: expected.version + 1, ledger: expected.ledger + 1 },
  }
}

async function leaves(_: Day, it: Known, by: Member) {
  const { rows } = await sql<{ leftAt: Date | null; ours: boolean }>`
    select c.left_at, coalesce((select m.kind = 'reply' from message m where m.conversation_id = c.conversation_id and m.kind in ('message', 'reply') and m.taken_back_at is null
      order by m.at desc, m.id desc limit 1), false) as ours from chat c where c.conversation_id = ${it.id}::uuid`.execute(
    desk.db,
  )
  if (!rows[0]) return
  if (rows[0].leftAt === null) await act(tx => leave(tx, it.id, desk.clock.now))
  if (['spam', 'trash', 'merged'].includes(it.expected.state)) return
  const nextStep = { is: 'answered' as const, followUpAt: hours(170) }
  const settling = act(tx => settleChat(tx, by, { conversationId: it.id, nextStep }, desk.clock.now))
  if (!rows[0].ours || it.expected.state !== 'open')
    return void (await expect(settling).rejects.toMatchObject({ code: 'chat-waits' }))
  await settling
  it.expected = replied(it.expected, 'answered', 'reply', by.personId, desk.clock.now.getTime())
}
