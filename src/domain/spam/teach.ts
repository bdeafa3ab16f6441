/** Teaching the filter: by putting into spam and taking out of it, in the transaction of that act, and by what was answered. What was taught can be forgotten again exactly. */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import { lessonOf, needed } from './rules.ts'
import { firstMail, forget, learn, lessonBefore, seenOf, takeTurn } from './tables.ts'

export async function teach(
  tx: Tx,
  about: { conversationId: string; act: 'into spam' | 'out of spam'; byId: string | null },
  now: Date,
): Promise<void> {
  const { conversationId } = about
  const before = await lessonBefore(tx, conversationId)
  const lesson = lessonOf(about.act, before?.taught ?? null)
  if (!lesson.forget && !lesson.learn) return
  await takeTurn(tx)
  if (lesson.forget) await forget(tx, conversationId, before!)
  const pieces = lesson.learn ? await firstMail(tx, conversationId) : null
  if (lesson.learn && pieces) await learn(tx, { conversationId, taught: lesson.learn, byId: about.byId, pieces }, now)
}

const atOnce = 50
/** Beyond this many for each spam, more of what we answered teaches nothing new. */
const hamPerSpam = 4

/** What we answered was no spam. Asks only where spam was taught at all; returns how many were learned. */
export async function learnFromAnswered(db: Db, now: Date): Promise<number> {
  const all = (await seenOf(db, [''])).get('')
  if (!all?.spam || all.ham >= Math.max(10 * needed, hamPerSpam * all.spam)) return 0
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c where not c.sample and c.last_at > ${new Date(now.getTime() - 90 * 86_400_000)} and c.state not in ('spam', 'trash', 'merged', 'aside')
      and exists (select from message m where m.conversation_id = c.id and m.kind = 'message')
      and exists (select from message m where m.conversation_id = c.id and m.kind = 'reply' and m.taken_back_at is null and m.at < ${new Date(now.getTime() - 300_000)})
      and not exists (select from spam_lesson l where l.conversation_id = c.id)
    order by c.last_at desc limit ${atOnce}`.execute(db)
  for (const { id } of rows)
    await inTransaction(db, async tx => {
      await takeTurn(tx)
      const pieces = (await lessonBefore(tx, id)) ? null : await firstMail(tx, id)
      if (pieces) await learn(tx, { conversationId: id, taught: 'ham', byId: null, pieces }, now)
    })
  return rows.length
}
