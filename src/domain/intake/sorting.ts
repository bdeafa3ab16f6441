/** What sorting knew of a batch, and what it says of one mail. Shapes only. */
import type { NamedLoad, Sorted, Sorter } from '../automation/index.ts'
import type { Blocked, Verdict } from '../spam/index.ts'
import type { MailboxFacts, TeamFacts } from './known.ts'
import type { Mail } from './mail.ts'

export type Suspicion = Pick<Verdict, 'why' | 'score' | 'words' | 'blockedId'>

export type Sorting = {
  sorter: Sorter
  teams: Map<string, TeamFacts>
  /** "member team" of those who may own there */
  owners: Set<string>
  names: Map<string, string>
  loads: Map<string, NamedLoad[]>
  blocked: (normal: string, teamId: string) => Blocked | null
  suspicious: Map<Mail, Suspicion>
}

/** A new conversation's place, and what rules said. */
export type Place = { mailbox: MailboxFacts; sorted: Sorted | null }
