/** Writes a decided batch: each table once, in the order in which rows name each other. One transaction, one commit. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { type Happened, record } from '../../platform/events/index.ts'
import { absent } from '../../platform/http/index.ts'
import { writeMatches } from '../automation/index.ts'
import { enqueue } from '../channels/index.ts'
import {
  insertAttachments,
  insertConversations,
  insertMessages,
  insertParticipants,
  nameFiles,
  saveConversations,
  stopLater,
} from '../conversations/index.ts'
import { nextDue, writeMoves } from '../promises/index.ts'
import { writeVerdicts } from '../spam/index.ts'
import type { Batch, Decided, Working } from './batch.ts'
import { eventsOfSorting, matchesOf, scopesOf } from './sorted.ts'

/** Content-addressed files that lie on disk already: hashes by buffer. */
export type Stored = Map<Buffer, Buffer>

export async function writeBatch(tx: Tx, batch: Batch, stored: Stored, now: Date): Promise<void> {
  const changed = [...batch.conversations.values()].filter(each => each.changed)
  await writeConversations(tx, changed, now)
  const files = new Map(
    batch.attachments.map(each => [each.messageId, each.mail.reading.attachments.map(file => file.name)]),
  )
  await insertMessages(
    tx,
    batch.messages.map(each => ({ ...each, files: files.get(each.id) ?? [] })),
  )
  // All of this names only what is written by now, so it travels together.
  await Promise.all([
    insertAttachments(
      tx,
      batch.attachments.flatMap(({ messageId, mail }) => attachmentRows(messageId, mail.reading.attachments, stored)),
      { searched: true },
    ),
    insertParticipants(tx, batch.participants),
    writeMoves(
      tx,
      changed.map(each => ({ conversationId: each.id, moves: each.moves, toldBy: null, at: now })),
    ),
    writeDeliveries(tx, batch.decided, stored).then(() => writeReports(tx, batch, now)),
    enqueue(
      tx,
      batch.acknowledgements.map(({ working, make }) => make(working.number!)),
    ),
    markPeople(tx, batch, now),
    writeMatches(tx, matchesOf(batch, now)),
    writeVerdicts(tx, batch.verdicts),
    stopLater(tx, answeredMeanwhile(batch), 'wrote-again', now),
    record(tx, ...eventsOf(batch, now), ...eventsOfSorting(batch, now)),
  ])
}

/** Conversations that were there before and in which the customer's side has now written. */
function answeredMeanwhile(batch: Batch): string[] {
  const written = batch.messages.filter(each => each.kind === 'message').map(each => each.conversationId)
  return [...new Set(written)].filter(id => batch.conversations.get(id)?.fresh === null)
}

async function writeConversations(tx: Tx, changed: Working[], now: Date) {
  const due = (each: Working) =>
    each.state === 'open' || each.state === 'pending' || each.state === 'solved'
      ? nextDue(each.open, { ends: [], makes: [] })
      : null
  const fresh = changed.filter(each => each.fresh)
  const numbers = await insertConversations(
    tx,
    fresh.map(each => ({
      ...each.fresh!,
      state: each.state,
      closedBecause: each.closedBecause,
      dueAt: due(each),
      version: each.version,
      preview: each.last?.preview ?? '',
      lastAt: each.last?.at ?? each.fresh!.lastAt,
    })),
  )
  for (const each of fresh) each.number = numbers.get(each.id)!
  await saveConversations(
    tx,
    changed
      .filter(each => !each.fresh)
      .map(each => ({
        id: each.id,
        state: each.state,
        closedBecause: each.closedBecause,
        outcome: each.outcome,
        ownerId: each.ownerId,
        teamId: each.teamId,
        customerId: each.customerId,
        dueAt: due(each),
        version: each.version,
        at: now,
        last: each.last,
      })),
  )
}

function attachmentRows(messageId: string, attachments: Decided['mail']['reading']['attachments'], stored: Stored) {
  return attachments.map((each, position) => ({
    id: randomUUIDv7(),
    messageId,
    sha256: stored.get(each.content)!,
    name: each.name,
    mediaType: each.mediaType,
    bytes: each.bytes,
    contentId: each.contentId,
    inline: each.inline,
    position,
  }))
}

/** One value travels as bytes, where an array of them would travel as text: twice as long, and read sign by sign. */
function inOnePiece(parts: (Buffer | null)[]) {
  const starts: number[] = []
  let at = 1
  for (const part of parts) {
    starts.push(at)
    at += part?.length ?? 0
  }
  return {
    all: Buffer.concat(parts.filter(part => part !== null)),
    starts,
    lengths: parts.map(part => part?.length ?? null),
  }
}

