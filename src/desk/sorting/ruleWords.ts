/** A rule in words: what it asks, and what then happens. */
import type { RuleActions, RuleConditions, RuleView } from '../../contract/rules.ts'
import type { TagRef } from '../../contract/tags.ts'
import { t } from '../../words/desk.ts'
import { priorityWord } from '../marks/Priority.tsx'

export type Choices = {
  mailboxes: { id: string; address: string; teamId: string }[]
  teams: { id: string; name: string; members: { id: string; name: string }[] }[]
}

const quoted = (words: readonly string[]) =>
  words.map(word => (/^".*"$/.test(word) ? word : t('conversation:quote', { words: word })))

export function whenWords(conditions: RuleConditions, choices: Choices | undefined, language: string): string {
  const any = new Intl.ListFormat(language, { type: 'disjunction' })
  const { mailboxIds, to, from, words, wordsIn } = conditions
  const addresses = mailboxIds.flatMap(id => choices?.mailboxes.find(one => one.id === id)?.address ?? [])
  const inWhere = { both: 'words', subject: 'wordsSubject', body: 'wordsBody' }[wordsIn]
  const parts = [
    addresses.length > 0 && t('sorting:when.through', { list: any.format(addresses) }),
    to.length > 0 && t('sorting:when.to', { list: any.format(to) }),
    from.length > 0 && t('sorting:when.from', { list: any.format(from) }),
    words.length > 0 && t(`sorting:when.${inWhere}`, { list: any.format(quoted(words)) }),
    conditions.language && t('sorting:when.language', { language: languageName(conditions.language, language) }),
    conditions.hasAttachment !== null &&
      t(conditions.hasAttachment ? 'sorting:when.attachment' : 'sorting:when.noAttachment'),
  ].filter(part => typeof part === 'string')
  return t('sorting:when.sentence', { conditions: new Intl.ListFormat(language, { type: 'unit' }).format(parts) })
}

export function thenWords(
  rule: { actions: RuleActions; tags: readonly TagRef[] },
  choices: Choices | undefined,
  language: string,
): string {
  const { teamId, ownerId, priority, aside } = rule.actions
  const all = new Intl.ListFormat(language)
  const members = choices?.teams.flatMap(({ members }) => members)
  const parts = [
    teamId &&
      t('sorting:then.team', {
        team: choices?.teams.find(({ id }) => id === teamId)?.name ?? t('sorting:then.goneTeam'),
      }),
    ownerId &&
      t('sorting:then.owner', { name: members?.find(({ id }) => id === ownerId)?.name ?? t('sorting:then.gone') }),
    rule.tags.length > 0 && t('sorting:then.tags', { list: all.format(rule.tags.map(({ name }) => name)) }),
    priority !== null && t('sorting:then.priority', { priority: priorityWord(priority as 0) }),
    aside && t('sorting:then.aside'),
  ].filter(part => typeof part === 'string')
  return all.format(parts)
}

export function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames(language, { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

/** What the filter of languages knows to tell apart, by their names. */
export const languages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pt',
  'pl',
  'cs',
  'sv',
  'da',
  'fi',
  'ar',
  'ja',
  'zh',
  'ru',
  'tr',
]

/** One a line, or separated by commas, as people do. */
export function linesOf(text: string): string[] {
  const lines = text
    .split(/[\n,;]/)
    .map(line => line.trim())
    .filter(Boolean)
  return [...new Set(lines)]
}

export type RuleDraft = {
  id: string | null
  teamId: string | null
  name: string
  mailboxId: string
  to: string
  from: string
  words: string
  wordsIn: RuleConditions['wordsIn']
  language: string
  attachment: '' | 'with' | 'without'
  moveTo: string
  ownerId: string
  tags: TagRef[]
  priority: string
  aside: boolean
  stops: boolean
}

export function draftOf(rule: RuleView | null, teamId: string | null): RuleDraft {
  const when = rule?.conditions
  const then = rule?.actions
  return {
    id: rule?.id ?? null,
    teamId: rule ? rule.teamId : teamId,
    name: rule?.name ?? '',
    mailboxId: when?.mailboxIds[0] ?? '',
    to: when?.to.join('\n') ?? '',
    from: when?.from.join('\n') ?? '',
    words: when?.words.join('\n') ?? '',
    wordsIn: when?.wordsIn ?? 'both',
    language: when?.language ?? '',
    attachment: when?.hasAttachment === true ? 'with' : when?.hasAttachment === false ? 'without' : '',
    moveTo: then?.teamId ?? '',
    ownerId: then?.ownerId ?? '',
    tags: rule?.tags ?? [],
    priority: typeof then?.priority === 'number' ? String(then.priority) : '',
    aside: then?.aside ?? false,
    stops: rule?.stops ?? false,
  }
}

export function conditionsOf(draft: RuleDraft): RuleConditions {
  return {
    mailboxIds: draft.mailboxId ? [draft.mailboxId] : [],
    to: linesOf(draft.to),
    from: linesOf(draft.from),
    words: linesOf(draft.words),
    wordsIn: draft.wordsIn,
    language: draft.language || null,
    hasAttachment: draft.attachment === '' ? null : draft.attachment === 'with',
  }
}

export function actionsOf(draft: RuleDraft): RuleActions {
  return {
    teamId: draft.moveTo || null,
    ownerId: draft.ownerId || null,
    tagIds: draft.tags.map(({ id }) => id),
    priority: draft.priority === '' ? null : Number(draft.priority),
    aside: draft.aside,
  }
}

/** A rule that asks or does nothing is not worth sending. */
export function isWhole(draft: RuleDraft): boolean {
  const { mailboxIds, to, from, words, language, hasAttachment } = conditionsOf(draft)
  const asks = mailboxIds.length + to.length + from.length + words.length > 0 || language || hasAttachment !== null
  const { teamId, ownerId, tagIds, priority, aside } = actionsOf(draft)
  return Boolean(draft.name.trim() && asks && (teamId || ownerId || tagIds.length > 0 || priority !== null || aside))
}
