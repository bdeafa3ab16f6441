/** All SQL that changes notifications. Everything is done for many at once: a burst of mail is a burst of news. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { NotificationKind } from '../../contract/notifications.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { ofTopic } from './about-topic.ts'
import type { Settled } from './news.ts'

export type Told = {
  personId: string
  kind: NotificationKind | 'test'
  aboutId: string
  conversationId: string | null
  promiseId: string | null
  mailboxId: string | null
  askId?: string | null
  postId?: string | null
  messageId: string | null
  actorId: string | null
  at: Date
  /** the events behind it; none for a test */
  seqs: number[]
  inApp: boolean
  mailAt: Date | null
  pushAt: Date | null
}

/** Which of these the person was told of already, as `person seq`. */
export async function knownCauses(tx: Tx, causes: readonly { personId: string; seq: number }[]): Promise<Set<string>> {
  if (causes.length === 0) return new Set()
  const { rows } = await sql<{ personId: string; eventSeq: number }>`
    select person_id, event_seq from notification_cause where (person_id, event_seq) in (
      select * from unnest(${causes.map(each => each.personId)}::uuid[], ${causes.map(each => each.seq)}::bigint[]))`.execute(
    tx,
  )
  return new Set(rows.map(row => `${row.personId} ${row.eventSeq}`))
}

/**
 * New rows, or more gathered in one that is still unread. What went out for that row stays as it was: nobody is told twice
 * of what they have not read.
 */
export async function tell(tx: Tx, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return
  const given = told.map(each => ({
    id: randomUUIDv7(),
    person_id: each.personId,
    kind: each.kind,
    about_id: each.aboutId,
    conversation_id: each.conversationId,
    promise_id: each.promiseId,
    mailbox_id: each.mailboxId,
    ask_id: each.askId ?? null,
    post_id: each.postId ?? null,
    message_id: each.messageId,
    actor_id: each.actorId,
    count: Math.max(1, each.seqs.length),
    at: each.at.toISOString(),
    in_app: each.inApp,
    mail_at: each.mailAt?.toISOString() ?? null,
    push_at: each.pushAt?.toISOString() ?? null,
  }))
  const { rows } = await sql<{ id: string; personId: string; kind: string; aboutId: string }>`
    insert into notification as n (id, person_id, kind, about_id, conversation_id, promise_id, mailbox_id, ask_id, post_id, message_id, actor_id, count, at, in_app, mail_at, push_at)
    select id, person_id, kind, about_id, conversation_id, promise_id, mailbox_id, ask_id, post_id, message_id, actor_id, count, at, in_app, mail_at, push_at
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(id uuid, person_id uuid, kind text, about_id uuid, conversation_id uuid, promise_id uuid,
        mailbox_id uuid, ask_id uuid, post_id uuid, message_id uuid, actor_id uuid, count integer, at timestamptz, in_app boolean, mail_at timestamptz, push_at timestamptz)
      order by person_id, kind, about_id
    on conflict (person_id, kind, about_id) where read_at is null do update set count = n.count + excluded.count,
      message_id = case when excluded.at >= n.at then excluded.message_id else n.message_id end,
      post_id = case when excluded.at >= n.at then excluded.post_id else n.post_id end,
      actor_id = case when excluded.at >= n.at then excluded.actor_id else n.actor_id end, at = greatest(n.at, excluded.at)
    returning id, person_id, kind, about_id`.execute(tx)
  const idOf = new Map(rows.map(row => [`${row.personId} ${row.kind} ${row.aboutId}`, row.id]))
  const causes = told.flatMap(each =>
    each.seqs.map(seq => ({
      person_id: each.personId,
      event_seq: seq,
      notification_id: idOf.get(`${each.personId} ${each.kind} ${each.aboutId}`),
    })),
  )
  if (causes.length > 0) {
    await sql`insert into notification_cause (person_id, event_seq, notification_id)
      select * from jsonb_to_recordset(${JSON.stringify(causes)}::jsonb) as c(person_id uuid, event_seq bigint, notification_id uuid)
      on conflict do nothing`.execute(tx)
  }
  // That it is late says more than that it will be due.
  const late = told.filter(each => each.kind === 'overdue')
  if (late.length > 0) {
    await sql`update notification set read_at = at, in_app = false where kind = 'due-soon' and read_at is null and (person_id, about_id) in (
      select * from unnest(${late.map(each => each.personId)}::uuid[], ${late.map(each => each.aboutId)}::uuid[]))`.execute(
      tx,
    )
  }
  await happened(tx, 'notification.made', new Map(told.map(each => [each.personId, each.at])))
}

/**
 * What is told and settled locks notifications in an order of its own, and so does what goes out: the reader of the log writes
 * alone, those who send beside one another. Without it they would wait for each other until the database gives one up.
 */
