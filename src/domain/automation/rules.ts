/**
 * What rules make of a mail that comes in: asked from top to bottom, the installation's before those of the team it
 * arrives for. Where two say different things the upper one counts; tags add up. Pure: no clock, no database. A rule
 * never drops mail, and nothing it says reaches beyond where a new conversation begins.
 */
import type { RuleActions, RuleConditions } from '../../contract/rules.ts'
import { folded, found, type Lookout, lookoutFor } from './words-rules.ts'

export type Rule = {
  id: string
  teamId: string | null
  stops: boolean
  conditions: RuleConditions
  actions: RuleActions
}

/** What a condition may ask of a mail. */
export type MailFacts = {
  mailboxId: string | null
  /** lower case */
  from: string
  fromName: string
  /** lower case, wherever it was written or delivered to */
  to: readonly string[]
  subject: string
  body: string
  language: string | null
  hasAttachment: boolean
}

/** Beyond this nobody writes what a rule is about. */
export const longestBody = 50_000

export type Sorter = { rules: readonly Asked[]; lookout: Lookout }
type Asked = Rule & { words: number[]; names: Map<string, Lookout> }

export function sorterOf(rules: readonly Rule[]): Sorter {
  const phrases: string[] = []
  const asked = rules.map(rule => ({
    ...rule,
    words: rule.conditions.words.map(word => phrases.push(word) - 1),
    names: new Map(rule.conditions.from.filter(isName).map(name => [name, lookoutFor([name])])),
  }))
  return { rules: asked, lookout: lookoutFor(phrases) }
}

/** Whether anything at all is asked: a rule that fits every mail is written by mistake. */
export function asksSomething(conditions: RuleConditions): boolean {
  const { mailboxIds, to, from, words, language, hasAttachment } = conditions
  return mailboxIds.length + to.length + from.length + words.length > 0 || language !== null || hasAttachment !== null
}

export function doesSomething(actions: RuleActions): boolean {
  const { teamId, ownerId, tagIds, priority, aside } = actions
  return teamId !== null || ownerId !== null || tagIds.length > 0 || priority !== null || aside
}

/** The same mail as several rules ask it: its words are looked through once. */
export function readerOf(sorter: Sorter, mail: MailFacts) {
  let subject: Set<number> | undefined
  let body: Set<number> | undefined
  const inSubject = () => (subject ??= found(sorter.lookout, folded(mail.subject.slice(0, 1000))))
  const inBody = () => (body ??= found(sorter.lookout, folded(mail.body.slice(0, longestBody))))
  const speaks = (rule: Asked) => {
    const where = rule.conditions.wordsIn
    return rule.words.some(
      word => (where !== 'body' && inSubject().has(word)) || (where !== 'subject' && inBody().has(word)),
    )
  }
  return (rule: Asked): boolean => {
    const { mailboxIds, to, from, words, language, hasAttachment } = rule.conditions
    return (
      (mailboxIds.length === 0 || (mail.mailboxId !== null && mailboxIds.includes(mail.mailboxId))) &&
      (hasAttachment === null || hasAttachment === mail.hasAttachment) &&
      (language === null || language === mail.language) &&
      (to.length === 0 || to.some(each => isTo(mail.to, each.toLowerCase()))) &&
      (from.length === 0 || from.some(each => isFrom(mail, each, rule.names.get(each)))) &&
      (words.length === 0 || speaks(rule))
    )
  }
}

const domainLike = /^@?[^\s@]+\.[^\s@.]{2,}$/

function isName(from: string): boolean {
  return !from.includes('@') && !domainLike.test(from)
}

function isFrom(mail: MailFacts, wanted: string, name: Lookout | undefined): boolean {
  if (name) return found(name, folded(mail.fromName)).size > 0
  const plain = wanted.toLowerCase()
  return domainLike.test(plain) ? isAt(mail.from, plain.replace(/^@/, '')) : mail.from === plain
}

/** At the domain, or at a part of it. */
export function isAt(address: string, domain: string): boolean {
  const at = address.slice(address.lastIndexOf('@') + 1)
  return at === domain || at.endsWith(`.${domain}`)
}

function isTo(to: readonly string[], wanted: string): boolean {
  return to.some(each =>
    wanted.startsWith('@')
      ? isAt(each, wanted.slice(1))
      : wanted.includes('@')
        ? each === wanted
        : each.includes(wanted),
  )
}

/** What the world allows now: a rule may name a member who left, or a team that is no more. */
export type Allowed = { team: (id: string) => boolean; owner: (id: string, teamId: string) => boolean }

export type Applied = {
  ruleId: string
  teamId: string | null
  ownerId: string | null
  tagIds: string[]
  priority: number | null
  aside: boolean
}

export type Sorted = Omit<Applied, 'ruleId' | 'teamId'> & { teamId: string; applied: Applied[] }

/** Of a mail for which `teamId` would be the team, were there no rules. */
export function sorted(sorter: Sorter, mail: MailFacts, teamId: string, allowed: Allowed): Sorted {
  const fits = readerOf(sorter, mail)
  const matched: Asked[] = []
  const askAll = (asked: readonly Asked[]) => {
    for (const rule of asked) {
      if (!fits(rule)) continue
      matched.push(rule)
      if (rule.stops) return true
    }
    return false
  }
  const stopped = askAll(sorter.rules.filter(rule => rule.teamId === null))
  const moved = (rules: readonly Asked[]) =>
    rules.find(({ actions }) => actions.teamId !== null && allowed.team(actions.teamId))
  const arrivesFor = moved(matched)?.actions.teamId ?? teamId
  if (!stopped) askAll(sorter.rules.filter(rule => rule.teamId === arrivesFor))
  const team = moved(matched)
  const ends = team?.actions.teamId ?? teamId
  const owner = matched.find(({ actions }) => actions.ownerId !== null && allowed.owner(actions.ownerId, ends))
  const priority = matched.find(({ actions }) => actions.priority !== null)
  const given = new Set<string>()
  const applied = matched.map(rule => ({
    ruleId: rule.id,
    teamId: rule === team && ends !== teamId ? ends : null,
    ownerId: rule === owner ? rule.actions.ownerId : null,
    tagIds: rule.actions.tagIds.filter(id => !given.has(id) && given.add(id)),
    priority: rule === priority ? rule.actions.priority : null,
    aside: rule.actions.aside,
  }))
  return {
    teamId: ends,
    ownerId: owner?.actions.ownerId ?? null,
    tagIds: [...given],
    priority: priority?.actions.priority ?? null,
    aside: matched.some(rule => rule.actions.aside),
    applied,
  }
}
