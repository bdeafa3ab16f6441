/** One mail to one recipient, as the outbox takes it: which id it has, and whom it is from and to. Puts nothing there itself (outgoing.ts). */
import { randomUUIDv7 } from 'node:crypto'
import type { Outgoing } from './outgoing.ts'

type From = { id: string; address: string }
/** No `id`: its mail carries no signed address. */
type To = { id: string | null; written: string; normal: string }

type Own = 'mailboxId' | 'recipient' | 'recipientNormal' | 'addressId' | 'createdAt'
type Settled = 'id' | 'conversationId' | 'messageId' | 'rfcId' | 'notBefore'

/** A Message-ID without angle brackets, in the domain of the mailbox it comes from. */
export function newRfcId({ address }: Pick<From, 'address'>): string {
  return `${randomUUIDv7()}@${address.slice(address.lastIndexOf('@') + 1)}`
}

/** About no conversation and to be sent now, unless `rest` says otherwise. */
export function oneMail({
  from,
  to,
  now,
  ...rest
}: { from: From; to: To; now: Date } & Omit<Outgoing, Own | Settled> & Partial<Pick<Outgoing, Settled>>): Outgoing {
  return {
    id: randomUUIDv7(),
    mailboxId: from.id,
    conversationId: null,
    messageId: null,
    recipient: to.written,
    recipientNormal: to.normal,
    addressId: to.id,
    rfcId: newRfcId(from),
    createdAt: now,
    notBefore: now,
    ...rest,
  }
}
