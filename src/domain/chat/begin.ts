/**
 * The first word of a chat: a session, a person if nobody is known yet, a conversation with its reply promise, told at once in the
 * widget. The same first word said again finds what it made. Refuses nobody for having no name.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { chatWords } from '../../words/widget.ts'
import { installation } from '../access/index.ts'
import {
  type Change,
  insertAttachments,
  insertConversations,
  insertMessages,
  insertParticipants,
} from '../conversations/index.ts'
import { afterFirstMail } from '../conversations/rules.ts'
import { findOrMakePeople, makePersonRow, readAddress } from '../people/index.ts'
import { nextDue, writeMoves } from '../promises/index.ts'
import { blockedAmong, namesOf } from '../spam/index.ts'
import { previewOf } from './exchange.ts'
import type { Signed } from './identity-rules.ts'
import { placeOf, writePlaced } from './sorting.ts'
import {
  beginChat,
  beginSession,
  type Channel,
  lockToken,
  renewSession,
  type Session,
  sessionOf,
  takeSeat,
  takeUploads,
} from './tables.ts'
import { timesForMany } from './times.ts'

export type Visitor = {
  channel: Channel
  token: string
  identity: Signed | null
  origin: string
  language: string | null
  zone: string | null
}
export type FirstWord = Visitor & {
  messageId: string
  text: string
  files: readonly string[]
  /** what it follows, when that is over */
  previousId: string | null
}

export async function beginTalk(tx: Tx, it: FirstWord, now: Date) {
  await lockToken(tx, it.token)
  const session = await sessionFor(tx, it, now)
  const before = await saidBefore(tx, session, it.messageId)
  if (before) return before
  const previousId = it.previousId ? await seatedIn(tx, session, it.previousId) : null
  const uploads = await takeUploads(tx, session.id, it.files)
  if (it.text === '' && uploads.length === 0) throw new Refusal('nothing-written', 400)
  const id = randomUUIDv7()
  const preview = previewOf(it.text, uploads)
  const subject = subjectOf(it.text) || preview
  const address = await addressFor(tx, session)
  const placed = await placeOf(
    tx,
    {
      ...{ teamId: it.channel.teamId, personId: session.personId, name: address?.name ?? '' },
      ...{
        address: address?.normal ?? '',
        subject,
        text: it.text,
        language: it.language,
        hasFiles: uploads.length > 0,
      },
    },
    now,
  )
  const { teamId, ownerId, beginsAs } = placed
  const place = { id, teamId, customerId: session.personId }
  const times = (await timesForMany(tx, [place], now)).get(id)!
  const change = beginsAs === 'open' ? afterFirstMail({ ...place, ownerId }, times, true) : quiet(beginsAs)
  const numbers = await insertConversations(tx, [
    {
      ...place,
      ownerId,
      mailboxId: null,
      channel: 'chat',
      subject,
      state: change.state,
      closedBecause: null,
      outcome: null,
      dueAt: nextDue([], change.moves),
      language: it.language,
      lastAt: now,
      lastOurs: false,
      preview,
      previousId,
      openedAt: now,
      version: 1,
    },
  ])
  const number = numbers.get(id)!
  await beginChat(tx, id, now)
  await takeSeat(tx, session.id, id, now)
  if (address)
    await insertParticipants(tx, [
      { conversationId: id, addressId: address.id, personId: session.personId, role: 'customer', since: now },
    ])
  const message = { id: it.messageId, conversationId: id, kind: 'message' as const, authorId: session.personId }
  const body = { subject: null, bodyText: it.text, trimmed: null, bodyHtml: null, trimmedHtml: null }
  const rest = { language: it.language, rfcId: null, nextStep: null, undo: null, undoUntil: null }
  await insertMessages(tx, [
    { ...message, ...body, ...rest, authorRaw: null, recipients: [], at: now, files: uploads.map(each => each.name) },
  ])
  await insertAttachments(
    tx,
    uploads.map((each, position) => ({ ...each, messageId: it.messageId, contentId: null, inline: false, position })),
    { searched: true },
  )
  const [made] = await writeMoves(tx, [{ conversationId: id, moves: change.moves, toldBy: null, at: now }])
  await nameVisitor(tx, session, number)
  const facts = { messageId: it.messageId, number, state: change.state, version: 1, made: made ?? [], chat: true }
  await record(tx, {
    kind: 'message.received',
    subjectId: id,
    actorId: null,
    scopes: ownerId ? [teamId, ownerId] : [teamId],
    at: now,
    facts: { ...facts, fresh: true, acknowledged: true },
  })
  await writePlaced(tx, id, placed, now)
  return { conversationId: id, seq: 1, at: now }
}

