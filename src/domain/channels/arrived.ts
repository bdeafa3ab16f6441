/** What a way in hands to intake, and what intake says became of it. Decides nothing. */

export type Arrived = {
  mailboxId: string
  source: 'imap' | 'listener' | 'import' | 'portal'
  /** The mail as it came; of an oversize one only its head and first bytes. */
  raw: Buffer
  arrivedAt: Date
  /** Where it lies on its server. */
  at?: { folder: string; uidvalidity: number; uid: number }
  /** Old mail: stored, and nothing is ever sent because of it. */
  backlog: boolean
  /** From the SMTP conversation; `from` is null for the null return path. */
  envelope?: { from: string | null; to: string[] }
  /** Whoever wrote it has shown that the address in From is theirs: they signed in. */
  signedIn?: boolean
  /** The true size of a mail that was larger than the limit. */
  oversizeBytes?: number
}

export type Taken = {
  deliveryId: string
  became: 'message' | 'report' | 'quarantined' | 'known'
  conversationId: string | null
  reason: string | null
}

/** Once it returns, the mails are durable, `delivery_uid` rows included; the answers stand in the order of the mails. */
export type TakeIn = (arrived: Arrived[]) => Promise<Taken[]>
