/** What history says of tags, fields, priority and following: which sentence, and what stands in its gaps. Pure. */
import { t } from '../../words/desk.ts'
import { priorities, priorityWord } from './Priority.tsx'

type Facts = Record<string, unknown>
const names = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []
const some = (value: unknown) => Array.isArray(value) && value.length > 0

/** Whatever is in a name stays inside it, also where the sentence runs the other way. */
const quoted = (name: string) => t('conversation:quote', { words: `\u2068${name}\u2069` })

export function markGaps(kind: string, facts: Facts, language: string): Facts {
  if (kind === 'conversation.tagged') {
    const list = (value: unknown) =>
      new Intl.ListFormat(language).format(names(value).map(quoted)) || t('marks:tags.goneTag')
    return { tags: list(facts.addedNames), gone: list(facts.removedNames) }
  }
  if (kind === 'conversation.field-set') {
    const said = names(facts.fields).length > 0 ? names(facts.fields) : names([facts.field])
    return { field: new Intl.ListFormat(language).format(said.map(quoted)) || t('marks:fields.goneField') }
  }
  if (kind === 'conversation.prioritised') {
    const priority = priorities.find(level => level === facts.priority)
    return { priority: priority === undefined ? '' : priorityWord(priority) }
  }
  return {}
}

export function markVariant(kind: string, facts: Facts): string {
  if (kind === 'conversation.tagged') return some(facts.removed) ? (some(facts.added) ? '-both' : '-off') : ''
  if (kind === 'conversation.field-set') return facts.cleared === true ? '-cleared' : ''
  if (kind === 'conversation.followed') return facts.following === true ? '' : '-not'
  return ''
}
