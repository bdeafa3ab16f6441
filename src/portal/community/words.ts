/** How the community is said outside: whoever wrote, when, and sentences with a link in them. */
import type { CommunityAuthor } from '../../contract/community.ts'
import { type Say, wordsFor } from '../../words/outside.ts'
import type { Visit } from '../frame/visit.ts'
import type { Writer } from '../page/community.ts'
import type { Link } from '../page.ts'

export const sayIn = (language: string): Say => wordsFor('community-pages', language)

/** The name alone, as a sentence needs it. */
export function nameOf(visit: Pick<Visit, 'language'>, author: CommunityAuthor): string {
  const say = sayIn(visit.language)
  if (author.is === 'left') return say('author.left')
  return author.name ?? say('author.somebody')
}

/** In a line of a list: "Mere Tūhoe, Utrecht", and whoever is ours by the installation's name. */
export function namedFrom(visit: Visit, author: CommunityAuthor): string {
  const name = nameOf(visit, author)
  const from = author.is === 'us' ? visit.house.name : author.from
  return from ? sayIn(visit.language)('author.from', { name, from }) : name
}

/** A name in a sentence that runs the other way: neither turns the other round. */
export const apart = (name: string) => `\u2068${name}\u2069`

export function writerOf(visit: Visit, author: CommunityAuthor, when: string): Writer {
  const ours = author.is === 'us'
  return {
    name: nameOf(visit, author),
    of: ours ? null : author.from,
    ours: ours ? visit.house.name : null,
    when,
  }
}

/** A sentence with one link in it, wherever its language puts it. */
export function withLink(
  say: Say,
  key: string,
  gap: string,
  link: Link,
  gaps: Record<string, unknown> = {},
): { before: string; link: Link; after: string } {
  const [before = '', after = ''] = say(key, { ...gaps, [gap]: '\u0001' }).split('\u0001')
  return { before: before.trim(), link, after }
}
