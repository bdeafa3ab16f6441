/**
 * What a mail becomes and where it belongs: threading by signed address, then by reference of somebody who takes part,
 * else a new conversation. A number in the subject never joins (S2). Pure: everything it needs was asked before.
 */
import { randomUUIDv7 } from 'node:crypto'
import { afterCustomerWrites, afterFirstMail, type Times } from '../conversations/index.ts'
import type { Found } from '../people/index.ts'
import { acknowledgementOf } from './acknowledge.ts'
import { apply, type Batch, type Working, workingOfFresh } from './batch.ts'
import { decideReport } from './decide-report.ts'
import { forwardedFrom } from './forwarded.ts'
import { type Claimed, type MailboxFacts, normalOf, referencesOf } from './known.ts'
import { bare, type Mail } from './mail.ts'
import { addPeople, isTokenOf } from './others.ts'
import { ownerOf, placeOf } from './sort.ts'
import type { Suspicion } from './sorting.ts'
import type { World } from './world.ts'

export function decide(mail: Mail, batch: Batch, world: World) {
  const deliveryId = mail.again ?? randomUUIDv7()
  if (mail.reason) {
    batch.decided.push({ mail, deliveryId, became: { is: 'quarantined', reason: mail.reason, detail: null } })
  } else if (mail.reading.kind === 'bounce') {
    decideReport(mail, deliveryId, batch, world)
  } else {
    decideMessage(mail, deliveryId, batch, world)
  }
}

function decideMessage(mail: Mail, deliveryId: string, batch: Batch, world: World) {
  const { arrived, reading } = mail
  const mailbox = world.mailboxes.get(arrived.mailboxId)!
  const claim = world.claims.get(mail)
  const author = authorOf(mail, world)
  const byPerson =
    reading.kind === 'message' && !world.own.has(author.normal) && !reading.signals.pondLoop.some(world.isOurLoop)
  const proven =
    reading.dmarc === 'pass' || arrived.signedIn === true || (claim !== undefined && claim.recipient === author.normal)
  if (proven && author.verifiedAt === null) batch.verified.add(author.addressId)
  const at = arrived.backlog ? claimedTime(mail) : arrived.arrivedAt

  let working = belongsTo(mail, author, claim, batch, world)
  let acknowledge = false
  // Where acknowledgements and promises come from: a rule may give a new conversation to another team.
  let place = mailbox
  const blocked = arrived.backlog ? null : world.sorting.blocked(author.normal, working?.teamId ?? mailbox.teamId)
  const suspicion: Suspicion | null = blocked
    ? { why: 'blocked', score: null, words: [], blockedId: blocked.id }
    : (world.sorting.suspicious.get(mail) ?? null)
  const startNew = (customer: Found | null, previousId: string | null) => {
    if (suspicion) return beginInSpam(mail, author, mailbox, batch, at, previousId, suspicion)
    const sorted = placeOf(mail, author, mailbox, world)
    place = sorted.mailbox
    const fresh = begin(mail, customer ?? author, place, batch, at, previousId)
    if (customer) batch.forwarded.set(fresh, author)
    const opens = byPerson && !arrived.backlog && !sorted.sorted?.aside
    const owner = opens ? ownerOf(sorted, world) : null
    fresh.ownerId = owner?.id ?? null
    if (fresh.fresh) fresh.fresh.ownerId = fresh.ownerId
    if (sorted.sorted || owner) batch.sorted.set(fresh, { place: sorted, byRule: owner?.byRule ?? false })
    const may = !customer && mayAcknowledge(mail, author, mailbox, world)
    if (opens) acknowledge = first(fresh, world.times(place, arrived.arrivedAt, fresh.customerId), may)
    return fresh
  }
  if (working && blocked && !isAway(working.state)) working = startNew(null, working.id)
  else if (working && byPerson && !arrived.backlog) {
    const arrival = afterCustomerWrites(working, world.times(mailbox, arrived.arrivedAt, working.customerId))
    if (arrival.startsAnew) {
      working = startNew(null, working.id)
    } else {
      acknowledge = arrival.acknowledge && mayAcknowledge(mail, author, mailbox, world)
      apply(working, acknowledge ? arrival : untold(arrival))
    }
  } else if (!working) {
    working = startNew(byPerson ? forwardedCustomer(mail, author, mailbox, world) : null, null)
  }

  const messageId = randomUUIDv7()
  working.changed = true
  if (byPerson && !working.fresh) working.version++
  working.last = { at, ours: false, preview: previewOf(mail) }
  addPeople(mail, working, author, claim, batch, world, byPerson, proven, at)
  if (reading.language && !batch.languages.has(author.personId)) batch.languages.set(author.personId, reading.language)
  batch.messages.push({
    id: messageId,
    conversationId: working.id,
    kind: byPerson ? 'message' : 'automatic',
    authorId: author.personId,
    authorRaw: reading.from?.raw.slice(0, 1000) ?? null,
    recipients: [
      ...reading.to.map(each => ({ role: 'to' as const, each })),
      ...reading.cc.map(each => ({ role: 'cc' as const, each })),
    ]
      .slice(0, 500)
      .map(({ role, each }) => ({ role, address: each.address, name: each.name })),
    at,
    subject: reading.subject || null,
    bodyText: reading.text,
    trimmed: reading.trimmed === reading.text ? null : reading.trimmed,
    bodyHtml: reading.html,
    trimmedHtml: reading.htmlTrimmed === reading.html ? null : reading.htmlTrimmed,
    language: reading.language,
    rfcId: bare(reading.messageId)?.slice(0, 900) ?? null,
    nextStep: null,
    undo: null,
    undoUntil: null,
    replyTo: byPerson ? elsewhere(mail, author, world) : null,
  })
  remember(world, bare(reading.messageId), working.id)
  if (reading.attachments.length > 0) batch.attachments.push({ messageId, mail })
  if (acknowledge) {
    world.budget.set(author.normal, (world.budget.get(author.normal) ?? 0) - 1)
    const make = acknowledgementOf({
      mail,
      author,
      mailbox: place,
      working,
      // Anybody can type somebody's address into a form, also a proven one: it is shown nothing of what they typed (S14).
      proven: proven || (author.verifiedAt !== null && arrived.source !== 'portal'),
      dueAt: world.times(place, arrived.arrivedAt, working.customerId).replyDue,
      world,
    })
    batch.acknowledgements.push({ working, messageId, make })
  }
  batch.decided.push({ mail, deliveryId, became: { is: 'message', working, messageId } })
}

