/** Asks the database everything the decisions about a batch need, and locks the conversations they may change. Writes only people. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { sortingState } from '../automation/index.ts'
import { automaticBudget, isOurLoopMark } from '../channels/index.ts'
import { lockConversations, type Times } from '../conversations/index.ts'
import { findOrMakePeople, type Named } from '../people/index.ts'
import { afterWorkingMinutes, calendarsOf, targetOf, type WorkingCalendar } from '../promises/index.ts'
import { type Batch, workingOf } from './batch.ts'
import { forwardedFrom } from './forwarded.ts'
import {
  type Claimed,
  claimsOf,
  conversationsByReference,
  type MailboxFacts,
  mailboxFacts,
  normalOf,
  ownAddresses,
  participantsOf,
  personFacts,
  referencesOf,
  regrouped,
  type SentMail,
  sentMails,
  servingMembers,
  standInsFor,
} from './known.ts'
import { bare, type Mail } from './mail.ts'
import { isTokenOf, mostOthers } from './others.ts'
import { type KeptRules, lookSorting } from './sort.ts'
import type { World } from './world.ts'

/** Asks the database everything the decisions need, and locks the conversations they may change. */
export async function look(
  tx: Tx,
  mails: Mail[],
  batch: Batch,
  known: { keys: readonly Buffer[]; rules: KeptRules },
  now: Date,
): Promise<World> {
  const { keys } = known
  const [mailboxes, own, installation, state] = await Promise.all([
    mailboxFacts(
      tx,
      mails.map(each => each.arrived.mailboxId),
      now,
    ),
    ownAddresses(tx),
    installationOf(tx),
    sortingState(tx),
  ])
  const named = mails.filter(each => !each.reason).flatMap(mail => addressesOf(mail, own))
  const people = await findOrMakePeople(tx, [...named, unknown], now)
  const [claims, byReference] = await Promise.all([
    claimsOf(tx, mails, keys),
    conversationsByReference(tx, [...new Set(mails.flatMap(referencesOf))]),
  ])
  const bounces = mails.flatMap(each => (each.reading.kind === 'bounce' ? each.reading.bounces : []))
  const sent = await sentMails(
    tx,
    bounces.map(each => bare(each.originalMessageId)).filter(id => id !== null),
    [...claims.values()].filter(each => each.claim.purpose === 'return'),
  )
  const wholes = await followMerges(tx, claims, byReference, sent)
  const ids = [
    ...[...claims.values()].map(each => each.conversationId),
    ...[...byReference.values()].flat(),
    ...sent.flatMap(each => each.conversationId ?? []),
  ]
  const roles = await participantsOf(tx, [...new Set(ids)])
  for (const [id, conversation] of await lockConversations(tx, ids)) {
    // It went up in another one while we waited for its lock: look again.
    if (conversation.state === 'merged') throw Object.assign(new Error('merged meanwhile'), { code: '40001' })
    batch.conversations.set(id, workingOf(conversation, roles.get(id) ?? new Map()))
  }
  const senders = mails.map(each => normalOf(each.reading.from?.address)).filter(normal => normal !== null)
  const owners = [...batch.conversations.values()].flatMap(each => each.ownerId ?? [])
  const sorting = await lookSorting(tx, {
    ...{ mails, state, kept: known.rules, mailboxes, people, now },
    // What refers to something of ours has a place; the rest may begin anew.
    mayBegin: mail => !claims.has(mail) && !referencesOf(mail).some(id => byReference.has(id)),
  })
  const places = [...mailboxes.values(), ...sorting.teams.values()]
  const [calendars, budget, serving, facts, standIns] = await Promise.all([
    calendarsOf(tx, [...new Set(places.map(each => each.calendarId))]),
    automaticBudget(tx, senders, now),
    servingMembers(
      tx,
      [...people.values()].map(each => each.personId),
    ),
    personFacts(tx, [
      ...owners,
      ...[...batch.conversations.values()].map(each => each.customerId),
      ...senders.flatMap(normal => people.get(normal)?.personId ?? []),
    ]),
    standInsFor(tx, [...new Set([...owners, ...sorting.names.keys()])], now),
  ])
  return {
    mailboxes,
    own,
    people,
    claims,
    sent,
    wholes,
    installation,
    references: new Map([...byReference].map(([id, found]) => [id, new Set(found)])),
    budget,
    serving,
    facts,
    standIns,
    sorting,
    isOurLoop: mark => isOurLoopMark(mark, installation.id, keys),
    times: (mailbox, at, customerId) =>
      timesOf({ ...mailbox, own: facts.get(customerId)?.replyWithin }, at, now, calendars.get(mailbox.calendarId)!),
    unknownSender: people.get(unknown.address)!,
  }
}

