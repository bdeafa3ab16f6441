/**
 * What is said in chats, many words a transaction: each table is written once for all of them, as for mail (a reply is a batch of
 * one). Each word is told apart: one that is refused stops no other. The same id is kept once, whoever asks again.
 */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { type Happened, record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { escaped } from '../../platform/mail/reading/written.ts'
import { actorId, type Member, mayWrite, systemActor } from '../access/index.ts'
import {
  type Conversation,
  type FreshAttachment,
  type FreshMessage,
  insertAttachments,
  insertMessages,
  lockConversations,
  saveConversations,
  stopLater,
} from '../conversations/index.ts'
import { nextDue, rollPromises, writeMoves } from '../promises/index.ts'
import { afterTheyChat, afterWeChat, type Talk } from './rules.ts'
import { type Session, takeUploads, type Upload } from './tables.ts'
import { timesOfChats } from './times.ts'

export type Word = {
  conversationId: string
  messageId: string
  text: string
  files: readonly string[]
  from: { is: 'customer'; session: Session } | { is: 'us'; actor: Member }
}
/** `anew`: too long closed, or joined with another: it begins a new conversation. */
export type Spoken = { seq: number; version: number; at: Date } | { anew: true } | { refused: Refusal }

type Seat = { sessionId: string; conversationId: string; over: boolean; customerId: string; person: string }
type Ready = {
  word: Word
  conversation: Conversation
  talk: Talk
  uploads: Upload[]
  ownerId: string | null
  later: boolean
}

/** At most one word for each conversation. */
export async function exchange(tx: Tx, words: readonly Word[], now: Date): Promise<Map<Word, Spoken>> {
  const spoken = new Map<Word, Spoken>()
  const ids = words.map(each => each.conversationId)
  // Given at once they travel at once; the rows are locked before the others are read.
  const [conversations, said, seats, chats, times] = await Promise.all([
    lockConversations(tx, ids),
    saidBefore(tx, words),
    seatsOf(tx, words),
    chatsOf(tx, ids),
    timesOfChats(tx, ids, now),
  ])
  const ready: Ready[] = []
  for (const word of words) {
    try {
      const conversation = conversations.get(word.conversationId)
      const before = said.get(word.messageId)
      const chat = chats.get(word.conversationId)
      if (!conversation || !chat) throw absent()
      const seat = mayTell(word, conversation, seats)
      if (before) {
        if (before.conversationId !== conversation.id || before.authorId !== authorOf(word))
          throw new Refusal('id-taken', 409)
        spoken.set(word, { seq: before.seq, version: conversation.version, at: before.at })
        continue
      }
      const time = times.get(conversation.id)!
      if (word.from.is === 'us') {
        if (['spam', 'trash', 'merged'].includes(conversation.state)) throw new Refusal('put-away', 409)
        if (chat.leftAt) throw new Refusal('chat-left', 409)
      } else if (seat?.over || conversation.state === 'merged' || conversation.state === 'trash') {
        spoken.set(word, { anew: true })
        continue
      }
      const talk =
        word.from.is === 'us'
          ? afterWeChat(conversation, word.from.actor.personId, time)
          : afterTheyChat(conversation, time)
      if (talk.startsAnew) {
        spoken.set(word, { anew: true })
        continue
      }
      const uploads =
        word.from.is === 'us'
          ? await takeOurs(tx, word.from.actor, word.files)
          : await takeUploads(tx, word.from.session.id, word.files)
      if (word.text === '' && uploads.length === 0) throw new Refusal('nothing-written', 400)
      const ownerId = conversation.ownerId ?? (word.from.is === 'us' ? word.from.actor.personId : null)
      ready.push({ word, conversation, talk, uploads, ownerId, later: chat.later })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      spoken.set(word, { refused: error })
    }
  }
  const lines = await write(tx, ready, now)
  for (const { word, conversation } of ready)
    spoken.set(word, { seq: lines.get(word.messageId)!, version: conversation.version + 1, at: now })
  return spoken
}

const authorOf = ({ from }: Word) => (from.is === 'us' ? from.actor.personId : from.session.personId)

/** The doors: for a member the policy, for a visitor a seat in a conversation of theirs. */
function mayTell(word: Word, conversation: Conversation, seats: readonly Seat[]): Seat | null {
  if (word.from.is === 'us') {
    if (!mayWrite(word.from.actor, conversation)) throw absent()
    return null
  }
  const { session } = word.from
  const seat = seats.find(each => each.sessionId === session.id && each.conversationId === conversation.id)
  if (!seat || seat.person !== session.personId) throw absent()
  return seat
}

async function seatsOf(tx: Tx, words: readonly Word[]): Promise<Seat[]> {
  const theirs = words.flatMap(each => (each.from.is === 'customer' ? [{ ...each, session: each.from.session }] : []))
  if (theirs.length === 0) return []
  const { rows } = await sql<Seat>`
    select s.session_id, s.conversation_id, s.over_seq is not null as over, c.customer_id, coalesce(p.merged_into, p.id) as person
    from unnest(${theirs.map(each => each.session.id)}::uuid[], ${theirs.map(each => each.conversationId)}::uuid[]) as w(session_id, conversation_id)
    join chat_seat s using (session_id, conversation_id) join conversation c on c.id = s.conversation_id join person p on p.id = c.customer_id`.execute(
    tx,
  )
  return rows
}

type Before = { conversationId: string; authorId: string | null; seq: number; at: Date }

async function saidBefore(tx: Tx, words: readonly Word[]): Promise<Map<string, Before>> {
  const { rows } = await sql<Before & { id: string }>`
    select m.id, m.conversation_id, m.author_id, m.at, coalesce(l.seq, 0) as seq
    from message m left join chat_line l on l.message_id = m.id and l.conversation_id = m.conversation_id where m.id = any(${words.map(each => each.messageId)}::uuid[])`.execute(
    tx,
  )
  return new Map(rows.map(row => [row.id, { ...row, seq: Number(row.seq) }]))
}

async function chatsOf(tx: Tx, ids: readonly string[]) {
  const { rows } = await sql<{ conversationId: string; leftAt: Date | null; later: boolean }>`
    select conversation_id, left_at, exists (select from later_reply l where l.conversation_id = chat.conversation_id and l.ended_at is null) as later
    from chat where conversation_id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(row => [row.conversationId, row]))
}

async function linesOf(tx: Tx, messages: readonly { id: string }[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ messageId: string; seq: number }>`
    select message_id, seq from chat_line where message_id = any(${messages.map(each => each.id)}::uuid[])`.execute(tx)
  return new Map(rows.map(row => [row.messageId, Number(row.seq)]))
}

async function takeOurs(tx: Tx, actor: Member, ids: readonly string[]): Promise<Upload[]> {
  if (ids.length === 0) return []
  const { rows } =
    await sql<Upload>`delete from upload where id = any(${ids}::uuid[]) and person_id = ${actor.personId}::uuid
    returning id, sha256, name, media_type, bytes`.execute(tx)
  if (rows.length !== new Set(ids).size) throw new Refusal('upload-gone', 409)
  return rows
}

/** Returns the places of the messages in their chats. The messages go first: the rest names them. */
async function write(tx: Tx, ready: readonly Ready[], now: Date): Promise<Map<string, number>> {
  if (ready.length === 0) return new Map()
  const messages = ready.map(each => messageOf(each, now))
  const moves = ready.map(({ conversation, talk, word }) => ({
    conversationId: conversation.id,
    moves: talk.change.moves,
    toldBy: word.from.is === 'us' ? word.messageId : null,
    at: now,
  }))
  const rolls = ready.flatMap(each => (each.talk.roll ? [each.talk.roll] : []))
  const kept = ready.map(each => keptOf(each, now))
  const of = (is: Word['from']['is']) =>
    ready.filter(each => each.later && each.word.from.is === is).map(each => each.conversation.id)
  const [, , lines] = await Promise.all([
    insertMessages(tx, messages),
    insertAttachments(tx, ready.flatMap(attachmentsOf), { searched: true }),
    linesOf(tx, messages),
    writeMoves(tx, moves).then(made => record(tx, ...ready.map((each, at) => eventOf(each, made[at] ?? [], now)))),
    rollPromises(tx, rolls, now),
    saveConversations(tx, kept),
    stopLater(tx, of('customer'), 'wrote-again', now),
    stopLater(tx, of('us'), 'answered', now),
  ])
  return lines
}

function messageOf({ word, conversation, uploads }: Ready, now: Date): FreshMessage {
  const us = word.from.is === 'us'
  return {
    id: word.messageId,
    conversationId: conversation.id,
    kind: us ? 'reply' : 'message',
    authorId: authorOf(word),
    authorRaw: null,
    recipients: [],
    at: now,
    subject: null,
    bodyText: word.text,
    trimmed: null,
    bodyHtml: us ? paragraphs(word.text) : null,
    trimmedHtml: null,
    language: conversation.language,
    rfcId: null,
    nextStep: null,
    undo: null,
    undoUntil: null,
    files: uploads.map(each => each.name),
  }
}

const paragraphs = (text: string) =>
  text
    .split('\n')
    .map(line => `<p>${escaped(line)}</p>`)
    .join('')

function attachmentsOf({ word, uploads }: Ready): FreshAttachment[] {
  return uploads.map((each, position) => ({
    ...each,
    messageId: word.messageId,
    contentId: null,
    inline: false,
    position,
  }))
}

export const previewOf = (text: string, files: readonly { name: string }[]): string =>
  (text || files.map(each => each.name).join(', ')).replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed()

function keptOf({ word, conversation, talk, uploads, ownerId }: Ready, now: Date) {
  const { change, roll } = talk
  const open = conversation.open.map(each => (each.id === roll?.id ? { ...each, dueAt: roll.dueAt } : each))
  const live = change.state === 'open' || change.state === 'pending' || change.state === 'solved'
  return {
    id: conversation.id,
    state: change.state,
    closedBecause: change.closedBecause,
    outcome: change.outcome,
    ownerId,
    teamId: conversation.teamId,
    customerId: conversation.customerId,
    dueAt: live ? nextDue(open, change.moves) : null,
    version: conversation.version + 1,
    at: now,
    last: { at: now, ours: word.from.is === 'us', preview: previewOf(word.text, uploads) },
  }
}

function eventOf({ word, conversation, talk, ownerId }: Ready, made: string[], at: Date): Happened {
  const us = word.from.is === 'us'
  const { state, moves } = talk.change
  const scopes = [conversation.teamId, ownerId].filter(each => each !== null)
  return {
    kind: us ? 'message.replied' : 'message.received',
    subjectId: conversation.id,
    actorId: actorId(word.from.is === 'us' ? word.from.actor : systemActor('chat')),
    scopes,
    at,
    facts: {
      state,
      version: conversation.version + 1,
      made,
      ended: moves.ends.map(({ id, how }) => ({ id, how })),
      messageId: word.messageId,
      chat: true,
      ...(us ? {} : { number: conversation.number, fresh: false, acknowledged: true }),
    },
  }
}
