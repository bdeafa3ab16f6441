/** What can be chosen for one kind of filter: words of its own, members, teams, tags, people, fields; and what was typed, as it is. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { findPeople } from '../../contract/conversations.ts'
import { fields } from '../../contract/fields.ts'
import { tags } from '../../contract/tags.ts'
import { colleagues } from '../../contract/teams.ts'
import { query } from '../api.ts'
import { useMe } from '../session/me.ts'
import { matches } from '../shell/matching.tsx'
import { type Kind, offeredValues, valueWords } from './filterWords.ts'

export type Choice = { value: string; words: string; aside?: string | undefined }
/** A kind of operator, or the name of a field. */
export type About = { kind: Kind } | { field: string }

/** Typed text counts as a value of these as it is. */
const free: readonly Kind[] = [
  'owner',
  'tag',
  'from',
  'to',
  'customer',
  'subject',
  'due',
  'needed',
  'on',
  'after',
  'before',
  'mailbox',
  'language',
]
const likes = (text: string) => text.trim().slice(0, 100)

export function useChoices(about: About | null, text: string): Choice[] {
  const me = useMe()
  const kind = about && 'kind' in about ? about.kind : null
  const like = useDeferredValue(likes(text))
  const people = kind === 'from' || kind === 'to' || kind === 'customer'
  const members = useQuery({ ...query(colleagues, {}), enabled: kind === 'owner' })
  const foundTags = useQuery({
    ...query(tags, { like, limit: 20 }),
    enabled: kind === 'tag',
    placeholderData: keepPreviousData,
  })
  const foundPeople = useQuery({
    ...query(findPeople, { like: like || '-' }),
    enabled: people && like.length > 1,
    placeholderData: keepPreviousData,
  })
  const known = useQuery({ ...query(fields, {}), enabled: about !== null && 'field' in about })
  const named = (name: string, aside?: string): Choice => ({ value: name, words: name, aside })
  const choices: Choice[] = kind ? offeredValues(kind).map(value => ({ value, words: valueWords(kind, value) })) : []
  if (kind === 'owner')
    for (const { id, name } of members.data?.colleagues ?? []) if (id !== me.id) choices.push(named(name))
  if (kind === 'team') choices.push(...me.teams.map(({ name }) => named(name)))
  if (kind === 'tag') choices.push(...(foundTags.data?.tags ?? []).map(({ name }) => named(name)))
  const field = about && 'field' in about ? known.data?.fields.find(({ name }) => name === about.field) : undefined
  if (field?.kind === 'yes-no') choices.push(named('yes'), named('no'))
  choices.push(...(field?.choices ?? []).map(({ words }) => named(words)))
  const fitting = choices.filter(
    ({ words, value }) => matches(words, text.trim()) || value.startsWith(text.trim().toLowerCase()),
  )
  if (people)
    fitting.push(
      ...(foundPeople.data?.people ?? []).slice(0, 12).map(({ name, address }) => ({
        value: address ?? name,
        words: name,
        aside: address ?? undefined,
      })),
    )
  const typed = text.trim()
  const mayType = typed !== '' && (kind === null || free.includes(kind))
  if (mayType && !fitting.some(({ words }) => words.toLowerCase() === typed.toLowerCase())) fitting.push(named(typed))
  return fitting.slice(0, 60)
}

/** The fields there are, for the first step. */
export function useFieldNames(): string[] {
  const { data } = useQuery(query(fields, {}))
  return [...new Set((data?.fields ?? []).filter(({ archived }) => !archived).map(({ name }) => name))]
}
