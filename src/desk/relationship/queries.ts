/** What the pages of people and organisations ask, and when what they show is asked anew. */
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { organisation, relations } from '../../contract/organisations.ts'
import { organisationTimeline, person, personTimeline, type TimelineKind } from '../../contract/relations.ts'
import { ask, type Output, query } from '../api.ts'
import { cache } from '../cache.ts'
import { useLive } from '../live.ts'

export type Person = Output<typeof person>
export type Organisation = Output<typeof organisation>
export type Subject = { is: 'person' | 'organisation'; id: string }

export const personQuery = (personId: string) => query(person, { personId })
export const organisationQuery = (organisationId: string) => query(organisation, { organisationId })

const keyOf = ({ is, id }: Subject) => [is === 'person' ? personTimeline.path : organisationTimeline.path, id] as const

export const timelineQuery = (subject: Subject, kinds: readonly TimelineKind[]) =>
  infiniteQueryOptions({
    queryKey: [...keyOf(subject), kinds] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const asked = {
        ...(kinds.length > 0 ? { kinds: kinds.join(',') } : {}),
        ...(pageParam === undefined ? {} : { after: pageParam }),
      }
      return subject.is === 'person'
        ? ask(personTimeline, { personId: subject.id, ...asked }, signal)
        : ask(organisationTimeline, { organisationId: subject.id, ...asked }, signal)
    },
    getNextPageParam: last => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })

export const relationsQuery = (is: 'people' | 'organisations', like: string, archived: boolean) =>
  infiniteQueryOptions({
    queryKey: [relations.path, is, like, archived] as const,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      ask(
        relations,
        {
          ...{ is, like, archived: archived ? 'true' : 'false' },
          ...(pageParam === undefined ? {} : { after: pageParam }),
        },
        signal,
      ),
    getNextPageParam: last => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })

export function renewSubject(subject: Subject) {
  const page = subject.is === 'person' ? personQuery(subject.id) : organisationQuery(subject.id)
  void cache.invalidateQueries({ queryKey: page.queryKey })
  void cache.invalidateQueries({ queryKey: keyOf(subject) })
}
export const renewLists = () => void cache.invalidateQueries({ queryKey: [relations.path] })

/** What concerns a relationship, by the first word of its kind. */
const concerns = new Set(
  'person organisation membership relationship touch promise follow-up message conversation goodwill check-in'.split(
    ' ',
  ),
)
/** A busy desk asks no more often than this. */
const restMs = 4000

/** Something happened: what is shown is asked anew, at once when it is about this one, soon when it may be. */
export function useRenewal(subject: Subject | null) {
  const at = useRef(0)
  const later = useRef<ReturnType<typeof setTimeout>>(undefined)
  const renew = () => {
    clearTimeout(later.current)
    later.current = undefined
    at.current = Date.now()
    if (subject) renewSubject(subject)
  }
  useLive(event => {
    if (!subject || !concerns.has(event.kind.split('.')[0] ?? '')) return
    if (event.subjectId === subject.id || event.facts.personId === subject.id) return renew()
    later.current ??= setTimeout(renew, Math.max(300, at.current + restMs - Date.now()))
  })
  useEffect(() => () => clearTimeout(later.current), [])
}
