/** What was known when a batch was decided: the answers of the database, in memory. Shapes only. */
import type { Times } from '../conversations/index.ts'
import type { Found } from '../people/index.ts'
import type { Claimed, MailboxFacts, PersonFacts, SentMail } from './known.ts'
import type { Mail } from './mail.ts'
import type { Sorting } from './sorting.ts'

export type World = {
  mailboxes: Map<string, MailboxFacts>
  own: Set<string>
  people: Map<string, Found>
  claims: Map<Mail, Claimed>
  /** Message-ID → conversations that hold it; grows as the batch is taken in */
  references: Map<string, Set<string>>
  sent: SentMail[]
  /** parts among them, and the conversation each was split from */
  wholes: Map<string, string>
  /** automatic mails that may still go to an address */
  budget: Map<string, number>
  isOurLoop: (mark: string) => boolean
  times: (mailbox: MailboxFacts, now: Date, customerId: string) => Times
  installation: { language: string; zone: string }
  unknownSender: Found
  /** people → teams in which they serve */
  serving: Map<string, Set<string>>
  /** owners of the conversations at hand, and those who wrote */
  facts: Map<string, PersonFacts>
  /** "owner team" → who answers while that owner is away */
  standIns: Map<string, string>
  sorting: Sorting
}
