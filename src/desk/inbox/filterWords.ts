/** A filter's terms in words: what a chip says. Pure. */
import { type operators, priorities, type Term } from '../../contract/filter-text.ts'
import { t } from '../../words/desk.ts'

/** What a filter can be about, in the order it is offered. */
export const kinds = [
  'is',
  'owner',
  'tag',
  'team',
  'priority',
  'from',
  'customer',
  'to',
  'subject',
  'due',
  'needed',
  'has',
  'on',
  'after',
  'before',
  'channel',
  'mailbox',
  'language',
] as const satisfies readonly (typeof operators)[number][]
export type Kind = (typeof kinds)[number]

/** Values with a word of their own; others are names and stand as they were typed. */
const worded: Partial<Record<Kind, readonly string[]>> = {
  is: [
    'open',
    'pending',
    'solved',
    'closed',
    'aside',
    'spam',
    'trash',
    'all',
    'mine',
    'unowned',
    'overdue',
    'unseen',
    'followed',
    'mentioned',
    'snoozed',
  ],
  owner: ['me', 'nobody'],
  priority: [...priorities, 'high+'],
  has: ['attachment', 'draft'],
  due: ['overdue', 'today', 'tomorrow', 'week'],
  needed: ['overdue', 'today', 'tomorrow', 'week', 'any', 'none'],
  on: ['today', 'yesterday'],
  after: ['yesterday', '7d', '30d'],
  before: ['today', 'yesterday', '7d', '30d'],
  channel: ['mail', 'phone', 'written', 'portal', 'chat'],
}
/** Keys of words hold no signs. */
const key = (value: string) => value.replace('+', 'Up')

export function valueWords(kind: Kind, value: string): string {
  const lower = value.toLowerCase()
  return worded[kind]?.includes(lower) ? t(`views:value.${kind}.${key(lower)}`) : value
}

export const offeredValues = (kind: Kind): readonly string[] => worded[kind] ?? []

/** "Tag", "refund or urgent". */
export function partsOf(term: Term, language: string): { about: string; values: string } {
  const or = (values: string[]) => new Intl.ListFormat(language, { type: 'disjunction' }).format(values)
  if (term.is === 'word' || term.is === 'phrase') return { about: t('views:kind.words'), values: `“${term.text}”` }
  if (term.is === 'field') return { about: term.name, values: or(term.values) }
  return { about: t(`views:kind.${term.name}`), values: or(term.values.map(value => valueWords(term.name, value))) }
}

/** "Tag is not refund", as one sentence. */
export function termWords(term: Term, language: string): string {
  return t(term.not ? 'views:chip.not' : 'views:chip.is', partsOf(term, language))
}
