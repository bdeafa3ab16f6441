/** A message of ours as a row: what a member wrote, and nothing that only mail from outside has. Pure. */
import type { Shown } from '../outward.ts'
import type { FreshMessage } from '../tables.ts'
import type { Written } from '../text.ts'

type Ours = {
  id: string
  conversationId: string
  kind: 'reply' | 'note' | 'follow-up' | 'call' | 'forward'
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
  /** what is shown at once, where more goes out */
  own?: Written
}

export function ours({ body, shown, own, ...it }: Ours): FreshMessage {
  return {
    authorRaw: null,
    recipients: (shown ?? []).map(({ role, address, name }) => ({ role, address, name })),
    subject: null,
    bodyText: body.text,
    trimmed: own?.text ?? null,
    bodyHtml: body.html,
    trimmedHtml: own?.html ?? null,
    language: null,
    rfcId: null,
    nextStep: null,
    undo: null,
    undoUntil: null,
    ...it,
  }
}