/** What was merged lies in its survivor. Returns what was split off, and from where. */
async function followMerges(
  tx: Tx,
  claims: Map<Mail, Claimed>,
  byReference: Map<string, string[]>,
  sent: SentMail[],
): Promise<Map<string, string>> {
  const named = [
    ...[...claims.values()].map(each => each.conversationId),
    ...[...byReference.values()].flat(),
    ...sent.flatMap(each => each.conversationId ?? []),
  ]
  const { survivors, wholes } = await regrouped(tx, [...new Set(named)])
  const now = (id: string) => survivors.get(id) ?? id
  for (const claim of claims.values()) claim.conversationId = now(claim.conversationId)
  for (const [id, found] of byReference) byReference.set(id, found.map(now))
  for (const each of sent) if (each.conversationId) each.conversationId = now(each.conversationId)
  return new Map([...wholes].map(([part, whole]) => [part, now(whole)]))
}

async function installationOf(tx: Tx) {
  const { rows } = await sql<{
    id: string
    language: string
    zone: string
  }>`select id, language, zone from installation`.execute(tx)
  return rows[0] ?? { id: '', language: 'en', zone: 'UTC' }
}

/** Stands in for a sender who left no address: `invalid` can never be written to (RFC 2606). */
const unknown = { address: 'unknown@sender.invalid', name: '?' }

function addressesOf({ reading }: Mail, own: Set<string>) {
  const others = reading.kind === 'message' ? [...reading.to, ...reading.cc].slice(0, mostOthers) : []
  const first = forwardedFrom(reading)
  return [reading.from, reading.sender, ...(first ? [first] : []), ...others].flatMap((each): Named[] => {
    const normal = normalOf(each?.address)
    if (!each || !normal) return []
    if ((others as unknown[]).includes(each) && (own.has(normal) || isTokenOf(normal, { own }))) return []
    return [{ address: each.address, name: each.name }]
  })
}

const due = new Map<string, Date>()

/** Zone arithmetic is slow beside the rest of a mail, and mails of one minute fall due together. */
function timesOf(
  mailbox: MailboxFacts & { own: number | null | undefined },
  at: Date,
  now: Date,
  calendar: WorkingCalendar,
): Times {
  const { reopenDays } = mailbox
  const { minutes: replyWithin, from: target } = targetOf({
    organisations: [mailbox.own ?? null],
    team: mailbox.replyWithin,
  })
  const fromArrival = replyDueAfter(at, replyWithin, calendar)
  // Mail that waited on its server: a time that has passed can't be promised.
  const replyDue = fromArrival > now ? fromArrival : replyDueAfter(now, replyWithin, calendar)
  return { now: at, replyDue, reopenDays, target }
}

function replyDueAfter(at: Date, minutes: number, calendar: WorkingCalendar): Date {
  const key = `${Math.ceil(at.getTime() / 60_000)} ${minutes} ${JSON.stringify([calendar.zone, calendar.hours, [...calendar.holidays]])}`
  let replyDue = due.get(key)
  if (!replyDue) {
    if (due.size > 1000) due.clear()
    replyDue = afterWorkingMinutes(calendar, at, minutes)
    due.set(key, replyDue)
  }
  return replyDue
}
