/** Who may what, written down a second time and by hand: what the matrix holds the product to. Asks the product nothing. */
import { type Kind, strangers } from './world.ts'

/** `may`: it happens. Otherwise the answer: please sign in (401), not yours (403), or there is no such thing (404). */
export type Outcome = 'may' | 'sign in' | 'not yours' | 'absent'

/** Whose conversation a call is about; others do not care. */
export type Matter = 'owned by the colleague' | 'owned by nobody'
export const matters: readonly Matter[] = ['owned by the colleague', 'owned by nobody']

type Members = Exclude<Kind, 'nobody' | 'customer' | 'disabled' | 'expired' | 'signed out'>
type Line = Record<Members, Outcome>

const everyMember: Line = {
  partner: 'may',
  colleague: 'may',
  outsider: 'may',
  administrator: 'may',
  teammate: 'may',
  lead: 'may',
}
const nobodyElse = (outcome: Outcome): Line => ({
  partner: outcome,
  colleague: outcome,
  outsider: outcome,
  administrator: outcome,
  teammate: outcome,
  lead: outcome,
})

const lines: Record<string, Line | ((matter: Matter) => Line)> = {
  member: everyMember,
  self: everyMember,
  administrator: { ...nobodyElse('not yours'), administrator: 'may' },
  'lead-or-administrator': { ...nobodyElse('not yours'), administrator: 'may', lead: 'may' },
  'rules:settle': { ...nobodyElse('not yours'), administrator: 'may', lead: 'may' },
  'audit:read': { ...nobodyElse('not yours'), administrator: 'may', lead: 'may' },
  'audit:export': { ...nobodyElse('not yours'), administrator: 'may', lead: 'may' },
  'insight:read': { ...nobodyElse('not yours'), administrator: 'may', outsider: 'may', teammate: 'may', lead: 'may' },
  'insight:export': { ...nobodyElse('not yours'), administrator: 'may', lead: 'may' },
  'knowledge:read': { ...everyMember, partner: 'not yours' },
  'knowledge:write': { ...everyMember, partner: 'not yours', colleague: 'not yours' },
  'knowledge:publish': { ...nobodyElse('not yours'), administrator: 'may', lead: 'may' },
  'community:read': { ...everyMember, partner: 'not yours' },
  'community:tend': { ...everyMember, partner: 'not yours', colleague: 'not yours' },
  'community:settle': { ...nobodyElse('not yours'), administrator: 'may', lead: 'may' },
  // An answer for one person alone: for those who look after the community, in a team in which they serve.
  'community:answer': {
    ...nobodyElse('absent'),
    ...{ partner: 'not yours', colleague: 'not yours' },
    teammate: 'may',
    lead: 'may',
  },
  'people:find': { ...nobodyElse('not yours'), outsider: 'may', teammate: 'may', lead: 'may' },
  'people:merge': { ...nobodyElse('not yours'), outsider: 'may', teammate: 'may', lead: 'may' },
  'tag:see': { ...everyMember, partner: 'not yours' },
  'tag:make': { ...everyMember, partner: 'not yours', colleague: 'not yours' },
  'team:read': { ...everyMember, partner: 'absent' },
  'team:settle': { ...nobodyElse('not yours'), partner: 'absent', administrator: 'may', lead: 'may' },
  'team:sort': { ...nobodyElse('absent'), administrator: 'may', teammate: 'may', lead: 'may' },
  // A rule of the team: its lead and the administrator; nobody else who may have rules at all knows it.
  'rule:settle': { ...nobodyElse('not yours'), administrator: 'may', lead: 'may' },
  // An absence of somebody else: a colleague knows of it, a partner and who is elsewhere do not.
  'absence:settle': {
    ...nobodyElse('absent'),
    colleague: 'not yours',
    teammate: 'not yours',
    administrator: 'may',
    lead: 'may',
  },
  'conversation:read': inTheTeam('may'),
  'conversation:write': inTheTeam('may'),
  'conversation:hand-over': inTheTeam('not yours'),
  'conversation:put-away': inTheTeam('not yours'),
  'conversation:merge': inTheTeam('not yours'),
  'conversation:begin': { ...nobodyElse('absent'), teammate: 'may', lead: 'may' },
  'promise:keep': inTheTeam('may'),
  // A partner of the team is the expert: they see the ask, and nothing of the conversation.
  'ask:read': matter => ({ ...inTheTeam('may')(matter), partner: 'may' }),
  'ask:tend': matter => ({ ...inTheTeam('may')(matter), partner: 'not yours' }),
  'ask:answer': matter => ({
    ...inTheTeam('not yours')(matter),
    ...{ teammate: 'not yours', lead: 'not yours', partner: 'may' },
  }),
  'question:serve': { ...nobodyElse('absent'), teammate: 'may', lead: 'may' },
  'view:change': { ...nobodyElse('absent'), teammate: 'not yours', lead: 'may' },
}

/** Those who serve may; the colleague who owns it may or at least sees it; it does not exist for anybody else. */
function inTheTeam(owner: Outcome) {
  return (matter: Matter): Line => ({
    ...nobodyElse('absent'),
    teammate: 'may',
    lead: 'may',
    colleague: matter === 'owned by the colleague' ? owner : 'absent',
  })
}

export function dependsOnMatter(right: string): boolean {
  return typeof lines[right] === 'function'
}

export function expected(right: string, kind: Kind, matter: Matter): Outcome {
  if (right === 'anyone') return 'may'
  // Customers have sessions of their own, and no member's counts there: everybody gets the page that asks who they are, which is no problem document.
  if (right === 'customer') return 'may'
  const line = lines[right]
  if (!line) throw new Error(`The right "${right}" has no line in test/matrix/rights.ts`)
  if (strangers.includes(kind)) return 'sign in'
  return (typeof line === 'function' ? line(matter) : line)[kind as Members]
}