async function writeDeliveries(tx: Tx, decided: Decided[], stored: Stored) {
  for (const each of decided) if (each.mail.again) await writeAgain(tx, each)
  const fresh = decided.filter(each => each.became.is !== 'known' && !each.mail.again)
  const kept = fresh
    .map(each => each.mail.arrived.raw)
    .flatMap(raw => (stored.has(raw) ? [{ sha256: stored.get(raw)!, bytes: raw.length }] : []))
  await nameFiles(tx, kept)
  if (fresh.length > 0) {
    const column = <T>(of: (each: Decided) => T) => fresh.map(of)
    const raws = inOnePiece(column(each => (stored.has(each.mail.arrived.raw) ? null : each.mail.arrived.raw)))
    await sql`insert into delivery (id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, raw, raw_file, became, message_id, ask_message_id, reason, detail, reading)
      select id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, substr(${raws.all}::bytea, start, length), raw_file, became, message_id, ask_message_id, reason, detail, reading
      from unnest(${column(each => each.deliveryId)}::uuid[], ${column(each => each.mail.arrived.mailboxId)}::uuid[], ${column(each => each.mail.arrived.source)}::text[],
        ${column(each => each.mail.mailId)}::text[], ${column(each => each.mail.bodyHash)}::bytea[], ${column(each => each.mail.arrived.arrivedAt)}::timestamptz[],
        ${column(each => each.mail.arrived.oversizeBytes ?? each.mail.arrived.raw.length)}::bigint[],
        ${raws.starts}::int[], ${raws.lengths}::int[], ${column(each => stored.get(each.mail.arrived.raw) ?? null)}::bytea[],
        ${column(each => each.became.is)}::text[], ${column(each => (each.became.is === 'message' ? each.became.messageId : null))}::uuid[],
        ${column(each => (each.became.is === 'answer' ? each.became.askMessageId : null))}::uuid[],
        ${column(each => (each.became.is === 'quarantined' ? each.became.reason : null))}::text[], ${column(each => (each.became.is === 'quarantined' ? each.became.detail : null))}::text[],
        ${column(each => JSON.stringify(readingFacts(each)))}::jsonb[])
      as d(id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, start, length, raw_file, became, message_id, ask_message_id, reason, detail, reading)`.execute(
      tx,
    )
  }
  for (const { deliveryId, became } of decided)
    if (became.is === 'post')
      await sql`update delivery set post_id = ${became.postId}::uuid where id = ${deliveryId}::uuid`.execute(tx)
  const placed = decided.flatMap(each =>
    each.mail.arrived.at
      ? [
          {
            ...each.mail.arrived.at,
            mailboxId: each.mail.arrived.mailboxId,
            id: each.became.is === 'known' ? each.became.deliveryId : each.deliveryId,
          },
        ]
      : [],
  )
  if (placed.length === 0) return
  await sql`insert into delivery_uid (mailbox_id, folder, uidvalidity, uid, delivery_id)
    select * from unnest(${placed.map(each => each.mailboxId)}::uuid[], ${placed.map(each => each.folder)}::text[], ${placed.map(each => each.uidvalidity)}::bigint[],
      ${placed.map(each => each.uid)}::bigint[], ${placed.map(each => each.id)}::uuid[]) on conflict do nothing`.execute(
    tx,
  )
}

/** A quarantined mail that was tried again keeps its row: what it became, or one more try. */
async function writeAgain(tx: Tx, { mail, deliveryId, became }: Decided) {
  const reason = became.is === 'quarantined' ? became.reason : null
  const messageId = became.is === 'message' ? became.messageId : null
  const askMessageId = became.is === 'answer' ? became.askMessageId : null
  const { rows } =
    await sql`update delivery set became = ${became.is}, message_id = ${messageId}::uuid, ask_message_id = ${askMessageId}::uuid, reason = ${reason}, detail = null, tries = tries + 1,
      mail_id = case when ${became.is} = 'quarantined' or exists (select from delivery d where d.mailbox_id = delivery.mailbox_id and d.mail_id = ${mail.mailId} and d.body_hash = delivery.body_hash)
        then mail_id else ${mail.mailId} end
    where id = ${deliveryId}::uuid and became = 'quarantined' returning id`.execute(tx)
  // Somebody else tried it at the same moment and was first: what was decided here is undone.
  if (rows.length === 0) throw absent()
}

