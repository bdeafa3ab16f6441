/** What an ask is and what becomes of it. Pure: no clock, no database. */
import type { AskState } from '../../contract/asks.ts'
import type { Moves, NewPromise } from '../promises/index.ts'

export type Times = { answeredAt: Date | null; relayedAt: Date | null; closedAt: Date | null }

export function stateOf({ answeredAt, relayedAt, closedAt }: Times): AskState {
  if (relayedAt !== null) return 'relayed'
  if (answeredAt !== null) return 'answered'
  return closedAt === null ? 'open' : 'closed'
}

export type Parties = { askerId: string; expertId: string; words: string }

/** "Get it from Jane": nobody else has said anything yet, so it is the asker's own. */
export function toGet({ askerId, words }: Parties, dueAt: Date): NewPromise {
  return { ...inside, byPersonId: askerId, toPersonId: null, words, dueAt }
}

/** The expert named a time: from then on it is theirs, to whoever asked. */
export function toAnswer({ askerId, expertId, words }: Parties, dueAt: Date): NewPromise {
  return { ...inside, byPersonId: expertId, toPersonId: askerId, words, dueAt }
}

const inside = { kind: 'ask', direction: 'inside', byTeamId: null, automatic: false, told: false } as const

/** What stands of it is ended so; nothing where nothing stands any more. */
export function ended(openId: string | null, how: 'kept' | 'released', why: string | null): Moves {
  return { ends: openId ? [{ id: openId, how, why }] : [], makes: [] }
}

export function instead(openId: string | null, by: NewPromise): Moves {
  return { ends: openId ? [{ id: openId, how: 'replaced', why: null, replacedBy: 0 }] : [], makes: [by] }
}

const longest = 200

/** The first words of a question, as lists and the promise say them. */
export function wordsOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= longest) return line.toWellFormed()
  const cut = line.slice(0, longest)
  const end = cut.lastIndexOf(' ')
  return `${(end > longest / 2 ? cut.slice(0, end) : cut).toWellFormed()} …`
}

export type ArrivedMail = { byPerson: boolean; text: string; files: number }

/** A machine's mail settles nothing, nor does one in which nothing stands. */
export function kindOf({ byPerson, text, files }: ArrivedMail): 'answer' | 'automatic' {
  return byPerson && (text.trim() !== '' || files > 0) ? 'answer' : 'automatic'
}

/** A reply carries an answer when somebody was putting it in, or when it answers the matter after the answer came. */
export function carries(
  ask: { answeredAt: Date | null; relayedAt: Date | null; relayingId: string | null },
  reply: { byId: string | null; at: Date; answers: boolean },
): boolean {
  if (ask.answeredAt === null || ask.relayedAt !== null || ask.answeredAt > reply.at) return false
  return reply.answers || (ask.relayingId !== null && ask.relayingId === reply.byId)
}
