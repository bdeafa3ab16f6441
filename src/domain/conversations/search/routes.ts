/** HTTP for search. Every member may ask; each gets what they may see. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/search.ts'
import { inTransaction } from '../../../platform/db/index.ts'
import { serve } from '../../../platform/http/index.ts'
import type { ConversationParts } from '../parts.ts'
import { searchPage } from './page.ts'
import { forgetSearch, forgetSearches, recentSearchesOf, rememberSearch } from './recent.ts'

export function searchRoutes(app: FastifyInstance, { db, rights }: Pick<ConversationParts, 'db' | 'rights'>) {
  const done = { done: true as const }
  serve(app, contract.search, rights.member, ({ typing, ...asked }, { actor, now }) =>
    searchPage(db, actor, { ...asked, typing: typing === 'true' }, now),
  )
  serve(app, contract.recentSearches, rights.member, async (_, { actor }) => ({
    searches: await recentSearchesOf(db, actor),
  }))
  serve(app, contract.keepSearch, rights.member, async ({ text }, { actor, now }) => {
    await inTransaction(db, tx => rememberSearch(tx, actor, text, now))
    return done
  })
  serve(app, contract.forgetSearch, rights.member, async ({ searchId }, { actor }) => {
    await inTransaction(db, tx => forgetSearch(tx, actor, searchId))
    return done
  })
  serve(app, contract.forgetSearches, rights.member, async (_, { actor }) => {
    await inTransaction(db, tx => forgetSearches(tx, actor))
    return done
  })
}