/** A teammate of this team whose mail is proven forwards for somebody else (R16); the forward may be taken back. */
function forwardedCustomer(mail: Mail, author: Found, mailbox: MailboxFacts, world: World): Found | null {
  if (mail.reading.dmarc !== 'pass' || !world.serving.get(author.personId)?.has(mailbox.teamId)) return null
  const normal = normalOf(forwardedFrom(mail.reading)?.address)
  const person = normal && !world.own.has(normal) ? world.people.get(normal) : undefined
  return person && person.personId !== author.personId ? person : null
}

/** From, else Sender, else nobody we know: such mail is still a message. */
function authorOf({ reading }: Mail, world: World): Found {
  for (const address of [reading.from?.address, reading.sender?.address]) {
    const normal = normalOf(address)
    const person = normal ? world.people.get(normal) : undefined
    if (person) return person
  }
  return world.unknownSender
}

function belongsTo(mail: Mail, author: Found, claim: Claimed | undefined, batch: Batch, world: World): Working | null {
  const referred = referredTo(mail, author, batch, world)
  const claimed = claim && batch.conversations.get(claim.conversationId)
  // What they answer was split off since: the answer goes along with it.
  if (claimed) return referred && world.wholes.get(referred.id) === claimed.id ? referred : claimed
  return referred
}

/** The nearest Message-ID of a conversation in which its author takes part. */
function referredTo(mail: Mail, author: Found, batch: Batch, world: World): Working | null {
  for (const id of referencesOf(mail)) {
    for (const conversationId of world.references.get(id) ?? []) {
      const working = batch.conversations.get(conversationId)
      const role = working?.people.get(author.normal)
      if (working && (role === 'customer' || role === 'taking-part' || role === 'copied')) return working
    }
  }
  return null
}

