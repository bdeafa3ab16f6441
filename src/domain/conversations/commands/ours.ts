/** A message of ours as a row: what a member wrote, and nothing that only mail from outside has. Pure. */
import type { Shown } from '../outward.ts'
import type { FreshMessage } from '../tables.ts'
import type { Written } from '../text.ts'

type Ours = {
  id: string
  conversationId: string
  kind: 'reply' | 'note' | 'follow-up' | 'call'
  authorId: string
  body: Written
  at: Date
  /** who gets it; nobody for what stays inside */
  shown?: readonly Shown[]
  language?: string | null
  rfcId?: string | null
  subject?: string | null
  nextStep?: unknown
  undoUntil?: Date
}

export function ours({ body, shown, ...it }: Ours): FreshMessage {
  return {
    authorRaw: null,
    recipients: (shown ?? []).map(({ role, address, name }) => ({ role, address, name })),
    subject: null,
    bodyText: body.text,
    trimmed: null,
    bodyHtml: body.html,
    trimmedHtml: null,
    language: null,
    rfcId: null,
    nextStep: null,
    undo: null,
    undoUntil: null,
    ...it,
  }
}
