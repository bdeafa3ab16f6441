/** Words of somebody who is not signed in yet: kept for two days, and the mailed link leads back to them. */
import type { FastifyRequest } from 'fastify'
import { Id } from '../../contract/kit.ts'
import { formBuckets, secondsToWait } from '../../domain/access/index.ts'
import { dropWords, keepWords, nextOf, wordsKept } from '../../domain/customers/index.ts'
import { type Shown, type Site, troubleShown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import { asksToSignIn } from '../me/sign-in.ts'
import { sayIn } from './words.ts'

const signInPath = '/help/community/sign-in'
const withGap = (path: string, more: string) => `${path}${path.includes('?') ? '&' : '?'}${more}`

export function keptPages(site: Site) {
  site.get(signInPath, async (visit, request) => {
    const { next } = request.query as { next?: unknown }
    if (visit.customer) return { go: visit.to(nextOf(next)) }
    const say = sayIn(visit.language)
    const said = { heading: say('signIn.title'), words: say('signIn.words') }
    const hasWords = typeof next === 'string' && next.includes('kept=')
    return { status: 200, page: asksToSignIn(visit, nextOf(next), undefined, hasWords ? said : undefined) }
  })
}

/** Asks to sign in first. What was only pressed is not kept: it leads back to the page. */
export async function keepFor(
  site: Site,
  visit: Visit,
  path: string,
  { act, ...words }: Record<string, string>,
): Promise<Shown> {
  if ((await secondsToWait(visit.db, formBuckets(visit.ip), visit.now)) > 0) return troubleShown(visit, 429)
  const fields = { ...(act ? { act } : {}), ...words }
  const id =
    Object.keys(words).length > 0 ? await site.parts.change(tx => keepWords(tx, { path, fields }, visit.now)) : null
  const next = id ? withGap(path, `kept=${id}`) : path
  return { go: visit.to(`${signInPath}?next=${encodeURIComponent(next)}`) }
}

/** What was kept for this page, where its address says so; `gone` when it is no more. */
export async function keptIn(
  visit: Visit,
  request: FastifyRequest,
  path: string,
): Promise<{ id: string; words: Record<string, string> } | 'gone' | null> {
  const { kept } = request.query as { kept?: unknown }
  if (kept === undefined) return null
  const id = Id.safeParse(kept).data
  const words = id ? await wordsKept(visit.db, id, path) : null
  return id && words ? { id, words } : 'gone'
}

/** It was posted. */
export async function forgetKept(site: Site, fields: URLSearchParams): Promise<void> {
  const id = Id.safeParse(fields.get('kept')).data
  if (id) await site.parts.change(tx => dropWords(tx, id))
}
