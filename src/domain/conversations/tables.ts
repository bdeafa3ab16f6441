/**
 * All SQL that changes conversations, and the only door to one for writing. Every writer takes many rows and makes one
 * statement of them: a reply is a batch of one.
 */
import { sql } from 'kysely'
import type { Channel, State } from '../../contract/conversations.ts'
import type { Tx } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { type Actor, mayRead } from '../access/index.ts'
import { openPromisesOf } from '../promises/index.ts'
import { indexFiles, indexMessages } from '../search/index.ts'
import type { Change, Standing } from './standing.ts'

export type Conversation = Standing & {
  number: number
  version: number
  subject: string
  mailboxId: string | null
  channel: Channel
  outcome: Change['outcome']
  closedBecause: string | null
  neededBy: Date | null
  handovers: number
  language: string | null
  lastAt: Date
  before: unknown
}

/** The only door: locks the row, and for who may not read it there is none. */
export async function openConversation(tx: Tx, actor: Actor, id: string): Promise<Conversation> {
  const found = (await lockConversations(tx, [id])).get(id)
  if (!found || !mayRead(actor, found)) throw absent()
  return found
}

/** Locks in the order of ids, so that two who want the same ones never wait for each other. */
export async function lockConversations(tx: Tx, ids: readonly string[]): Promise<Map<string, Conversation>> {
  if (ids.length === 0) return new Map()
  const wanted = [...new Set(ids)]
  // Given at once they travel at once, and run in this order.
  const [{ rows }, promises] = await Promise.all([
    sql<Omit<Conversation, 'open'>>`
    select id, number, version, subject, state, owner_id, team_id, customer_id, mailbox_id, channel, outcome, closed_because, closed_at,
      needed_by, handovers, language, last_at, before
    from conversation where id = any(${wanted}::uuid[]) order by id for no key update`.execute(tx),
    openPromisesOf(tx, wanted),
  ])
  return new Map(rows.map(row => [row.id, { ...row, open: promises.get(row.id)! }]))
}

export type FreshConversation = {
  id: string
  customerId: string
  ownerId: string | null
  teamId: string
  mailboxId: string | null
  channel: Channel
  subject: string
  state: State
  closedBecause: string | null
  outcome: Change['outcome']
  dueAt: Date | null
  language: string | null
  lastAt: Date
  lastOurs: boolean
  preview: string
  previousId: string | null
  openedAt: Date
  version: number
  sample?: boolean
}

/** Returns the numbers that the new conversations got, by id. */
export async function insertConversations(tx: Tx, fresh: readonly FreshConversation[]): Promise<Map<string, number>> {
  if (fresh.length === 0) return new Map()
  const { rows } = await sql<{ id: string; number: number }>`
    insert into conversation (id, customer_id, owner_id, team_id, mailbox_id, channel, subject, state, closed_because, outcome, closed_at, due_at, language,
      last_at, last_ours, preview, previous_id, opened_at, version, sample)
    select id, customer_id, owner_id, team_id, mailbox_id, channel, subject, state, closed_because, outcome, case when state = 'closed' then last_at end, due_at, language,
      last_at, last_ours, preview, previous_id, opened_at, version, coalesce(sample, false)
    from jsonb_to_recordset(${JSON.stringify(fresh.map(snake))}::jsonb) as c(id uuid, customer_id uuid, owner_id uuid, team_id uuid, mailbox_id uuid, channel text,
      subject text, state text, closed_because text, outcome text, due_at timestamptz, language text, last_at timestamptz, last_ours boolean, preview text,
      previous_id uuid, opened_at timestamptz, version integer, sample boolean)
    returning id, number`.execute(tx)
  return new Map(rows.map(row => [row.id, row.number]))
}

/** What a command or a batch leaves behind of a conversation that was there before. */
export type Kept = {
  id: string
  state: State
  closedBecause: string | null
  outcome: Change['outcome']
  ownerId: string | null
  teamId: string
  customerId: string
  dueAt: Date | null
  version: number
  at: Date
  /** what lists show; absent leaves it */
  last?: { at: Date; ours: boolean; preview: string } | null
}

export async function saveConversations(tx: Tx, kept: readonly Kept[]): Promise<void> {
  if (kept.length === 0) return
  const rows = kept.map(({ last, ...each }) =>
    snake({ ...each, lastAt: last?.at ?? null, lastOurs: last?.ours ?? null, preview: last?.preview ?? null }),
  )
  await sql`update conversation set state = k.state, closed_because = k.closed_because, outcome = coalesce(k.outcome, case when k.state in ('solved', 'closed') then conversation.outcome end),
      owner_id = k.owner_id, team_id = k.team_id, customer_id = k.customer_id, due_at = k.due_at, version = k.version,
      closed_at = case when k.state = 'closed' then coalesce(case when conversation.state = 'closed' then conversation.closed_at end, k.at) end,
      last_at = greatest(conversation.last_at, coalesce(k.last_at, conversation.last_at)), last_ours = coalesce(k.last_ours, conversation.last_ours), preview = coalesce(k.preview, conversation.preview)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k(id uuid, state text, closed_because text, outcome text, owner_id uuid, team_id uuid, customer_id uuid,
      due_at timestamptz, version integer, at timestamptz, last_at timestamptz, last_ours boolean, preview text)
    where conversation.id = k.id`.execute(tx)
}