export async function takeTurn(tx: Tx, who: 'reader' | 'sender'): Promise<void> {
  const lock = sql.raw(who === 'reader' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared')
  await sql`select ${lock}(hashtextextended('pond:notifications', 0))`.execute(tx)
}

/** Which notifications something settles: `s` is what settles, `n` a notification. */
const joins = {
  promises: sql`n.promise_id = s.id`,
  mailbox: sql`n.mailbox_id = s.id`,
  ask: sql`n.ask_id = s.id and n.kind = s.kind`,
  seen: sql`n.conversation_id = s.id and n.person_id = s.person_id and n.kind in ('message', 'given', 'mention')`,
  'seen-topic': sql`n.about_id = s.id and n.person_id = s.person_id and ${ofTopic}`,
} satisfies Record<Settled['is'], unknown>

/** What nobody needs to read any more, a statement for all of a kind. What came after it was settled stays. */
export async function settle(tx: Tx, all: readonly { settled: Settled; at: Date }[]): Promise<void> {
  const read = new Map<string, Date>()
  for (const is of Object.keys(joins) as Settled['is'][]) {
    const given = all.filter(each => each.settled.is === is).flatMap(({ settled, at }) => keysOf(settled, at))
    if (given.length === 0) continue
    const { rows } = await sql<{ personId: string; at: Date }>`
      with hit as (select n.id, min(s.at) as at from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as s(id uuid, kind text, person_id uuid, at timestamptz)
        join notification n on ${joins[is]} where n.read_at is null and n.at <= s.at group by n.id)
      update notification n set read_at = hit.at from hit where n.id = hit.id returning n.person_id, hit.at`.execute(tx)
    for (const { personId, at } of rows) if (at > (read.get(personId) ?? new Date(0))) read.set(personId, at)
  }
  await happened(tx, 'notification.read', read)
}

function keysOf(settled: Settled, at: Date) {
  switch (settled.is) {
    case 'promises':
      return settled.ids.map(id => ({ id, at }))
    case 'mailbox':
      return [{ id: settled.id, at }]
    case 'ask':
      return [{ id: settled.id, kind: settled.kind, at }]
    case 'seen':
      return [{ id: settled.conversationId, person_id: settled.personId, at }]
    case 'seen-topic':
      return [{ id: settled.topicId, person_id: settled.personId, at }]
  }
}

export type Marked = { ids: readonly string[] } | { conversationId: string } | { topicId: string } | { all: true }

/** Answers how many; mails that would go out for these alone are held back by the caller. */
export async function markRead(tx: Tx, personId: string, which: Marked, now: Date) {
  const those =
    'ids' in which
      ? sql`id = any(${which.ids}::uuid[])`
      : 'conversationId' in which
        ? sql`conversation_id = ${which.conversationId}::uuid`
        : 'topicId' in which
          ? sql`about_id = ${which.topicId}::uuid`
          : sql`true`
  const { rows } = await sql<{ outboxId: string | null }>`
    update notification set read_at = ${now} where person_id = ${personId}::uuid and read_at is null and ${those} returning outbox_id`.execute(
    tx,
  )
  if (rows.length > 0) await happened(tx, 'notification.read', new Map([[personId, now]]), personId)
  return { count: rows.length, outboxIds: rows.flatMap(row => row.outboxId ?? []) }
}

/** Only what nothing newer has taken the place of. */
export async function markUnread(
  tx: Tx,
  personId: string,
  which: { ids: readonly string[] } | { readAt: Date },
  now: Date,
) {
  const those = 'ids' in which ? sql`n.id = any(${which.ids}::uuid[])` : sql`n.read_at = ${which.readAt}`
  const { rows } = await sql`
    update notification n set read_at = null, mail_at = null, push_at = null where id in (
      select distinct on (n.kind, n.about_id) n.id from notification n where n.person_id = ${personId}::uuid and n.read_at is not null and ${those}
        and not exists (select from notification u where u.person_id = n.person_id and u.kind = n.kind and u.about_id = n.about_id and u.read_at is null)
      order by n.kind, n.about_id, n.at desc) returning id`.execute(tx)
  if (rows.length > 0) await happened(tx, 'notification.read', new Map([[personId, now]]), personId)
  return rows.length
}

/** Mails of notifications every one of which is read by now. */
export async function mailsAllRead(tx: Tx, outboxIds: readonly string[]): Promise<string[]> {
  if (outboxIds.length === 0) return []
  const { rows } = await sql<{ outboxId: string }>`
    select outbox_id from notification where outbox_id = any(${[...new Set(outboxIds)]}::uuid[]) group by outbox_id having bool_and(read_at is not null)`.execute(
    tx,
  )
  return rows.map(row => row.outboxId)
}

/** One event a person, however much there is. */
async function happened(
  tx: Tx,
  kind: 'notification.made' | 'notification.read',
  people: ReadonlyMap<string, Date>,
  actorId: string | null = null,
) {
  await record(
    tx,
    ...[...people].map(([personId, at]) => ({ kind, subjectId: null, actorId, scopes: [personId], facts: {}, at })),
  )
}

/** What was read long ago. */
export async function sweepNotifications(tx: Tx, now: Date): Promise<void> {
  await sql`delete from notification where at < ${now}::timestamptz - interval '90 days' and read_at is not null`.execute(
    tx,
  )
  await sql`delete from notification where at < ${now}::timestamptz - interval '365 days'`.execute(tx)
}