/** Why it was read as it was: what an administrator asks when something looks wrong. */
function readingFacts({ mail, became }: Decided) {
  const { kind, dmarc, why, from, subject } = mail.reading
  const facts = { kind, dmarc, why: why.slice(0, 6) }
  return became.is === 'quarantined' || became.is === 'report'
    ? { ...facts, from: from?.address ?? null, subject: subject.slice(0, 300).toWellFormed() }
    : facts
}

async function writeReports(tx: Tx, batch: Batch, now: Date) {
  const rows = batch.decided.flatMap(({ deliveryId, became }) =>
    became.is === 'report'
      ? became.reports.map(each => ({
          id: randomUUIDv7(),
          delivery_id: deliveryId,
          outbox_id: each.outboxId,
          message_id: each.messageId,
          recipient: each.recipient?.slice(0, 320).toWellFormed() ?? null,
          status: each.status,
          reply_code: each.replyCode,
          reason: (each.diagnostic || each.reason).toWellFormed(),
          hard: each.hard,
          at: now.toISOString(),
        }))
      : [],
  )
  if (rows.length > 0) {
    await sql`insert into delivery_report (id, delivery_id, outbox_id, message_id, recipient, status, reply_code, reason, hard, at)
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, delivery_id uuid, outbox_id uuid, message_id uuid, recipient text, status text, reply_code text, reason text, hard boolean, at timestamptz)`.execute(
      tx,
    )
  }
  if (batch.bounced.size > 0) {
    const ids = [...batch.bounced]
    await sql`update outbox set bounced_at = coalesce(bounced_at, ${now}) where id = any(${ids}::uuid[])`.execute(tx)
    await sql`update message set bounced = true where id in (select message_id from outbox where id = any(${ids}::uuid[]) and message_id is not null)`.execute(
      tx,
    )
  }
}

async function markPeople(tx: Tx, batch: Batch, now: Date) {
  if (batch.verified.size > 0)
    await sql`update address set verified_at = ${now} where id = any(${[...batch.verified].sort()}::uuid[]) and verified_at is null`.execute(
      tx,
    )
  for (const [addressId, reason] of batch.suspended) {
    await sql`update address set suspended_at = ${now}, suspended_because = ${reason} where id = ${addressId}::uuid and suspended_at is null`.execute(
      tx,
    )
  }
  if (batch.languages.size > 0) {
    await sql`update person set language = l.language from unnest(${[...batch.languages.keys()]}::uuid[], ${[...batch.languages.values()]}::text[]) as l(id, language)
      where person.id = l.id and person.language is null`.execute(tx)
  }
}

function eventsOf(batch: Batch, at: Date): Happened[] {
  const forwards = [...batch.forwarded].map(
    ([working, author]): Happened => ({
      kind: 'conversation.customer-changed',
      subjectId: working.id,
      actorId: author.personId,
      scopes: scopesOf(working),
      facts: { fromId: author.personId, toId: working.customerId, state: working.state, version: working.version },
      at,
    }),
  )
  return [...batch.decided.flatMap(each => eventOf(each, batch, at) ?? []), ...forwards]
}

function eventOf({ mail, deliveryId, became }: Decided, batch: Batch, at: Date): Happened | null {
  const base = { actorId: null, at }
  // What belongs to an ask or to the community is told of there.
  if (became.is === 'known' || became.is === 'answer' || became.is === 'post') return null
  if (became.is === 'quarantined') {
    const facts = { mailboxId: mail.arrived.mailboxId, reason: became.reason }
    return { ...base, kind: 'delivery.quarantined', subjectId: deliveryId, scopes: [], facts }
  }
  const working = became.is === 'message' ? became.working : batch.conversations.get(became.conversationId ?? '')
  if (!working) return null
  const stands = { state: working.state, version: working.version }
  if (became.is === 'report') {
    const messageId = became.reports.find(each => each.messageId)?.messageId ?? null
    const hard = became.reports.some(each => each.hard)
    return {
      ...base,
      kind: 'message.bounced',
      subjectId: working.id,
      scopes: scopesOf(working),
      facts: { ...stands, messageId, hard },
    }
  }
  const facts = {
    ...stands,
    messageId: became.messageId,
    number: working.number,
    fresh: working.fresh !== null,
    acknowledged: batch.acknowledgements.some(each => each.messageId === became.messageId),
  }
  return { ...base, kind: 'message.received', subjectId: working.id, scopes: scopesOf(working), facts }
}