function begin(
  mail: Mail,
  author: Found,
  mailbox: MailboxFacts,
  batch: Batch,
  at: Date,
  previousId: string | null,
  beginsAs: 'aside' | 'spam' = 'aside',
): Working {
  const { arrived, reading } = mail
  const state = arrived.backlog ? 'closed' : beginsAs
  const working = workingOfFresh({
    id: randomUUIDv7(),
    customerId: author.personId,
    ownerId: null,
    teamId: mailbox.teamId,
    mailboxId: mailbox.id,
    channel: arrived.source === 'portal' ? 'portal' : 'mail',
    subject: reading.subject.slice(0, 500).toWellFormed(),
    state,
    closedBecause: arrived.backlog ? 'imported' : null,
    outcome: null,
    dueAt: null,
    language: reading.language,
    lastAt: at,
    lastOurs: false,
    preview: '',
    previousId,
    openedAt: at,
    version: 1,
    sample: mailbox.sample,
  })
  working.people.set(author.normal, 'customer')
  batch.participants.push({
    conversationId: working.id,
    addressId: author.addressId,
    personId: author.personId,
    role: 'customer',
    since: at,
  })
  batch.conversations.set(working.id, working)
  return working
}

/** Nobody is promised anything, and nobody is told; it lies there with the reason, and can be taken back. */
function beginInSpam(
  mail: Mail,
  author: Found,
  mailbox: MailboxFacts,
  batch: Batch,
  at: Date,
  previousId: string | null,
  suspicion: Suspicion,
): Working {
  const working = begin(mail, author, mailbox, batch, at, previousId, 'spam')
  batch.verdicts.push({ conversationId: working.id, ...suspicion, at: mail.arrived.arrivedAt })
  return working
}

const isAway = (state: Working['state']) => state === 'spam' || state === 'trash' || state === 'merged'

function first(working: Working, times: Times, acknowledge: boolean): boolean {
  apply(
    working,
    afterFirstMail(
      { id: working.id, ownerId: working.ownerId, teamId: working.teamId, customerId: working.customerId },
      times,
      acknowledge,
    ),
  )
  return acknowledge
}

/** R8 and S14: only mail that plainly comes from a person, within the limits, through a mailbox that can send. */
function mayAcknowledge(mail: Mail, author: Found, mailbox: MailboxFacts, world: World): boolean {
  return (
    mail.reading.wouldAcknowledge &&
    // Where bounces come back to: whoever writes there is a robot, whatever its mail looks like.
    world.claims.get(mail)?.claim.purpose !== 'return' &&
    mailbox.canSend &&
    author !== world.unknownSender &&
    author.suspendedAt === null &&
    !mail.reading.oversize &&
    (world.budget.get(author.normal) ?? 0) > 0
  )
}

function untold<C extends { moves: { makes: { told: boolean }[] } }>(change: C): C {
  return { ...change, moves: { ...change.moves, makes: change.moves.makes.map(each => ({ ...each, told: false })) } }
}

/** Old mail lies where its date says, unless that lies in the future. */
function claimedTime({ arrived, reading }: Mail): Date {
  const claimed = reading.date ? new Date(reading.date) : arrived.arrivedAt
  return claimed < arrived.arrivedAt && claimed.getUTCFullYear() >= 1970 ? claimed : arrived.arrivedAt
}

export function previewOf({ reading }: Mail): string {
  return (reading.trimmed || reading.text).slice(0, 400).replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed()
}

/** Where they ask answers to go (RFC 5322, section 3.6.2), unless that is where the mail came from or to us. */
function elsewhere({ reading }: Mail, author: Found, world: World): string | null {
  const asked = reading.replyTo.find(each => normalOf(each.address))
  const normal = normalOf(asked?.address)
  if (!asked || !normal || normal === author.normal || world.own.has(normal) || isTokenOf(normal, world)) return null
  return asked.address.slice(0, 320)
}

function remember(world: World, id: string | null, conversationId: string) {
  if (!id) return
  const known = world.references.get(id)
  if (known) known.add(conversationId)
  else world.references.set(id, new Set([conversationId]))
}
