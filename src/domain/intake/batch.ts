/**
 * A batch being decided: how things stand for each conversation as mail after mail is taken in, and the rows that
 * follow. Holds no database; what it gathers is written at once by `write.ts`.
 */
import { randomUUIDv7 } from 'node:crypto'
import type { Outgoing } from '../channels/index.ts'
import type {
  Change,
  Conversation,
  FreshAttachment,
  FreshConversation,
  FreshMessage,
  FreshParticipant,
} from '../conversations/index.ts'
import type { Found } from '../people/index.ts'
import type { Moves, OpenPromise } from '../promises/index.ts'
import type { Verdict } from '../spam/index.ts'
import type { Mail } from './mail.ts'
import type { Place } from './sorting.ts'

/** A conversation as it stands after the mails taken in so far. */
export type Working = {
  id: string
  /** unknown until written for a new one */
  number: number | null
  fresh: FreshConversation | null
  state: Conversation['state']
  closedBecause: string | null
  closedAt: Date | null
  outcome: Change['outcome']
  ownerId: string | null
  teamId: string
  customerId: string
  version: number
  subject: string
  open: OpenPromise[]
  /** normalised address → role */
  people: Map<string, string>
  moves: Moves
  changed: boolean
  last: { at: Date; ours: boolean; preview: string } | null
}

export type Report = {
  outboxId: string | null
  messageId: string | null
  addressId: string | null
  recipient: string | null
  status: string
  replyCode: string
  reason: string
  diagnostic: string
  hard: boolean
}

export type Became =
  | { is: 'known'; deliveryId: string; conversationId: string | null }
  | { is: 'message'; working: Working; messageId: string }
  /** of an ask's expert: inside, and no message of the conversation */
  | { is: 'answer'; askMessageId: string; conversationId: string }
  /** of the community: what somebody answered to a mail of it */
  | { is: 'post'; postId: string }
  | { is: 'report'; reports: Report[]; conversationId: string | null }
  | { is: 'quarantined'; reason: string; detail: string | null }

export type Decided = { mail: Mail; deliveryId: string; became: Became }

export type Batch = {
  decided: Decided[]
  conversations: Map<string, Working>
  messages: FreshMessage[]
  participants: FreshParticipant[]
  attachments: { messageId: string; mail: Mail }[]
  /** acknowledgements wait for the number of their conversation */
  acknowledgements: { working: Working; messageId: string; make: (number: number) => Outgoing }[]
  /** new conversations that rules sorted, or that were given to somebody */
  sorted: Map<Working, { place: Place; byRule: boolean }>
  /** why new conversations lie in spam */
  verdicts: Verdict[]
  /** conversations that a teammate forwarded for somebody else, and who forwarded */
  forwarded: Map<Working, Found>
  verified: Set<string>
  suspended: Map<string, string>
  /** outbox rows whose mail came back */
  bounced: Set<string>
  languages: Map<string, string>
}

export function emptyBatch(): Batch {
  return {
    decided: [],
    conversations: new Map(),
    messages: [],
    participants: [],
    attachments: [],
    acknowledgements: [],
    sorted: new Map(),
    verdicts: [],
    forwarded: new Map(),
    verified: new Set(),
    suspended: new Map(),
    bounced: new Set(),
    languages: new Map(),
  }
}

export function workingOf(conversation: Conversation, people: Map<string, string>): Working {
  return {
    id: conversation.id,
    number: conversation.number,
    fresh: null,
    state: conversation.state,
    closedBecause: conversation.closedBecause,
    closedAt: conversation.closedAt,
    outcome: conversation.outcome,
    ownerId: conversation.ownerId,
    teamId: conversation.teamId,
    customerId: conversation.customerId,
    version: conversation.version,
    subject: conversation.subject,
    open: [...conversation.open],
    people,
    moves: { ends: [], makes: [] },
    changed: false,
    last: null,
  }
}

export function workingOfFresh(fresh: FreshConversation): Working {
  return {
    id: fresh.id,
    number: null,
    fresh,
    state: fresh.state,
    closedBecause: fresh.closedBecause,
    closedAt: null,
    outcome: null,
    ownerId: fresh.ownerId,
    teamId: fresh.teamId,
    customerId: fresh.customerId,
    version: fresh.version,
    subject: fresh.subject,
    open: [],
    people: new Map(),
    moves: { ends: [], makes: [] },
    changed: true,
    last: null,
  }
}

/** Applies a decision: the state is what the next mail of the batch meets. */
export function apply(working: Working, change: Change) {
  working.state = change.state
  working.closedBecause = change.closedBecause
  if (change.outcome) working.outcome = change.outcome
  const ended = new Set(change.moves.ends.map(each => each.id))
  const shift = working.moves.makes.length
  working.moves.ends.push(
    ...change.moves.ends.map(each =>
      each.replacedBy === undefined ? each : { ...each, replacedBy: each.replacedBy + shift },
    ),
  )
  working.moves.makes.push(...change.moves.makes)
  working.open = working.open.filter(each => !ended.has(each.id))
  for (const made of change.moves.makes) {
    // Nothing that comes by mail ends a promise made in the same batch, so it needs no id yet.
    working.open.push({
      id: randomUUIDv7(),
      kind: made.kind,
      direction: made.direction,
      byPersonId: made.byPersonId,
      dueAt: made.dueAt,
      automatic: made.automatic,
      toldAt: made.told ? made.dueAt : null,
    })
  }
  working.changed = true
}

export type AttachmentRow = FreshAttachment
