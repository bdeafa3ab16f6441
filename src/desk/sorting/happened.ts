/** What sorting did to a conversation, as a line of its history; null for what it did not do. */
import { t } from '../../words/desk.ts'
import { priorityWord } from '../marks/Priority.tsx'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter(one => typeof one === 'string') : [])

export function sortingWords(kind: string, facts: Record<string, unknown>, language: string): string | null {
  if (kind === 'rule.applied') return ruleWords(facts, language)
  if (kind !== 'spam.suspected') return null
  const words = texts(facts.words)
  const sender = text(facts.sender)
  switch (facts.why) {
    case 'blocked':
      return t(sender ? 'sorting:happened.spam.blocked' : 'sorting:happened.spam.blockedOnly', { sender })
    case 'upstream':
      return t('sorting:happened.spam.upstream')
    default:
      return t(words.length > 0 ? 'sorting:happened.spam.taught' : 'sorting:happened.spam.taughtOnly', {
        words: new Intl.ListFormat(language, { type: 'unit' }).format(words.map(word => `\u2068${word}\u2069`)),
      })
  }
}

function ruleWords(facts: Record<string, unknown>, language: string): string {
  const list = new Intl.ListFormat(language)
  const tags = texts(facts.tagNames)
  const did = [
    facts.teamId && t('sorting:happened.toTeam', { team: text(facts.teamName) }),
    facts.ownerId && t('sorting:happened.owner', { name: text(facts.toName) }),
    tags.length > 0 && t('sorting:happened.tags', { list: list.format(tags) }),
    typeof facts.priority === 'number' &&
      t('sorting:happened.priority', { priority: priorityWord(facts.priority as 0) }),
    facts.aside === true && t('sorting:happened.aside'),
  ].filter(part => typeof part === 'string')
  const rule = text(facts.rule)
  return did.length > 0
    ? t('sorting:happened.rule', { rule, what: list.format(did) })
    : t('sorting:happened.ruleOnly', { rule })
}
