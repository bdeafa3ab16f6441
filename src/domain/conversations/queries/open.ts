/** One conversation as its screen needs it: a fixed number of questions, however long it is. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { ConversationView, Recipient } from '../../../contract/conversations.ts'
import { type Db, type Tx, together } from '../../../platform/db/index.ts'
import { absent } from '../../../platform/http/index.ts'
import { answering, type Member, mayHandOver, mayPutAway, mayRead, mayWrite } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { presentIn } from '../commands/beside.ts'
import { senderFor, suggestedTimes } from '../reach.ts'
import { answersTo, askedToAnswerAt } from './answers-to.ts'
import { happeningsIn } from './happenings.ts'
import { marksOf } from './marks.ts'
import { newestMessages } from './messages.ts'

type Head = {
  id: string
  number: number
  subject: string
  state: ConversationView['state']
  version: number
  channel: ConversationView['channel']
  outcome: string | null
  closedBecause: string | null
  teamId: string
  teamName: string
  ownerId: string | null
  ownerName: string | null
  answeringId: string
  answeringName: string
  neededBy: Date | null
  priority: ConversationView['priority']
  handovers: number
  openedAt: Date
  customerId: string
  customerName: string
  customerLanguage: string | null
  customerZone: string | null
  preferredChannel: ConversationView['customer']['preferred']['channel']
  preferredWords: string | null
  customerSince: Date
  mailboxId: string | null
  previousId: string | null
  previousNumber: number | null
  previousSubject: string | null
  previousTeamId: string | null
  previousOwnerId: string | null
}

export function open(db: Db, actor: Member, id: string, now: Date): Promise<ConversationView> {
  return together(db, on => openOn(on, actor, id, now))
}

async function openOn(db: Db, actor: Member, id: string, now: Date): Promise<ConversationView> {
  const head = await headOf(db, id, now)
  if (!head || !mayRead(actor, head)) throw absent()
  const on = db as unknown as Tx
  const [
    addresses,
    participants,
    promises,
    messages,
    happenings,
    others,
    present,
    drafts,
    times,
    mailbox,
    kept,
    marks,
    asked,
  ] = await Promise.all([
    addressesOf(db, head.customerId),
    participantsIn(db, id),
    promisesIn(db, actor, id),
    newestMessages(db, id, null, now),
    happeningsIn(db, actor, id),
    otherConversations(db, actor, head),
    presentIn(on, id, now),
    draftsOf(db, actor, id),
    suggestedTimes(on, head, now),
    senderFor(on, head),
    keptFor(db, head.customerId),
    marksOf(db, actor, head, now),
    askedToAnswerAt(db, head),
  ])
  const place = { teamId: head.teamId, ownerId: head.ownerId }
  return {
    id: head.id,
    number: head.number,
    subject: head.subject,
    state: head.state,
    version: head.version,
    channel: head.channel,
    outcome: head.outcome,
    closedBecause: head.closedBecause,
    team: { id: head.teamId, name: head.teamName },
    owner: head.ownerId ? { id: head.ownerId, name: head.ownerName ?? '' } : null,
    answering: { id: head.answeringId, name: head.answeringName },
    neededBy: head.neededBy?.toISOString() ?? null,
    priority: head.priority,
    ...marks,
    handovers: head.handovers,
    openedAt: head.openedAt.toISOString(),
    customer: {
      id: head.customerId,
      name: head.customerName,
      addresses,
      language: head.customerLanguage,
      zone: head.customerZone,
      preferred: { channel: head.preferredChannel, words: head.preferredWords },
      since: head.customerSince.toISOString(),
      ...kept,
    },
    participants,
    mailbox: mailbox ? { ...mailbox, canSend: true } : null,
    promises: promises.map(row => viewOfPromise(row, now)),
    messages: messages.messages,
    earlier: messages.earlier,
    happenings,
    previous:
      head.previousId && mayRead(actor, { teamId: head.previousTeamId!, ownerId: head.previousOwnerId })
        ? { id: head.previousId, number: head.previousNumber!, subject: head.previousSubject! }
        : null,
    others,
    present: present.filter(each => each.person.id !== actor.personId),
    drafts,
    reply: {
      ...answersTo(recipientsOfReply(participants), asked),
      getBackAt: times.getBackAt.toISOString(),
      askAgainAt: times.askAgainAt.toISOString(),
      followUpAt: times.followUpAt.toISOString(),
    },
    may: {
      write: mayWrite(actor, place),
      handOver: mayHandOver(actor, place) || head.ownerId === actor.personId,
      trash: mayPutAway(actor, place),
    },
  }
}

/** I1: the owner answers; else whoever is on duty; else the team's fallback person. */
async function headOf(db: Db, id: string, now: Date): Promise<Head | null> {
  const { rows } = await sql<Head>`
    select c.id, c.number, c.subject, c.state, c.version, c.channel, c.outcome, c.closed_because, c.team_id, t.name as team_name, c.owner_id, o.name as owner_name, c.needed_by, c.priority, c.handovers, c.opened_at,
      c.customer_id, cu.name as customer_name, cu.language as customer_language, cu.zone as customer_zone, cu.preferred_channel, cu.preferred_words, cu.created_at as customer_since, c.mailbox_id, a.id as answering_id, a.name as answering_name,
      pc.id as previous_id, pc.number as previous_number, pc.subject as previous_subject, pc.team_id as previous_team_id, pc.owner_id as previous_owner_id
    from conversation c join team t on t.id = c.team_id join person cu on cu.id = c.customer_id left join person o on o.id = c.owner_id left join conversation pc on pc.id = c.previous_id
    join person a on a.id = ${answering({ owner: 'c.ownerId', team: 't.id', fallback: 't.fallbackId' }, now)}
    where c.id = ${id}::uuid`.execute(db)
  return rows[0] ?? null
}

