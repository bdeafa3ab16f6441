/**
 * Acts that can be taken back: what a conversation was is kept beside what the act made of it, under a token, for whoever
 * did it. Taking back brings exactly that, and refuses where somebody changed the conversation since.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { BulkResult } from '../../../contract/bulk.ts'
import type { Priority } from '../../../contract/marks.ts'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { undoMoves } from '../../promises/index.ts'
import { type Head, setHead } from '../standing-rows.ts'
import { openConversation } from '../tables.ts'
import { manyAtOnce } from './many.ts'
import { follow, prioritise, tagConversation } from './marks.ts'
import { happenedSince, isInPassing } from './save.ts'

type Snapshot = {
  head: Head & { ownerId: string | null; teamId: string; before: unknown }
  version: number
  priority: Priority
  promises: { id: string; by: string | null; team: string | null }[]
  tags: string[]
  following: boolean
}

type Was = {
  head: Snapshot['head'] | null
  promises: Snapshot['promises']
  made: string[]
  ended: string[]
  tags: { added: string[]; removed: string[] }
  priority: { from: Priority; to: Priority } | null
  following: { from: boolean } | null
}

/** Runs an act on one conversation and keeps what undoes it; `run` says whether it can be undone at all. True when something is kept. */
export async function remember(
  tx: Tx,
  actor: Member,
  it: { conversationId: string; token: string; act: string; now: Date },
  run: () => Promise<boolean>,
): Promise<boolean> {
  await sql`select from conversation where id = ${it.conversationId}::uuid for update`.execute(tx)
  const before = await snapshot(tx, actor, it.conversationId)
  const undoable = await run()
  const after = undoable && before ? await snapshot(tx, actor, it.conversationId) : null
  if (!before || !after) return false
  const was = difference(before, after)
  if (!was) return false
  await sql`insert into undoable (token, conversation_id, person_id, act, was, version, at)
    values (${it.token}, ${it.conversationId}, ${actor.personId}, ${it.act}, ${JSON.stringify(was)}::jsonb, ${after.version}, ${it.now})`.execute(
    tx,
  )
  return true
}

/** The same for a single act that has its own route. */
export async function remembered<T>(
  tx: Tx,
  actor: Member,
  it: { conversationId: string; act: string; now: Date },
  run: () => Promise<T>,
  undoable: (done: T) => boolean = () => true,
): Promise<T & { undo: string | null }> {
  const token = randomUUIDv7()
  let done: T | undefined
  const kept = await remember(tx, actor, { ...it, token }, async () => {
    done = await run()
    return undoable(done)
  })
  return { ...(done as T), undo: kept ? token : null }
}

async function snapshot(tx: Tx, actor: Member, id: string): Promise<Snapshot | null> {
  const { rows } = await sql<{ it: Snapshot }>`
    select jsonb_build_object(
      'head', jsonb_build_object('state', c.state, 'closedBecause', c.closed_because, 'outcome', c.outcome, 'closedAt', c.closed_at, 'neededBy', c.needed_by,
        'ownerId', c.owner_id, 'teamId', c.team_id, 'before', c.before),
      'version', c.version, 'priority', c.priority,
      'promises', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'by', p.by_person_id, 'team', p.by_team_id) order by p.id) from promise p where p.conversation_id = c.id and p.ended_at is null), '[]'),
      'tags', coalesce((select jsonb_agg(t.tag_id order by t.tag_id) from conversation_tag t where t.conversation_id = c.id), '[]'),
      'following', exists (select from follower f where f.conversation_id = c.id and f.person_id = ${actor.personId}::uuid)) as it
    from conversation c where c.id = ${id}::uuid`.execute(tx)
  return rows[0]?.it ?? null
}

