/** One step of a random day: what happens at the desk, and what the model in memory makes of it. Checks nothing by itself but refusals. */
import { sql } from 'kysely'
import { begin } from '../../src/domain/conversations/commands/begin.ts'
import { note } from '../../src/domain/conversations/commands/note.ts'
import { handOver } from '../../src/domain/conversations/commands/ownership.ts'
import { putAway, takeBack } from '../../src/domain/conversations/commands/put-away.ts'
import { renegotiate } from '../../src/domain/conversations/commands/renegotiate.ts'
import { closeQuietly } from '../../src/domain/conversations/commands/reply.ts'
import { judgeFollowUp } from '../../src/domain/conversations/commands/verdict.ts'
import { closeSilent } from '../../src/domain/conversations/index.ts'
import { markFallenDue } from '../../src/domain/promises/tables.ts'
import { asking, askStep, isAsking } from './asks.ts'
import { care, careStep, isCare } from './care.ts'
import { chatStep, chatting, isChatting } from './chat.ts'
import { communityStep, isTelling, telling } from './community.ts'
import { act, type Day, desk, hours, type Known, members, noted, stepOf } from './day.ts'
import { eraseStep, erasing, isErasing } from './erasing.ts'
import { closedQuietly, putAway as expectAway, fresh, judged, settled, takenBack } from './expected.ts'
import { isKnowing, knowing, knowledgeStep } from './knowledge.ts'
import { isLedger, ledger, ledgerStep } from './ledger.ts'
import { automaticMail, bounce, firstMail, nextMail } from './mails.ts'
import { isMarking, mark, marking } from './marks.ts'
import { askWhether, isOutside, outside, outsideStep } from './outside.ts'
import { isVisiting, visiting, visitStep } from './portal.ts'
import { isQuestioning, questioning, questionStep } from './questions.ts'
import { isRelating, relating, relationStep } from './relations.ts'
import { reply, takeBackReply, twoAtOnce } from './replies.ts'
import { isSorting, sorting, sortingStep } from './sorting.ts'
import { isStructuring, laterGoes, stopsLater, structureStep, structuring } from './structure.ts'

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
    if (it.expected.state !== 'solved') continue
    it.expected = settled(it.expected, desk.clock.now.getTime())
    stopsLater(day, id)
  }
  await laterGoes(day)
}

async function survivorOf(day: Day, it: Known): Promise<Known> {
  if (it.expected.state !== 'merged') return it
  const { rows } = await sql<{
    id: string
  }>`select merged_into as id from conversation where id = ${it.id}::uuid`.execute(desk.db)
  return survivorOf(day, day.known.get(rows[0]!.id)!)
}

export async function anyStep(day: Day): Promise<string> {
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
    ...marking,
    ...structuring,
    ...sorting,
    ...asking,
    'merge',
    'later',
    ...outside,
    ...ledger,
    ...care,
    ...relating,
    ...questioning,
    ...knowing,
    ...chatting,
    ...telling,
    ...visiting,
    ...erasing,
  ]
  const kind = all.length < 3 ? 'first' : day.chance.pick(kinds)
  const some = all.slice(-12)
  const it = day.chance.pick(some.filter(each => each.expected.state !== 'merged'))
  // Mail goes on coming to what went up in another.
  const via = day.chance.pick(some)
  const lies = some.length > 0 ? await survivorOf(day, via) : it
  const by = day.chance.pick(members)
  const now = desk.clock.now
  const { state } = it?.expected ?? { state: '' }
  const away = state === 'spam' || state === 'trash'
  if (kind === 'first') await firstMail(day)
  else if (kind === 'next') await nextMail(day, via, lies)
  else if (kind === 'automatic') await automaticMail(day, via, lies)
  else if (kind === 'bounce') await bounce(day, it)
  else if (kind === 'reply') await reply(day, it, by)
  else if (kind === 'note') {
    await act(tx => note(tx, by, { conversationId: it.id, body: 'a note', attachments: [] }, now))
    noted(day, it)
  } else if (isMarking(kind)) await mark(day, kind, it, by, now)
  else if (isStructuring(kind)) await structureStep(day, kind, it, by)
  else if (isSorting(kind)) await sortingStep(day, kind)
  else if (isAsking(kind)) await askStep(day, kind, it, by)
  else if (isOutside(kind)) await outsideStep(day, kind, it, by)
  else if (isLedger(kind)) await ledgerStep(day, kind, it, by)
  else if (isRelating(kind)) await relationStep(day, kind, it, by)
  else if (isQuestioning(kind)) await questionStep(day, kind, it, by)
  else if (isKnowing(kind)) await knowledgeStep(day, kind, it, by)
  else if (isCare(kind)) await careStep(day, kind, it, by)
  else if (isVisiting(kind)) await visitStep(day, kind, it)
  else if (isErasing(kind)) await eraseStep(day, it, by)
  else if (isChatting(kind)) await chatStep(day, kind, it, by)
  else if (isTelling(kind)) await communityStep(day, kind, it, by)
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
    stopsLater(day, it.id)
  } else if (kind === 'spam') {
    const as = day.chance.pick(['spam', 'trash'] as const)
    await act(tx => putAway(tx, by, { conversationId: it.id, as }, now))
    if (state !== as) {
      it.expected = expectAway(it.expected, as)
      stopsLater(day, it.id)
    }
  } else if (kind === 'back') {
    await act(tx => takeBack(tx, by, it.id, now))
    if (away) it.expected = takenBack(it.expected, now.getTime())
  } else if (kind === 'close' && !away && state !== 'closed') {
    await act(tx =>
      closeQuietly(tx, by, { conversationId: it.id, seenVersion: it.expected.version, because: 'thanks' }, now),
    )
    it.expected = closedQuietly(it.expected, now.getTime())
    stopsLater(day, it.id)
  } else if (kind === 'follow-up' && state === 'solved') {
    await askWhether(day, it, by)
  } else if (kind === 'verdict' && state === 'solved') {
    const verdict = day.chance.pick(['worked', 'incomplete', 'wrong'] as const)
    await act(tx =>
      judgeFollowUp(tx, by, { conversationId: it.id, verdict, said: day.chance.flip() ? 'the other fuse' : '' }, now),
    )
    it.expected = judged(it.expected, verdict, now.getTime())
    stopsLater(day, it.id)
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
      it.expected = { ...it.expected, version: it.expected.version + 1, ledger: it.expected.ledger + 1 }
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
