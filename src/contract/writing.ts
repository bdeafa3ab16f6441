/** What writing in a conversation may ask beside replies and notes: passing a message on, and what colleagues have begun. */
import { z } from 'zod'
import { endpoint, Html, Id, MailAddress, Moment } from './kit.ts'
import { PersonRef } from './promises.ts'

/**
 * Passes one message on to somebody outside, with words of one's own. The customer is not told, nobody joins the
 * conversation by it, and an answer to it comes as a conversation of its own.
 */
export const forward = endpoint(
  'POST',
  '/api/v1/conversations/:conversationId/messages/:messageId/forward',
  z.strictObject({
    conversationId: Id,
    messageId: Id,
    to: z.array(MailAddress).min(1).max(20),
    cc: z.array(MailAddress).max(20).default([]),
    body: Html,
    /** which of the message's files go along */
    files: z.array(Id).max(200).default([]),
    attachments: z.array(Id).max(50).default([]),
  }),
  z.object({ messageId: Id, undoUntil: Moment.nullable() }),
)

/** Drafts of colleagues: their words to read, nothing to change. */
export const draftsOfOthers = endpoint(
  'GET',
  '/api/v1/conversations/:conversationId/drafts',
  z.strictObject({ conversationId: Id }),
  z.object({
    drafts: z.array(
      z.object({
        person: PersonRef,
        kind: z.enum(['reply', 'note']),
        text: z.string(),
        /** whether only the beginning is shown */
        cut: z.boolean(),
        savedAt: Moment,
      }),
    ),
  }),
)

/** Bytes one file may have, and all that one member has uploaded and not sent yet. */
export const uploadLimits = { file: 25 * 1024 * 1024, perMember: 250 * 1024 * 1024, files: 500 }
/** Bytes that go into one mail: more is refused by most servers. */
export const mostInOneMail = 25 * 1024 * 1024