/** The session of a browser: the one it has, while the site says the same of who sits there; else a new one. */
export async function sessionFor(tx: Tx, it: Visitor, now: Date): Promise<Session> {
  const there = await sessionOf(tx, it.channel, it.token, now)
  if (there) {
    // Somebody else sits there now, or the site says nobody does: a new session, and nothing of the old one is shown.
    if (there.known !== (it.identity !== null)) throw new Refusal('chat-unknown', 401)
    if (it.identity && (await addressOwner(tx, it.identity)) !== there.personId) throw new Refusal('chat-unknown', 401)
    await renewSession(tx, there.id, it.identity?.until ?? null, now)
    return there
  }
  const { channel, token, origin, language, zone } = it
  const personId = it.identity ? await knownPerson(tx, it.identity, channel.teamId, now) : await somebody(tx, it, now)
  await beginSession(
    tx,
    { channel, token, personId, knownUntil: it.identity?.until ?? null, origin, language, zone },
    now,
  )
  const session = await sessionOf(tx, channel, token, now)
  // A token that was used up elsewhere: whoever has it begins with another.
  if (!session) throw new Refusal('chat-unknown', 401)
  return session
}

async function knownPerson(tx: Tx, { address, name }: Signed, teamId: string, now: Date): Promise<string> {
  const { normal } = readAddress(address)!
  const blocked = await blockedAmong(tx, namesOf(normal))
  if (blocked.some(each => each.teamId === null || each.teamId === teamId)) throw new Refusal('chat-closed', 403)
  const found = (await findOrMakePeople(tx, [{ address, name }], now)).get(normal)
  if (!found) throw absent()
  return found.personId
}

/** Whose address it is now; null: nobody's yet. */
export async function addressOwner(on: Db | Tx, { address }: Signed): Promise<string | null> {
  const { rows } = await sql<{
    personId: string
  }>`select coalesce(p.merged_into, p.id) as person_id from address a join person p on p.id = a.person_id
    where a.kind = 'mail' and a.normal = ${readAddress(address)!.normal}`.execute(on)
  return rows[0]?.personId ?? null
}

async function somebody(tx: Tx, { language, zone }: Visitor, now: Date): Promise<string> {
  const house = await installation(tx)
  const id = await makePersonRow(tx, chatWords(house.language).visitor, now)
  await tx.updateTable('person').set({ language, zone }).where('id', '=', id).execute()
  return id
}

/** Two unnamed visitors are told apart by what they came with first. */
async function nameVisitor(tx: Tx, session: Session, number: number): Promise<void> {
  if (session.known) return
  const { rows } = await sql<{
    named: boolean
  }>`select exists (select from address where person_id = ${session.personId}::uuid)
    or exists (select from conversation where customer_id = ${session.personId}::uuid offset 1) as named`.execute(tx)
  if (rows[0]?.named) return
  await sql`update person set name = name || ' ' || ${String(number)} where id = ${session.personId}::uuid`.execute(tx)
}

type Known = { id: string; normal: string; name: string }

/** Answers go to the address they have proved or given before; whoever only says who they are is not told which others that person has. */
async function addressFor(tx: Tx, session: Session): Promise<Known | null> {
  const { rows } = await sql<Known>`
    select a.id, a.normal, p.name from address a join person p on p.id = a.person_id where a.person_id = ${session.personId}::uuid and a.kind = 'mail'
      and (${session.known} or exists (select from chat_seat s join participant x on x.conversation_id = s.conversation_id
        where s.session_id = ${session.id}::uuid and x.address_id = a.id and x.role = 'customer'))
    order by a.suspended_at is not null, a.verified_at is null, a.number limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Nobody is promised anything. */
const quiet = (state: 'aside' | 'spam'): Change => ({
  ...{ state, closedBecause: null, outcome: null },
  moves: { ends: [], makes: [] },
})

async function saidBefore(tx: Tx, session: Session, messageId: string) {
  const { rows } = await sql<{ conversationId: string; authorId: string | null; at: Date; seq: number }>`
    select m.conversation_id, m.author_id, m.at, coalesce(l.seq, 1) as seq from message m
    left join chat_line l on l.message_id = m.id and l.conversation_id = m.conversation_id where m.id = ${messageId}::uuid`.execute(
    tx,
  )
  const row = rows[0]
  if (!row) return null
  if (row.authorId !== session.personId) throw new Refusal('id-taken', 409)
  return { conversationId: row.conversationId, seq: Number(row.seq), at: row.at }
}

async function seatedIn(tx: Tx, session: Session, conversationId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select conversation_id as id from chat_seat
    where session_id = ${session.id}::uuid and conversation_id = ${conversationId}::uuid`.execute(tx)
  return rows[0]?.id ?? null
}

/** The first words, cut between two of them. */
export function subjectOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= 80) return line
  const cut = line.slice(0, 80)
  return `${cut.slice(0, Math.max(40, cut.lastIndexOf(' '))).trim()} …`.toWellFormed()
}
