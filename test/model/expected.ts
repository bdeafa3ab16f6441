/**
 * How a conversation ought to stand, kept in memory and written from the table of product.md alone: it shares no code
 * with the rules it checks. Counts open promises by kind; the ledger's details are the invariants' matter.
 */
export type Expected = {
  state: string
  reply: number
  action: number
  again: number
  followUp: number
  closedAt: number | null
  before: Expected | null
  owner: string | null
  version: number
  autoAction: boolean
  /** counts the changes of what we owe: two equal ones mean that nothing was promised or ended between them */
  ledger: number
}

export const fresh = (): Expected => ({
  state: 'open',
  reply: 1,
  action: 0,
  again: 0,
  followUp: 0,
  closedAt: null,
  before: null,
  owner: null,
  version: 1,
  autoAction: false,
  ledger: 0,
})

const nothing = { reply: 0, action: 0, again: 0, followUp: 0, autoAction: false }

/** What the customer's writing makes of it; 'anew' when a new conversation begins instead. */
export function customerWrites(it: Expected, now: number): Expected | 'anew' {
  if (it.state === 'spam') return { ...it, version: it.version + 1 }
  if (it.state === 'closed' && it.closedAt !== null && now - it.closedAt > 30 * 86_400_000) return 'anew'
  const again = { ...it, state: 'open', again: 0, followUp: 0, closedAt: null, version: it.version + 1 }
  return it.state === 'open' && it.reply > 0 ? again : { ...again, reply: it.reply + 1, ledger: it.ledger + 1 }
}

export type Step = 'we-get-back' | 'your-turn' | 'answered' | 'we-cannot' | 'nothing-owed'

export function replied(it: Expected, step: Step, kind: 'reply' | 'action', by: string, now: number): Expected {
  const next = { ...it, owner: it.owner ?? by, version: it.version + 1, closedAt: null, ledger: it.ledger + 1 }
  switch (step) {
    case 'we-get-back':
      return {
        ...next,
        state: 'open',
        reply: kind === 'reply' ? 1 : 0,
        action: it.action + (kind === 'action' ? 1 : 0),
        again: 0,
        followUp: 0,
      }
    case 'your-turn':
      return { ...next, state: 'pending', reply: 0, again: 1, followUp: 0 }
    case 'answered':
    case 'we-cannot':
      return { ...next, ...nothing, state: 'solved', followUp: 1 }
    case 'nothing-owed':
      return { ...next, ...nothing, state: 'closed', closedAt: it.state === 'closed' ? it.closedAt : now }
  }
}

export function closedQuietly(it: Expected, now: number): Expected {
  return { ...it, ...nothing, state: 'closed', closedAt: now, version: it.version + 1, ledger: it.ledger + 1 }
}

export function putAway(it: Expected, as: string): Expected {
  const wasAway = it.state === 'spam' || it.state === 'trash'
  return {
    ...it,
    ...nothing,
    state: as,
    before: wasAway ? it.before : it,
    version: it.version + 1,
    closedAt: null,
    ledger: it.ledger + 1,
  }
}

/** Restored; an open one is owed at least a reply. */
export function takenBack(it: Expected, now: number): Expected {
  const was = it.before!
  const reply = was.state === 'open' ? Math.max(1, was.reply) : was.reply
  return {
    ...was,
    reply,
    owner: it.owner,
    closedAt: was.state === 'closed' ? now : null,
    before: null,
    version: it.version + 1,
    ledger: it.ledger + 1,
  }
}

/** One automatic action to reach them otherwise is enough. */
export function bounced(it: Expected): Expected {
  const next = { ...it, version: it.version + 1 }
  if (['spam', 'trash', 'aside'].includes(it.state) || (it.state === 'open' && it.autoAction)) return next
  return {
    ...next,
    ledger: it.ledger + 1,
    state: 'open',
    action: it.action + 1,
    autoAction: true,
    again: 0,
    followUp: 0,
    closedAt: null,
  }
}

export function judged(it: Expected, verdict: string, now: number): Expected {
  return verdict === 'worked'
    ? settled(it, now)
    : { ...it, state: 'open', followUp: 0, reply: it.reply + 1, version: it.version + 1, ledger: it.ledger + 1 }
}

/** Verified or not, it closes; but what somebody promised by their own word is still owed. */
export function settled(it: Expected, now: number): Expected {
  const owed = it.action - (it.autoAction ? 1 : 0) > 0
  if (!owed) return closedQuietly(it, now)
  return { ...it, state: 'open', followUp: 0, version: it.version + 1, ledger: it.ledger + 1 }
}

const ranks = ['open', 'pending', 'solved', 'closed', 'aside']

/** Whoever owes something stands for both, and the earliest of each kind is enough; actions are all kept. */
export function merged(it: Expected, absorbed: Expected, now: number): Expected {
  const state = ranks[Math.min(ranks.indexOf(it.state), ranks.indexOf(absorbed.state))]!
  const one = (kind: 'reply' | 'again' | 'followUp', wanted: boolean) =>
    wanted ? Math.min(1, it[kind] + absorbed[kind]) : 0
  return {
    ...it,
    state,
    reply: one('reply', true),
    action: it.action + absorbed.action,
    again: one('again', state === 'pending'),
    followUp: one('followUp', state === 'solved'),
    closedAt: state === 'closed' ? (it.closedAt ?? absorbed.closedAt ?? now) : null,
    autoAction: it.autoAction || absorbed.autoAction,
    version: it.version + 1,
    ledger: it.ledger + 1,
  }
}