async function addressesOf(db: Db, personId: string) {
  const { rows } = await sql<{
    id: string
    kind: string
    written: string
    suspendedBecause: string | null
  }>`select id, kind, written, suspended_because from address where person_id = ${personId}::uuid order by kind, number limit 20`.execute(
    db,
  )
  return rows
}

async function participantsIn(db: Db, id: string) {
  const { rows } = await sql<ConversationView['participants'][number]>`
    select p.address_id, p.person_id, pe.name, a.written as address, p.role, a.suspended_because from participant p join address a on a.id = p.address_id join person pe on pe.id = p.person_id
    where p.conversation_id = ${id}::uuid and p.role <> 'left' and a.kind = 'mail' order by array_position(array['customer', 'taking-part', 'copied', 'suggested'], p.role), pe.name limit 200`.execute(
    db,
  )
  return rows
}

async function promisesIn(db: Db, actor: Member, id: string): Promise<PromiseRow[]> {
  const { rows } =
    await sql<PromiseRow>`select ${promiseColumns} from promise p ${promiseJoins} where p.conversation_id = ${id}::uuid and (p.kind <> 'reminder' or p.by_person_id = ${actor.personId}::uuid) order by p.ended_at is not null, p.due_at limit 200`.execute(
      db,
    )
  return rows
}

async function otherConversations(db: Db, actor: Member, head: Head) {
  const { rows } = await sql<{
    id: string
    number: number
    subject: string
    state: Head['state']
    dueAt: Date | null
    lastAt: Date
    teamId: string
    ownerId: string | null
  }>`
    select id, number, subject, state, due_at, last_at, team_id, owner_id from conversation where customer_id = ${head.customerId}::uuid and id <> ${head.id}::uuid and state not in ('spam', 'trash', 'merged', 'aside')
    order by last_at desc limit 20`.execute(db)
  return rows
    .filter(row => mayRead(actor, row))
    .slice(0, 6)
    .map(({ id, number, subject, state, dueAt, lastAt }) => ({
      id,
      number,
      subject,
      state,
      dueAt: dueAt?.toISOString() ?? null,
      lastAt: lastAt.toISOString(),
    }))
}

async function draftsOf(db: Db, actor: Member, id: string): Promise<ConversationView['drafts']> {
  const { rows } = await sql<{
    kind: 'reply' | 'note'
    body: string
    choices: Record<string, unknown>
    seenVersion: number
    savedAt: Date
  }>`
    select kind, body, choices, seen_version, saved_at from draft where conversation_id = ${id}::uuid and person_id = ${actor.personId}::uuid`.execute(
    db,
  )
  return rows.map(({ savedAt, ...row }) => ({ ...row, savedAt: savedAt.toISOString() }))
}

/** Promises of ours to this person that ended as promises do: kept, or not. */
async function keptFor(db: Db, personId: string) {
  const { rows } = await sql<{ promisesKept: number; promisesMade: number }>`
    select (count(*) filter (where ended_how = 'kept' and ended_at <= due_at))::int as promises_kept, count(*)::int as promises_made
    from promise p where p.conversation_id in (select id from conversation where customer_id = ${personId}::uuid order by last_at desc limit 200) and p.direction = 'ours' and p.kind in ('reply', 'action')
      and (p.ended_how = 'kept' or p.ended_how = 'given-up' or (p.ended_how = 'replaced' and p.ended_at > p.due_at) or (p.ended_at is null and p.due_at < now()))`.execute(
    db,
  )
  return rows[0]!
}

export function recipientsOfReply(participants: ConversationView['participants']): {
  to: z.infer<typeof Recipient>[]
  cc: z.infer<typeof Recipient>[]
} {
  const as = (role: 'to' | 'cc', wanted: readonly string[]) =>
    participants
      .filter(each => wanted.includes(each.role))
      .map(each => ({
        role,
        address: each.address,
        name: each.name.includes('@') ? '' : each.name,
        personId: each.personId,
      }))
  return { to: as('to', ['customer']), cc: as('cc', ['taking-part', 'copied']) }
}