export type FreshMessage = {
  id: string
  conversationId: string
  kind: 'message' | 'reply' | 'note' | 'acknowledgement' | 'follow-up' | 'call' | 'automatic' | 'forward'
  authorId: string | null
  authorRaw: string | null
  recipients: { role: 'to' | 'cc'; address: string; name: string }[]
  at: Date
  subject: string | null
  bodyText: string
  trimmed: string | null
  bodyHtml: string | null
  trimmedHtml: string | null
  language: string | null
  rfcId: string | null
  nextStep: unknown
  undo: unknown
  undoUntil: Date | null
  /** where its sender wants answers to go, when that is elsewhere */
  replyTo?: string | null
  /** names of files that come with it and go to `insertAttachments` as searched: so they are found without a second write */
  files?: readonly string[]
}

export async function insertMessages(tx: Tx, fresh: readonly FreshMessage[]): Promise<void> {
  if (fresh.length === 0) return
  // Texts travel as array parameters: inside one big JSON they would be parsed twice.
  const column = <K extends keyof FreshMessage>(name: K) => fresh.map(each => each[name])
  const insert = sql`insert into message (id, conversation_id, kind, author_id, author_raw, recipients, at, subject, body_text, trimmed, body_html, trimmed_html, language, rfc_id, next_step, undo, undo_until, reply_to)
    select * from unnest(${column('id')}::uuid[], ${column('conversationId')}::uuid[], ${column('kind')}::text[], ${column('authorId')}::uuid[], ${column('authorRaw')}::text[],
      ${fresh.map(each => JSON.stringify(each.recipients))}::jsonb[], ${column('at')}::timestamptz[], ${column('subject')}::text[], ${column('bodyText')}::text[],
      ${column('trimmed')}::text[], ${column('bodyHtml')}::text[], ${column('trimmedHtml')}::text[], ${column('language')}::text[], ${column('rfcId')}::text[],
      ${fresh.map(each => (each.nextStep ? JSON.stringify(each.nextStep) : null))}::jsonb[], ${fresh.map(each => (each.undo ? JSON.stringify(each.undo) : null))}::jsonb[], ${column('undoUntil')}::timestamptz[],
      ${fresh.map(each => each.replyTo ?? null)}::text[])`
  await Promise.all([insert.execute(tx), indexMessages(tx, fresh)])
}

export type FreshParticipant = {
  conversationId: string
  addressId: string
  personId: string
  role: 'customer' | 'taking-part' | 'copied' | 'suggested'
  since: Date
}

/** Somebody who is there already keeps what they are, unless they are more now; who left stays away. */
export async function insertParticipants(tx: Tx, fresh: readonly FreshParticipant[]): Promise<void> {
  if (fresh.length === 0) return
  await sql`insert into participant (conversation_id, address_id, person_id, role, since)
    select distinct on (conversation_id, address_id) conversation_id, address_id, person_id, role, since
    from jsonb_to_recordset(${JSON.stringify(fresh.map(snake))}::jsonb) as p(conversation_id uuid, address_id uuid, person_id uuid, role text, since timestamptz)
    order by conversation_id, address_id, array_position(array['customer', 'taking-part', 'copied', 'suggested'], role)
    on conflict (conversation_id, address_id) do update set role = excluded.role
      where array_position(array['customer', 'taking-part', 'copied', 'suggested', 'left'], excluded.role) < array_position(array['customer', 'taking-part', 'copied', 'suggested', 'left'], participant.role)
        and participant.role <> 'left'`.execute(tx)
}

export type FreshAttachment = {
  id: string
  messageId: string
  sha256: Buffer
  name: string
  mediaType: string
  bytes: number
  contentId: string | null
  inline: boolean
  position: number
}

/** The files lie on disk already; their rows come first. */
export async function insertAttachments(
  tx: Tx,
  fresh: readonly FreshAttachment[],
  options: { searched?: boolean } = {},
): Promise<void> {
  if (fresh.length === 0) return
  await nameFiles(tx, fresh)
  const column = <K extends keyof FreshAttachment>(name: K) => fresh.map(each => each[name])
  await sql`insert into attachment (id, message_id, sha256, name, media_type, bytes, content_id, inline, position)
    select * from unnest(${column('id')}::uuid[], ${column('messageId')}::uuid[], ${column('sha256')}::bytea[], ${column('name')}::text[], ${column('mediaType')}::text[],
      ${column('bytes')}::bigint[], ${column('contentId')}::text[], ${column('inline')}::boolean[], ${column('position')}::smallint[])`.execute(
    tx,
  )
  if (!options.searched) await indexFiles(tx, fresh)
}

/** Naming a file again makes its row young: the sweep of files nobody names waits for the lock and then leaves it. */
export async function nameFiles(tx: Tx, files: readonly { sha256: Buffer; bytes: number }[]): Promise<void> {
  if (files.length === 0) return
  const sorted = [...files].sort((a, b) => a.sha256.compare(b.sha256))
  await sql`insert into file (sha256, bytes) select distinct * from unnest(${sorted.map(each => each.sha256)}::bytea[], ${sorted.map(each => each.bytes)}::bigint[]) order by 1
    on conflict (sha256) do update set created_at = now() where file.created_at < now() - interval '1 hour'`.execute(tx)
}

function snake(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), value]),
  )
}