function difference(before: Snapshot, after: Snapshot): Was | null {
  const without = (some: readonly string[], others: readonly string[]) => some.filter(each => !others.includes(each))
  const ids = ({ promises }: Snapshot) => promises.map(each => each.id)
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  if (same({ ...before, version: 0 }, { ...after, version: 0 })) return null
  return {
    head: same(before.head, after.head) ? null : before.head,
    promises: before.promises,
    made: without(ids(after), ids(before)),
    ended: without(ids(before), ids(after)),
    tags: { added: without(after.tags, before.tags), removed: without(before.tags, after.tags) },
    priority: before.priority === after.priority ? null : { from: before.priority, to: after.priority },
    following: before.following === after.following ? null : { from: before.following },
  }
}

/** Each conversation by itself: what was changed since stays, and says so. */
export async function undoAct(db: Db, actor: Member, token: string, now: Date) {
  const { rows } = await sql<{ conversationId: string }>`
    select conversation_id from undoable where token = ${token}::uuid and person_id = ${actor.personId}::uuid order by conversation_id`.execute(
    db,
  )
  if (rows.length === 0) throw absent()
  const results = await manyAtOnce(rows, async ({ conversationId }): Promise<BulkResult> => {
    try {
      await inTransaction(db, tx => undoOne(tx, actor, token, conversationId, now))
      return { id: conversationId, done: true, code: null }
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem
      return { id: conversationId, done: false, code: problem.code }
    }
  })
  return { results, done: results.filter(each => each.done).length }
}

async function undoOne(tx: Tx, actor: Member, token: string, conversationId: string, now: Date) {
  const conversation = await openConversation(tx, actor, conversationId)
  const { rows } = await sql<{ act: string; was: Was; version: number }>`
    delete from undoable where token = ${token}::uuid and conversation_id = ${conversationId}::uuid returning act, was, version`.execute(
    tx,
  )
  const entry = rows[0]
  if (!entry) throw new Refusal('changed-since', 409)
  const { was } = entry
  await undoMarks(tx, actor, conversationId, was, now)
  if (!was.head && was.made.length === 0 && was.ended.length === 0) return
  const since = await happenedSince(tx, conversation, entry.version)
  const settled =
    await sql`select from promise where id = any(${was.made}::uuid[]) and ended_at is not null limit 1`.execute(tx)
  if (conversation.state === 'merged' || since.some(each => !isInPassing(each)) || settled.rows.length > 0)
    throw new Refusal('changed-since', 409)
  await undoMoves(tx, was.made, was.ended)
  await sql`update promise set by_person_id = w.by, by_team_id = w.team from jsonb_to_recordset(${JSON.stringify(was.promises)}::jsonb) as w(id uuid, by uuid, team uuid)
    where promise.id = w.id and promise.ended_at is null`.execute(tx)
  const version = was.head ? conversation.version + 1 : conversation.version
  if (was.head) {
    const neededBy = conversation.neededBy?.toISOString() ?? null
    await setHead(tx, conversationId, { ...was.head, neededBy, version })
    await sql`update conversation set before = ${was.head.before === null ? null : JSON.stringify(was.head.before)}::jsonb where id = ${conversationId}::uuid`.execute(
      tx,
    )
  }
  const scopes = [conversation.teamId, conversation.ownerId, was.head?.teamId, was.head?.ownerId]
  await record(tx, {
    ...{ kind: 'conversation.act-undone', subjectId: conversationId, actorId: actor.personId, at: now },
    // What was one's own matter stays so.
    scopes: was.head ? scopes.filter(each => typeof each === 'string') : [actor.personId],
    facts: { act: entry.act, state: was.head?.state ?? conversation.state, version },
  })
}

/** A mark that is no longer as the act left it was set by somebody since. */
async function undoMarks(tx: Tx, actor: Member, conversationId: string, was: Was, now: Date) {
  const { added, removed } = was.tags
  if (added.length + removed.length > 0)
    await tagConversation(tx, actor, { conversationId, add: removed, remove: added }, now)
  if (was.priority) {
    const { rows } =
      await sql`select from conversation where id = ${conversationId}::uuid and priority = ${was.priority.to}`.execute(
        tx,
      )
    if (rows.length === 0) throw new Refusal('changed-since', 409)
    await prioritise(tx, actor, { conversationId, priority: was.priority.from }, now)
  }
  if (was.following) await follow(tx, actor, { conversationId, following: was.following.from }, now)
}
