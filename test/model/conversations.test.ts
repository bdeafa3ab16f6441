/**
 * Random days at a desk: mail, replies with each next step, notes, handovers, spam, bounces, follow-ups, time passing and
 * two members at once, against a model in memory. After each step the invariants hold, every conversation stands as the
 * model says, and the log applied to what was known before gives the same as a fresh look. A failure names its seed.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Member } from '../../src/domain/access/index.ts'
import { begin } from '../../src/domain/conversations/commands/begin.ts'
import { judgeFollowUp, sendFollowUp } from '../../src/domain/conversations/commands/follow-up.ts'
import { note } from '../../src/domain/conversations/commands/note.ts'
import { handOver } from '../../src/domain/conversations/commands/ownership.ts'
import { putAway, takeBack } from '../../src/domain/conversations/commands/put-away.ts'
import { renegotiate } from '../../src/domain/conversations/commands/renegotiate.ts'
import { closeQuietly, replyTo, undoReply } from '../../src/domain/conversations/commands/reply.ts'
import { closeSilent } from '../../src/domain/conversations/index.ts'
import { markFallenDue } from '../../src/domain/promises/tables.ts'
import { inTransaction, type Tx } from '../../src/platform/db/index.ts'
import { type Position, readAfter, start } from '../../src/platform/events/index.ts'
import { aDesk, mail } from '../desk.ts'
import {
  bounced,
  closedQuietly,
  customerWrites,
  type Expected,
  putAway as expectAway,
  fresh,
  judged,
  replied,
  type Step,
  takenBack,
} from './expected.ts'
import { invariantsHold } from './invariants.ts'
import { type Chance, chance } from './random.ts'

const steps = Number(process.env.POND_MODEL_STEPS ?? 20_000)
const stepsPerDay = 100
const firstSeed = Number(process.env.POND_MODEL_SEED ?? 1)

let desk: Awaited<ReturnType<typeof aDesk>>
let members: [Member, Member]
beforeAll(async () => {
  desk = await aDesk()
  const member = (personId: string, name: string, role: 'lead' | 'teammate'): Member => ({
    is: 'member',
    personId,
    name,
    administrator: false,
    sessionId: personId,
    roles: new Map([[desk.world.team, role]]),
  })
  members = [member(desk.world.ana, 'Ana Kovačević', 'lead'), member(desk.world.bram, 'Bram de Wit', 'teammate')]
})
afterAll(() => desk.close())

type Known = { expected: Expected; customer: string; id: string; mailId: string }
type Day = {
  chance: Chance
  known: Map<string, Known>
  cached: Map<string, { state: string; version: number }>
  position: Position
  mails: number
  held: { messageId: string; by: Member; before: Expected; id: string } | null
}

const act = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(desk.db, run)
const hours = (n: number) => new Date(desk.clock.now.getTime() + n * 3_600_000).toISOString()

function stepOf(is: Step, kind: 'reply' | 'action') {
  switch (is) {
    case 'we-get-back':
      return { is, words: 'we say more', dueAt: hours(20), kind }
    case 'your-turn':
      return { is, askAgainAt: hours(70), theirs: { words: 'the log', dueAt: hours(40) } }
    case 'answered':
      return { is, followUpAt: hours(170) }
    case 'we-cannot':
      return {
        is,
        personalWord: 'I am sorry',
        alternative: { is: 'none' as const, because: 'it is no longer made' },
        followUpAt: hours(170),
      }
    case 'nothing-owed':
      return { is, because: 'thanks' as const }
  }
}

async function firstMail(day: Day) {
  const customer = `c${day.chance.below(12)}@saudade.example`
  const mailId = `m${day.mails++}-${day.chance.below(1e9)}`
  const [taken] = await desk.take(mail({ from: customer, id: mailId }))
  day.known.set(taken!.conversationId!, {
    expected: fresh(),
    customer,
    id: taken!.conversationId!,
    mailId: `${mailId}@saudade.example`,
  })
}

async function nextMail(day: Day, it: Known) {
  const mailId = `n${day.mails++}-${day.chance.below(1e9)}`
  const [taken] = await desk.take(
    mail({ from: it.customer, id: mailId, more: [`In-Reply-To: <${it.mailId}>`], text: `again ${day.mails}` }),
  )
  const next = customerWrites(it.expected, desk.clock.now.getTime())
  if (next === 'anew')
    day.known.set(taken!.conversationId!, {
      ...it,
      id: taken!.conversationId!,
      mailId: `${mailId}@saudade.example`,
      expected: fresh(),
    })
  else it.expected = next
  if (next !== 'anew') expect(taken!.conversationId).toBe(it.id)
}

async function automaticMail(day: Day, it: Known) {
  day.mails++
  const [taken] = await desk.take(
    mail({
      from: it.customer,
      more: [`In-Reply-To: <${it.mailId}>`, 'Auto-Submitted: auto-replied'],
      text: `away ${day.mails}`,
    }),
  )
  expect(taken!.conversationId).toBe(it.id)
}

async function bounce(day: Day, it: Known) {
  const { rows } = await sql<{
    rfcId: string
    recipient: string
  }>`select rfc_id, recipient from outbox where conversation_id = ${it.id}::uuid and state in ('waiting', 'sent') order by created_at desc limit 1`.execute(
    desk.db,
  )
  if (!rows[0]) return
  day.mails++
  const text = [
    'From: MAILER-DAEMON@mx.example',
    'To: service@lindqvist.example',
    'Subject: Undelivered',
    `Message-ID: <b${day.mails}.${day.chance.below(1e9)}@mx.example>`,
    'Return-Path: <>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'unknown user',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${rows[0].recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 unknown user',
    '',
    '--b',
    'Content-Type: message/rfc822',
    '',
    `Message-ID: <${rows[0].rfcId}>`,
    '',
    'y',
    '--b--',
    '',
  ]
  const [taken] = await desk.take(text.join('\r\n'))
  expect(taken!.became).toBe('report')
  it.expected = bounced(it.expected)
  await sql`update address set suspended_at = null, suspended_because = null`.execute(desk.db)
}

async function reply(day: Day, it: Known, by: Member) {
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
}

/** Both saw the same: one answer goes out, the other waits for its author (R26). */
async function twoAtOnce(day: Day, it: Known) {
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
  it.expected = replied(it.expected, 'answered', 'reply', members[won]!.personId, desk.clock.now.getTime())
  day.held = null
}

