/** What a customer wrote on a page of ours, as a message like one that came by mail. Pure. */
import type { FreshMessage } from '../tables.ts'

type Theirs = {
  id: string
  conversationId: string
  personId: string
  text: string
  language: string | null
  at: Date
}

export function theirs({ personId, text, ...it }: Theirs): FreshMessage {
  return {
    kind: 'message',
    authorId: personId,
    authorRaw: null,
    recipients: [],
    subject: null,
    bodyText: text,
    trimmed: null,
    bodyHtml: null,
    trimmedHtml: null,
    rfcId: null,
    nextStep: null,
    undo: null,
    undoUntil: null,
    ...it,
  }
}
