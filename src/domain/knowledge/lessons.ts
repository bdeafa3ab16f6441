/**
 * Follows the log: which articles stood in an answer, and what came of it. Counted for the article, never for a person. An
 * answer that did not hold raises a flag for the owner. The cursor moves in the same transaction: each answer counts once.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { builderOn, type Tx } from '../../platform/db/index.ts'
import type { LogEvent, Reader } from '../../platform/events/index.ts'
import { reviewKept } from './review.ts'
import { tell } from './told.ts'

export function knowledgeReader(clock: () => Date): Reader {
  return {
    name: 'knowledge',
    batch: 200,
    kinds: ['message.replied', 'follow-up.judged', 'promise.kept'],
    async handle(client, events) {
      const tx = builderOn(client)
      for (const event of events) await learnFrom(tx, event, clock())
    },
  }
}

const idsIn = (value: unknown) =>
  (Array.isArray(value) ? value.filter(each => typeof each === 'string') : []) as string[]

async function learnFrom(tx: Tx, event: LogEvent, now: Date): Promise<void> {
  const { kind, facts } = event
  if (kind === 'message.replied') await noteUses(tx, String(facts.messageId), idsIn(facts.used))
  if (kind === 'follow-up.judged') await learn(tx, facts, now)
  if (kind === 'promise.kept' && typeof facts.promiseId === 'string') await reviewKept(tx, facts.promiseId, now)
}

async function noteUses(tx: Tx, messageId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`insert into article_use (message_id, article_id) select m.id, a.id from article a, message m
    where a.id = any(${[...ids]}::uuid[]) and m.id = ${messageId}::uuid on conflict do nothing`.execute(tx)
}

async function learn(tx: Tx, facts: Record<string, unknown>, now: Date): Promise<void> {
  const [verdict, followUpId] = [facts.verdict, String(facts.followUpId)]
  if (verdict !== 'worked' && verdict !== 'incomplete' && verdict !== 'wrong') return
  const { rows } = await sql<{ id: string; ownerId: string }>`select a.id, a.owner_id from article a
    where a.id in (select article_id from article_use where message_id = any(${idsIn(facts.messages)}::uuid[])) order by a.id for update`.execute(
    tx,
  )
  for (const { id, ownerId } of rows) {
    if (verdict === 'worked') await sql`update article set held = held + 1 where id = ${id}::uuid`.execute(tx)
    else {
      await sql`update article set failed = failed + 1 where id = ${id}::uuid`.execute(tx)
      await sql`insert into article_flag (id, article_id, follow_up_id, made_at) select ${randomUUIDv7()}, ${id}::uuid, f.id, ${now}
        from follow_up f where f.id = ${followUpId}::uuid on conflict (article_id, follow_up_id) do nothing`.execute(tx)
    }
    await tell(
      tx,
      null,
      { kind: 'article.judged', articleId: id, ownerId, facts: { held: verdict === 'worked', followUpId } },
      now,
    )
  }
}
