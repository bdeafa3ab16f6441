/** Opening a conversation ourselves: writing first, or noting a phone call. It starts with a next step. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { NextStep } from '../../../contract/conversations.ts'
import type { AlsoPromised } from '../../../contract/ledger.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, mayBegin } from '../../access/index.ts'
import { checkInByWriting } from '../../care/index.ts'
import { newRfcId } from '../../channels/index.ts'
import { findOrMakePeople, openPerson, readAddress } from '../../people/index.ts'
import { nextDue, writeMoves } from '../../promises/index.ts'
import { alsoMade, withAlso } from '../ledger-rules.ts'
import { resolveRecipients, sendOut } from '../outward.ts'
import { needSender, senderFor } from '../reach.ts'
import { afterReply } from '../rules.ts'
import { insertConversations, insertMessages, insertParticipants } from '../tables.ts'
import { isBlank, type Written, written } from '../text.ts'
import { ours } from './ours.ts'
import { noIn, refusePastTimes, toldIn } from './reply.ts'
import { takeUploads } from './uploads.ts'

export type Beginning = {
  is: 'written' | 'phone'
  teamId: string
  mailboxId: string | null
  customer: {
    personId?: string | undefined
    name?: string | undefined
    address?: string | undefined
    phone?: string | undefined
  }
  cc: readonly string[]
  subject: string
  body: string | Written
  nextStep: NextStep
  promised?: readonly AlsoPromised[]
  attachments: readonly string[]
  sample?: boolean
  checkInId?: string | undefined
}

export async function begin(tx: Tx, actor: Member, input: Beginning, now: Date) {
  if (!mayBegin(actor, input.teamId)) throw absent()
  refusePastTimes(input.nextStep, now, input.promised)
  const body = written(input.body)
  if (isBlank(body)) throw new Refusal('nothing-written', 400)
  const customer = await customerOf(tx, input, now)
  const mailbox = await senderFor(tx, { mailboxId: await mailboxOfTeam(tx, input), teamId: input.teamId })
  const [id, messageId] = [randomUUIDv7(), randomUUIDv7()]
  const before = {
    id,
    state: 'open' as const,
    ownerId: actor.personId,
    teamId: input.teamId,
    customerId: customer.personId,
    closedAt: null,
    open: [],
  }
  const also = alsoMade(before, input.promised ?? [], actor.personId, true)
  const change = withAlso(afterReply(before, input.nextStep, actor.personId), also)
  const written_ = input.is === 'written'
  const live = change.state !== 'closed'
  const numbers = await insertConversations(tx, [
    {
      id,
      customerId: customer.personId,
      ownerId: actor.personId,
      teamId: input.teamId,
      mailboxId: mailbox?.id ?? null,
      channel: input.is,
      subject: input.subject,
      state: change.state,
      closedBecause: change.closedBecause,
      outcome: change.outcome,
      dueAt: live ? nextDue([], change.moves) : null,
      language: customer.language,
      lastAt: now,
      lastOurs: true,
      preview: body.preview,
      previousId: null,
      openedAt: now,
      version: 1,
      sample: input.sample ?? false,
    },
  ])
  const sender = written_ ? await needSender(tx, { mailboxId: mailbox?.id ?? null, teamId: input.teamId }) : null
  if (written_ && !customer.written) throw new Refusal('no-address', 400)
  if (customer.addressId)
    await insertParticipants(tx, [
      { conversationId: id, addressId: customer.addressId, personId: customer.personId, role: 'customer', since: now },
    ])
  const shown = sender ? await resolveRecipients(tx, { to: [customer.written!], cc: input.cc }, now) : []
  const rfcId = sender ? newRfcId(sender) : null
  await insertMessages(tx, [
    ours({
      id: messageId,
      conversationId: id,
      kind: written_ ? 'reply' : 'call',
      authorId: actor.personId,
      shown,
      at: now,
      subject: input.subject,
      body,
      language: customer.language,
      rfcId,
      nextStep: input.nextStep,
    }),
  ])
  await takeUploads(tx, actor, messageId, input.attachments, body.html)
  if (input.checkInId)
    await checkInByWriting(
      tx,
      actor,
      { checkInId: input.checkInId, personId: customer.personId, conversationId: id },
      now,
    )
  const [made] = await writeMoves(tx, [{ conversationId: id, moves: change.moves, toldBy: messageId, at: now }])
  if (sender && rfcId) {
    const conversation = { id, subject: input.subject, language: customer.language, customerId: customer.personId }
    await sendOut(tx, {
      purpose: 'reply',
      conversation,
      messageId,
      rfcId,
      sender,
      author: actor.name,
      shown,
      told: toldIn(input.nextStep, input.promised),
      no: noIn(input.nextStep),
      now,
      notBefore: now,
    })
  }
  await record(tx, {
    kind: 'conversation.begun',
    subjectId: id,
    actorId: actor.personId,
    scopes: [input.teamId, actor.personId],
    at: now,
    facts: {
      messageId,
      number: numbers.get(id),
      state: change.state,
      version: 1,
      channel: input.is,
      nextStep: input.nextStep.is,
      made: made ?? [],
    },
  })
  return { conversationId: id, messageId }
}

type Customer = { personId: string; addressId: string | null; written: string | null; language: string | null }

async function customerOf(tx: Tx, input: Beginning, now: Date): Promise<Customer> {
  const { personId, name, address, phone } = input.customer
  // Who was merged meanwhile is written to as whoever they are now.
  if (personId) return knownPerson(tx, (await openPerson(tx, personId)).id)
  if (address) {
    const found = (await findOrMakePeople(tx, [{ address, name }], now)).get(readAddress(address)?.normal ?? '')
    if (!found) throw new Refusal('bad-shape', 400, { fields: [{ path: 'customer.address', says: 'is no address' }] })
    return knownPerson(tx, found.personId, found.addressId)
  }
  const known = phone ? await byPhone(tx, phone) : null
  if (known) return knownPerson(tx, known.personId, known.addressId)
  if (!name && !phone)
    throw new Refusal('bad-shape', 400, {
      fields: [{ path: 'customer', says: 'a person, an address, a name or a phone number is needed' }],
    })
  return newCaller(tx, name || phone!, phone, now)
}

async function knownPerson(tx: Tx, personId: string, addressId: string | null = null): Promise<Customer> {
  const { rows } = await sql<Customer>`
    select p.id as person_id, p.language, a.id as address_id, a.written from person p
    left join lateral (select id, written from address where person_id = p.id and kind = 'mail' order by id is not distinct from ${addressId}::uuid desc, verified_at is null, number limit 1) a on true
    where p.id = ${personId}::uuid`.execute(tx)
  if (!rows[0]) throw absent()
  return rows[0]
}

function normalPhone(phone: string): string {
  return phone.replace(/[^+\d]/g, '')
}

async function byPhone(tx: Tx, phone: string) {
  const { rows } = await sql<{
    personId: string
    addressId: string
  }>`select person_id, id as address_id from address where kind = 'phone' and normal = ${normalPhone(phone)}`.execute(
    tx,
  )
  return rows[0] ?? null
}

async function newCaller(tx: Tx, name: string, phone: string | undefined, now: Date): Promise<Customer> {
  const personId = randomUUIDv7()
  await sql`insert into person (id, name, created_at) values (${personId}, ${name}, ${now})`.execute(tx)
  if (!phone) return { personId, addressId: null, written: null, language: null }
  const addressId = randomUUIDv7()
  await sql`insert into address (id, person_id, kind, written, normal, created_at) values (${addressId}, ${personId}, 'phone', ${phone}, ${normalPhone(phone)}, ${now})`.execute(
    tx,
  )
  return { personId, addressId, written: null, language: null }
}

/** A mailbox of another team would send in its name. */
async function mailboxOfTeam(tx: Tx, input: Beginning): Promise<string | null> {
  if (!input.mailboxId) return null
  const { rows } = await sql<{
    id: string
  }>`select id from mailbox where id = ${input.mailboxId}::uuid and team_id = ${input.teamId}::uuid and removed_at is null`.execute(
    tx,
  )
  if (!rows[0]) throw absent()
  return rows[0].id
}
