/**
 * One act on many conversations: each by the same command as if it were alone, in a transaction of its own, so that none
 * waits for another's lock and one that refuses keeps nobody back. What undoes it lies under one token.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { BulkAct, BulkResult } from '../../../contract/bulk.ts'
import type { Priority } from '../../../contract/marks.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { granted, type Member, mayRead } from '../../access/index.ts'
import { manyAtOnce } from './many.ts'
import { follow, prioritise, tagConversation } from './marks.ts'
import { moveToTeam } from './move.ts'
import { give } from './ownership.ts'
import { putAway, takeBack } from './put-away.ts'
import { closeQuietly } from './reply.ts'
import { snooze, wake } from './snooze.ts'
import { remember } from './undo.ts'

export async function bulk(db: Db, actor: Member, input: { ids: readonly string[]; act: BulkAct }, now: Date) {
  const token = randomUUIDv7()
  let kept = false
  const results = await manyAtOnce([...new Set(input.ids)], async (id): Promise<BulkResult> => {
    try {
      const undoable = await inTransaction(db, tx =>
        remember(tx, actor, { conversationId: id, token, act: input.act.is, now }, async () => {
          await refuseUngranted(tx, actor, id)
          return one(tx, actor, id, input.act, now)
        }),
      )
      kept ||= undoable
      return { id, done: true, code: null }
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      // It is as was wanted already.
      const done = problem.code === 'already-closed'
      return { id, done, code: done ? null : problem.code }
    }
  })
  return { results, done: results.filter(each => each.done).length, undo: kept ? token : null }
}

/** What may be done to one at a time need not be for doing by the hundred. */
async function refuseUngranted(tx: Tx, actor: Member, id: string) {
  const { rows } = await sql<{ teamId: string; ownerId: string | null }>`
    select team_id, owner_id from conversation where id = ${id}::uuid`.execute(tx)
  if (!rows[0] || !mayRead(actor, rows[0])) throw absent()
  if (!granted(actor, 'bulk', rows[0].teamId)) throw new Refusal('not-yours', 403)
}

/** Answers whether it can be taken back: what a customer was told can't. */
async function one(tx: Tx, actor: Member, conversationId: string, act: BulkAct, now: Date): Promise<boolean> {
  switch (act.is) {
    case 'own':
      await give(tx, actor, conversationId, actor.personId, now)
      break
    case 'assign':
      await give(tx, actor, conversationId, act.memberId, now)
      break
    case 'move': {
      const { toTeamId, reason, introduction } = act
      return !(await moveToTeam(tx, actor, { conversationId, toTeamId, reason, introduction }, now)).told
    }
    case 'tag':
      await tagConversation(tx, actor, { conversationId, add: [act.tagId] }, now)
      break
    case 'untag':
      await tagConversation(tx, actor, { conversationId, remove: [act.tagId] }, now)
      break
    case 'priority':
      await prioritise(tx, actor, { conversationId, priority: act.priority as Priority }, now)
      break
    case 'close':
      await closeQuietly(tx, actor, { conversationId, because: act.because }, now)
      break
    case 'snooze':
      await snooze(tx, actor, { conversationId, until: act.until }, now)
      break
    case 'wake':
      await wake(tx, actor, conversationId, now)
      break
    case 'spam':
    case 'trash':
      await putAway(tx, actor, { conversationId, as: act.is }, now)
      break
    case 'take-back':
      await takeBack(tx, actor, conversationId, now)
      break
    case 'follow':
    case 'unfollow':
      await follow(tx, actor, { conversationId, following: act.is === 'follow' }, now)
      break
  }
  return true
}
