/** How conversations hang together: merging, splitting, links, moving between teams, "later", and replies that wait for their time. */
import { z } from 'zod'
import { NextStep, Recipient, State } from './conversation-views.ts'
import { Done, endpoint, Html, Id, MailAddress, Moment, Words } from './kit.ts'
import { AlsoPromisedList } from './ledger.ts'
import { NewOffer } from './options.ts'
import { PersonRef } from './promises.ts'

const One = { conversationId: Id }

/** Another conversation as a dialog or a panel names it. */
export const OtherConversation = z.object({
  id: Id,
  number: z.number(),
  subject: z.string(),
  state: State,
  customer: PersonRef,
  lastAt: Moment,
})
export type OtherConversation = z.infer<typeof OtherConversation>

/** Conversations one could merge with or link to: the customer's others first, or those whose number or subject fits `like`. */
export const findOthers = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/others',
  z.strictObject({ ...One, like: z.string().trim().max(200).default('') }),
  z.object({ conversations: z.array(OtherConversation.extend({ sameCustomer: z.boolean() })) }),
)

/** This one goes up into the other of the same customer, which stands for both from then on. */
export const merge = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/merge',
  z.strictObject({ ...One, intoId: Id }),
  z.object({ mergeId: Id, into: z.object({ id: Id, number: z.number() }) }),
)
/** Both are two again, with their messages, promises and states. What came after the merge stays where it is. */
export const undoMerge = endpoint(
  'POST',
  '/api/v1/merges/:mergeId/undo',
  z.strictObject({ mergeId: Id }),
  z.object({ id: Id, number: z.number() }),
)

/** Messages of one conversation become another of the same customer, open, with a reply promised by `dueAt` or by the team's target. */
export const split = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/split',
  z.strictObject({
    ...One,
    messageIds: z.array(Id).min(1).max(5000),
    subject: z.string().trim().min(1).max(500).optional(),
    dueAt: Moment.optional(),
  }),
  z.object({ id: Id, number: z.number() }),
)
/** A part goes back into the conversation it was split from. */
export const undoSplit = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/undo-split',
  z.strictObject(One),
  z.object({ id: Id, number: z.number() }),
)

/** What the other is to this one. */
export const LinkAs = z.enum(['related', 'parent', 'child'])
export const link = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/links',
  z.strictObject({ ...One, toId: Id, as: LinkAs.default('related') }),
  z.object({ linkId: Id }),
)
export const unlink = endpoint(
  'DELETE',
  '/api/v1/conversations/:conversationId/links/:linkId',
  z.strictObject({ ...One, linkId: Id }),
  Done,
)

/**
 * To another team. 409 `needs-introduction` where the customer was told who has it and that changes: then it is a
 * handover (I6). `ownerStays` when its owner serves there as well.
 */
export const moveToTeam = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/move',
  z.strictObject({ ...One, seenVersion: z.int(), toTeamId: Id, reason: Words, introduction: Words.optional() }),
  z.object({ done: z.literal(true), undo: Id.nullable() }),
)

/** Out of my sight until then, or until the customer writes: a reminder to myself. What is promised to the customer stays due. */
export const snooze = endpoint(
  'PUT',
  '/api/v1/conversations/:conversationId/snooze',
  z.strictObject({ ...One, until: Moment }),
  z.object({ undo: Id.nullable() }),
)
export const wake = endpoint('DELETE', '/api/v1/conversations/:conversationId/snooze', z.strictObject(One), Done)

/** A reply that goes at `sendAt`, unless somebody writes before. Its times count from then and must lie after it. */
export const sendLater = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/later-replies',
  z.strictObject({
    ...One,
    seenVersion: z.int(),
    body: Html,
    recipients: z.strictObject({
      to: z.array(MailAddress).max(100),
      cc: z.array(MailAddress).max(100).default([]),
    }),
    nextStep: NextStep,
    promised: AlsoPromisedList,
    attachments: z.array(Id).max(50).default([]),
    options: NewOffer.nullable().default(null),
    used: z.array(Id).max(20).default([]),
    sendAt: Moment,
    /** as the draft kept them, for taking it back */
    choices: z.record(z.string(), z.unknown()).default({}),
  }),
  z.object({ laterId: Id, sendAt: Moment }),
)
const Waiting = { laterId: Id }
export const changeLater = endpoint(
  'PUT',
  '/api/v1/later-replies/:laterId',
  z.strictObject({ ...Waiting, sendAt: Moment }),
  z.object({ sendAt: Moment }),
)
/** At once; also one that was stopped, when its writer has read what came. */
export const sendLaterNow = endpoint(
  'POST',
  '/api/v1/later-replies/:laterId/send',
  z.strictObject(Waiting),
  z.object({ messageId: Id, undoUntil: Moment.nullable() }),
)
/** Becomes a draft again, of who wrote it. */
export const takeBackLater = endpoint(
  'POST',
  '/api/v1/later-replies/:laterId/take-back',
  z.strictObject(Waiting),
  z.object({ body: z.string(), choices: z.record(z.string(), z.unknown()) }),
)
/** A stopped one that nobody needs any more. */
export const dropLater = endpoint('DELETE', '/api/v1/later-replies/:laterId', z.strictObject(Waiting), Done)

/** Ends the time in which a reply could be taken back. */
export const sendNow = endpoint('POST', '/api/v1/messages/:messageId/send', z.strictObject({ messageId: Id }), Done)

/** What the page of one conversation shows of all this. */
export const Structure = z.object({
  /** a merged one leads on; null also where one may not see where it went */
  mergedInto: z.object({ id: Id, number: z.number(), subject: z.string() }).nullable(),
  /** what went up in this one, and may be taken out again */
  merges: z.array(
    z.object({
      mergeId: Id,
      number: z.number(),
      subject: z.string(),
      by: PersonRef.nullable(),
      at: Moment,
      messages: z.number(),
    }),
  ),
  links: z.array(
    z.object({ linkId: Id, as: z.enum(['related', 'parent', 'child', 'whole', 'part']), other: OtherConversation }),
  ),
  /** replies that wait for their time, and stopped ones */
  later: z.array(
    z.object({
      id: Id,
      author: PersonRef,
      html: z.string(),
      text: z.string(),
      recipients: z.array(Recipient),
      nextStep: NextStep,
      files: z.array(z.object({ id: Id, name: z.string(), bytes: z.number() })),
      sendAt: Moment,
      madeAt: Moment,
      stopped: z.object({ at: Moment, because: z.string() }).nullable(),
    }),
  ),
  /** when the team begins to work on the next day, and on the next Monday */
  mornings: z.object({ next: Moment, monday: Moment }),
  /** my own reminder here */
  snoozedUntil: Moment.nullable(),
})
export type Structure = z.infer<typeof Structure>

export const structure = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/structure',
  z.strictObject(One),
  Structure,
)