async function takeBackReply(day: Day) {
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

async function time(day: Day) {
  desk.clock.now = new Date(
    desk.clock.now.getTime() + day.chance.pick([1000, 60_000, 3_600_000, 86_400_000, 9 * 86_400_000, 35 * 86_400_000]),
  )
  await act(tx => markFallenDue(tx, desk.clock.now, 1000))
  const { rows } = await sql<{
    id: string
  }>`select conversation_id as id from promise where ended_at is null and kind = 'follow-up' and automatic and told_at is not null and due_at <= ${desk.clock.now}`.execute(
    desk.db,
  )
  await closeSilent(desk.db, desk.clock.now)
  for (const { id } of rows) {
    const it = day.known.get(id)!
    if (it.expected.state === 'solved') it.expected = closedQuietly(it.expected, desk.clock.now.getTime())
  }
}

async function anyStep(day: Day): Promise<string> {
  const all = [...day.known.values()]
  const kinds = [
    'first',
    'next',
    'next',
    'next',
    'automatic',
    'bounce',
    'reply',
    'reply',
    'reply',
    'reply',
    'note',
    'handover',
    'spam',
    'back',
    'close',
    'follow-up',
    'verdict',
    'time',
    'time',
    'undo',
    'two',
    'renegotiate',
    'begin',
  ]
  const kind = all.length < 3 ? 'first' : day.chance.pick(kinds)
  const it = day.chance.pick(all.slice(-12))
  const by = day.chance.pick(members)
  const now = desk.clock.now
  const { state } = it?.expected ?? { state: '' }
  const away = state === 'spam' || state === 'trash'
  if (kind === 'first') await firstMail(day)
  else if (kind === 'next') await nextMail(day, it)
  else if (kind === 'automatic') await automaticMail(day, it)
  else if (kind === 'bounce') await bounce(day, it)
  else if (kind === 'reply') await reply(day, it, by)
  else if (kind === 'note')
    await act(tx => note(tx, by, { conversationId: it.id, body: 'a note', attachments: [] }, now))
  else if (kind === 'two') await twoAtOnce(day, it)
  else if (kind === 'undo') await takeBackReply(day)
  else if (kind === 'time') await time(day)
  else if (kind === 'handover' && !away) {
    const to = members[by === members[0] ? 1 : 0].personId
    await act(tx =>
      handOver(
        tx,
        by,
        {
          conversationId: it.id,
          seenVersion: it.expected.version,
          toMemberId: to,
          toTeamId: desk.world.team,
          reason: 'knows it',
          introduction: 'Bram knows your machine.',
        },
        now,
      ),
    )
    it.expected = { ...it.expected, owner: to, version: it.expected.version + 1 }
  } else if (kind === 'spam') {
    const as = day.chance.pick(['spam', 'trash'] as const)
    await act(tx => putAway(tx, by, { conversationId: it.id, as }, now))
    if (state !== as) it.expected = expectAway(it.expected, as)
  } else if (kind === 'back') {
    await act(tx => takeBack(tx, by, it.id, now))
    if (away) it.expected = takenBack(it.expected, now.getTime())
  } else if (kind === 'close' && !away && state !== 'closed') {
    await act(tx =>
      closeQuietly(tx, by, { conversationId: it.id, seenVersion: it.expected.version, because: 'thanks' }, now),
    )
    it.expected = closedQuietly(it.expected, now.getTime())
  } else if (kind === 'follow-up' && state === 'solved') {
    await act(tx =>
      sendFollowUp(tx, by, { conversationId: it.id, seenVersion: it.expected.version, body: 'did it hold?' }, now),
    )
    it.expected = { ...it.expected, version: it.expected.version + 1 }
  } else if (kind === 'verdict' && state === 'solved') {
    const verdict = day.chance.pick(['worked', 'incomplete', 'wrong'] as const)
    await act(tx =>
      judgeFollowUp(tx, by, { conversationId: it.id, verdict, said: day.chance.flip() ? 'the other fuse' : '' }, now),
    )
    it.expected = judged(it.expected, verdict, now.getTime())
  } else if (kind === 'renegotiate') {
    const { rows } = await sql<{
      id: string
    }>`select id from promise where conversation_id = ${it.id}::uuid and ended_at is null and direction = 'ours' limit 1`.execute(
      desk.db,
    )
    if (rows[0]) {
      await act(tx =>
        renegotiate(
          tx,
          by,
          {
            promiseId: rows[0]!.id,
            dueAt: hours(90),
            words: 'a little later',
            tell: day.chance.flip() ? 'it takes until Friday' : undefined,
          },
          now,
        ),
      )
      it.expected = { ...it.expected, version: it.expected.version + 1 }
      // A person's word stands where the automatic one did.
      const { rows: automatic } =
        await sql`select from promise where conversation_id = ${it.id}::uuid and ended_at is null and kind = 'action' and automatic`.execute(
          desk.db,
        )
      it.expected.autoAction = automatic.length > 0
    }
  } else if (kind === 'begin' && day.chance.flip(0.3)) {
    const customer = `p${day.chance.below(50)}@saudade.example`
    const done = await act(tx =>
      begin(
        tx,
        by,
        {
          is: 'written',
          teamId: desk.world.team,
          mailboxId: null,
          customer: { address: customer },
          cc: [],
          subject: 'we write first',
          body: 'hello',
          nextStep: stepOf('your-turn', 'reply'),
          attachments: [],
        },
        now,
      ),
    )
    const { rows } = await sql<{
      rfcId: string
    }>`select rfc_id from message where id = ${done.messageId}::uuid`.execute(desk.db)
    day.known.set(done.conversationId, {
      id: done.conversationId,
      customer,
      mailId: rows[0]!.rfcId,
      expected: { ...fresh(), state: 'pending', reply: 0, again: 1, owner: by.personId },
    })
  }
  return kind
}

/** The log applied to what was known before. */
async function applyLog(day: Day) {
  for (const event of await readAfter(desk.pool, day.position, 1000)) {
    day.position = event.position
    const { state, version } = event.facts as { state?: string; version?: number }
    if (event.subjectId && state && version) day.cached.set(event.subjectId, { state, version })
  }
}

async function check(day: Day, at: string) {
  expect(await invariantsHold(desk.db), at).toEqual([])
  const { rows } = await sql<{
    id: string
    state: string
    version: number
    ownerId: string | null
    reply: number
    action: number
    again: number
    followUp: number
  }>`
    select c.id, c.state, c.version, c.owner_id, count(p.id) filter (where p.kind = 'reply')::int as reply, count(p.id) filter (where p.kind = 'action')::int as action,
      count(p.id) filter (where p.kind = 'ask-again')::int as again, count(p.id) filter (where p.kind = 'follow-up')::int as follow_up
    from conversation c left join promise p on p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours' group by c.id`.execute(
    desk.db,
  )
  expect(rows.length, at).toBe(day.known.size)
  await applyLog(day)
  const wrong = rows.flatMap(row => {
    const { state, version, owner, reply: replies, action, again, followUp } = day.known.get(row.id)!.expected
    const stands = { id: row.id, state, version, ownerId: owner, reply: replies, action, again, followUp }
    const cached = day.cached.get(row.id)
    const same = Object.entries(stands).every(([name, value]) => row[name as 'state'] === value)
    return same && cached?.state === state && cached.version === version
      ? []
      : [{ is: row, expected: stands, byLog: cached }]
  })
  expect(wrong, at).toEqual([])
  const { rows: deliveries } = await sql<{ n: number }>`select count(*)::int as n from delivery`.execute(desk.db)
  expect(deliveries[0]!.n, at).toBe(day.mails)
}

test(`after each of ${steps} random steps the invariants hold and every conversation stands as the model says`, {
  timeout: 900_000,
}, async () => {
  const taken = new Map<string, number>()
  for (let done = 0, seed = firstSeed; done < steps; seed++) {
    await sql`truncate conversation, delivery, outbox, promise, message, event cascade`.execute(desk.db)
    desk.clock.now = new Date('2026-11-24T09:00:00Z')
    const day: Day = {
      chance: chance(seed),
      known: new Map(),
      cached: new Map(),
      position: start,
      mails: 0,
      held: null,
    }
    for (let step = 0; step < stepsPerDay && done < steps; step++, done++) {
      const kind = await anyStep(day).catch(error => {
        throw new Error(`seed ${seed}, step ${step}: ${(error as Error).message}`, { cause: error })
      })
      taken.set(kind, (taken.get(kind) ?? 0) + 1)
      await check(day, `seed ${seed}, step ${step} (${kind})`)
    }
  }
  // Nothing in the mix was forgotten.
  expect(taken.size).toBe(17)
})
