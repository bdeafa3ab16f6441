/** Replies on a random day: one alone, two at once, and one that is taken back. */
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { replyTo, undoReply } from '../../src/domain/conversations/commands/reply.ts'
import { act, type Day, desk, type Known, members, stepOf } from './day.ts'
import { replied, type Step } from './expected.ts'
import { stopsLater } from './structure.ts'

export async function reply(day: Day, it: Known, by: Member) {
  const is = day.chance.pick<Step>(['we-get-back', 'your-turn', 'answered', 'we-cannot', 'nothing-owed'])
  const kind = day.chance.pick(['reply', 'action'] as const)
  const before = it.expected
  const input = {
    conversationId: it.id,
    seenVersion: before.version,
    body: '<p>an answer</p>',
    recipients: { to: [it.customer], cc: [] },
    nextStep: stepOf(is, kind),
    attachments: [],
  }
  if (before.state === 'spam' || before.state === 'trash') {
    await expect(act(tx => replyTo(tx, by, input, desk.clock.now))).rejects.toMatchObject({ code: 'put-away' })
    return
  }
  const done = await act(tx => replyTo(tx, by, input, desk.clock.now))
  it.expected = replied(before, is, kind, by.personId, desk.clock.now.getTime())
  day.held = { messageId: done.messageId, by, before, id: it.id }
  stopsLater(day, it.id)
}

/** Both saw the same: one answer goes out, the other waits for its author (R26). */
export async function twoAtOnce(day: Day, it: Known) {
  if (it.expected.state === 'spam' || it.expected.state === 'trash') return
  const input = {
    conversationId: it.id,
    seenVersion: it.expected.version,
    body: '<p>both</p>',
    recipients: { to: [it.customer], cc: [] },
    nextStep: stepOf('answered', 'reply'),
    attachments: [],
  }
  const done = await Promise.allSettled(members.map(by => act(tx => replyTo(tx, by, input, desk.clock.now))))
  const won = done.findIndex(each => each.status === 'fulfilled')
  expect(done.filter(each => each.status === 'fulfilled').length).toBe(1)
  expect((done[1 - won] as PromiseRejectedResult).reason).toMatchObject({ code: 'stale', status: 409 })
  stopsLater(day, it.id)
  it.expected = replied(it.expected, 'answered', 'reply', members[won]!.personId, desk.clock.now.getTime())
  day.held = null
}

export async function takeBackReply(day: Day) {
  const { held } = day
  if (!held) return
  const it = day.known.get(held.id)!
  const late = desk.clock.now.getTime() - Number(await undoUntil(held.messageId)) >= 0
  const untouched = it.expected.version === held.before.version + 1
  const undoing = act(tx => undoReply(tx, held.by, held.messageId, desk.clock.now))
  day.held = null
  if (late || !untouched) return expect(undoing).rejects.toMatchObject({ code: 'too-late-to-undo' })
  await undoing
  it.expected = { ...held.before, version: it.expected.version + 1 }
}

async function undoUntil(messageId: string) {
  return (
    await sql<{ at: Date }>`select undo_until as at from message where id = ${messageId}::uuid`.execute(desk.db)
  ).rows[0]!.at.getTime()
}
