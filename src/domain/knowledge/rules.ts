/** Who reads an article, who may change it, what becomes of a version, and what its address is called. Pure. */
import type { Audience, VersionState } from '../../contract/knowledge.ts'
import type { Role } from '../../contract/session.ts'
import type { ReadingAs } from './reading.ts'

export type Guarded = { audience: Audience; organisationIds: readonly string[] }

/** Members read what is inside; a partner of ours reads what anybody does who is signed in. */
export function readsArticle(as: ReadingAs, article: Guarded): boolean {
  switch (article.audience) {
    case 'public':
      return true
    case 'signed-in':
      return as.is !== 'anybody'
    case 'organisation':
      return (
        as.is === 'inside' || (as.is === 'person' && article.organisationIds.some(id => as.organisations.includes(id)))
      )
    case 'inside':
      return as.is === 'inside'
  }
}

type Asking = { personId: string; administrator: boolean; roles: ReadonlyMap<string, Role> }

/** What everybody will read is looked at by somebody who leads; an owner keeps their own article right. */
export function publishesArticle(actor: Asking, article: { ownerId: string; published: boolean }): boolean {
  if (actor.administrator || [...actor.roles.values()].includes('lead')) return true
  return article.published && article.ownerId === actor.personId
}

export const inWork: readonly VersionState[] = ['draft', 'in-review', 'scheduled']
export const standing: readonly VersionState[] = ['published', 'withdrawn']

export type Turn = 'ask-review' | 'send-back' | 'publish' | 'schedule' | 'withdraw'

/** What a version becomes; null: that can't be done with it now. */
export function afterTurn(state: VersionState, turn: Turn): VersionState | null {
  switch (turn) {
    case 'ask-review':
      return state === 'draft' ? 'in-review' : null
    case 'send-back':
      return state === 'in-review' || state === 'scheduled' ? 'draft' : null
    case 'publish':
      return inWork.includes(state) || state === 'withdrawn' ? 'published' : null
    case 'schedule':
      return inWork.includes(state) ? 'scheduled' : null
    case 'withdraw':
      return state === 'published' ? 'withdrawn' : null
  }
}

const longestSlug = 80

/** Letters and digits of any alphabet, with hyphens between. Accents go; other alphabets stay as they are. */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/(?<=\p{sc=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replace(/[’'ʼ]/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
  let slug = ''
  for (const part of plain.split('-').filter(Boolean)) {
    const longer = slug === '' ? [...part].slice(0, longestSlug).join('') : `${slug}-${part}`
    if ([...longer].length > longestSlug) break
    slug = longer
  }
  return slug || 'article'
}

export const isSlug = (text: string) => text.length <= 100 && /^[\p{L}\p{N}\p{M}]+(?:-[\p{L}\p{N}\p{M}]+)*$/u.test(text)

/** What was looked for, without what could be somebody's: addresses, numbers of orders and telephones. Null: nothing is left that is worth reading. */
export function missOf(q: string): string | null {
  const words = q
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\S*@\S*|https?:\/\/\S+/g, ' ')
    .replace(/\S*\d[\d\s./()-]{3,}\d\S*|\S*\d{4,}\S*/g, ' ')
    .replace(/[^\p{L}\p{N}\p{M}'’.-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100)
    .trim()
  return words.length >= 2 ? words : null
}

const mostTelling = 24

/** Of what somebody writes: each word once that could name a matter, the first ones of a long text. */
export function tellingWords(text: string): string[] {
  const words = text
    .slice(0, 4000)
    .normalize('NFC')
    .split(/[^\p{L}\p{N}\p{M}'’./-]+/u)
    .map(word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, ''))
    .filter(word => [...word].length > 2 || /[^\p{sc=Latin}\p{N}]/u.test(word))
  return [...new Map(words.map(word => [word.toLowerCase(), word])).values()].slice(0, mostTelling)
}
