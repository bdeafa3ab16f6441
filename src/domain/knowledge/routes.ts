/** HTTP for articles inside: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/knowledge.ts'
import * as around from '../../contract/knowledge-around.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { serve } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { categoriesOf, changeCategory, makeCategory, removeCategory } from './categories.ts'
import * as act from './commands.ts'
import { articlesFor, articleWords } from './composing.ts'
import { fileRoutes } from './file-routes.ts'
import { draftFrom } from './from-conversation.ts'
import { missesOf, settleMiss } from './misses.ts'
import { forEditing } from './outward.ts'
import type { KnowledgeParts } from './parts.ts'
import { articlesPage, articleView, differenceIn, versionsOf } from './queries.ts'
import * as turn from './turning.ts'

export function knowledgeRoutes(app: FastifyInstance, parts: KnowledgeParts) {
  const { db, rights, nudges, baseUrl } = parts
  const [read, write] = [rights['knowledge:read'], rights['knowledge:write']]
  const changed = async <T>(command: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await inTransaction(db, command)
    nudges.send('happened')
    return done
  }
  const whole = async (actor: Member, articleId: string, command: (tx: Tx) => Promise<unknown>) => {
    await changed(command)
    return { article: await articleView(db, actor, articleId) }
  }
  const done = { done: true as const }

  serve(app, contract.articles, read, (input, { now }) => articlesPage(db, input, now))
  serve(app, contract.article, read, async ({ articleId }, { actor }) => ({
    article: await articleView(db, actor, articleId),
  }))
  serve(app, contract.makeArticle, write, async (input, { actor, now }) => {
    const ready = await act.safely(input)
    const id = await changed(tx => act.makeArticle(tx, actor, ready, now))
    return { article: await articleView(db, actor, id) }
  })
  serve(app, contract.saveArticle, write, async (input, { actor, now }) => {
    const ready = await act.safely(input)
    return { ...(await changed(tx => act.saveArticle(tx, actor, ready, now))), body: forEditing(ready.body.html) }
  })
  serve(app, contract.dropDraft, write, async (input, { actor, now }) => {
    await changed(tx => act.dropDraft(tx, actor, input, now))
    return done
  })
  serve(app, contract.askReview, write, (input, { actor, now }) =>
    whole(actor, input.articleId, tx => turn.askReview(tx, actor, input, now)),
  )
  serve(app, contract.sendBack, write, (input, { actor, now }) =>
    whole(actor, input.articleId, tx => turn.sendBack(tx, actor, input, now)),
  )
  serve(app, contract.publishArticle, write, (input, { actor, now }) =>
    whole(actor, input.articleId, tx => turn.publishArticle(tx, actor, input, now)),
  )
  serve(app, contract.withdrawArticle, write, (input, { actor, now }) =>
    whole(actor, input.articleId, tx => turn.withdrawArticle(tx, actor, input, now)),
  )
  serve(app, contract.settleArticle, write, (input, { actor, now }) =>
    whole(actor, input.articleId, tx => act.settleArticle(tx, actor, input, now)),
  )
  serve(app, contract.checkArticle, write, ({ articleId }, { actor, now }) =>
    whole(actor, articleId, tx => act.checkArticle(tx, actor, articleId, now)),
  )
  serve(app, contract.settleLessons, write, ({ articleId }, { actor, now }) =>
    whole(actor, articleId, tx => act.settleLessons(tx, actor, articleId, now)),
  )
  serve(app, contract.restoreVersion, write, (input, { actor, now }) =>
    whole(actor, input.articleId, tx => act.restoreVersion(tx, actor, input, now)),
  )
  serve(app, contract.removeArticle, write, async ({ articleId }, { actor, now }) => {
    await changed(tx => act.removeArticle(tx, actor, articleId, now))
    return done
  })
  serve(app, contract.versions, read, ({ articleId, language }) => versionsOf(db, articleId, language))
  serve(app, contract.difference, read, input => differenceIn(db, input))

  const tree = async () => ({ categories: await categoriesOf(db) })
  serve(app, around.categories, read, tree)
  serve(app, around.makeCategory, write, async (input, { actor, now }) => {
    await changed(tx => makeCategory(tx, actor, input, now))
    return tree()
  })
  serve(app, around.changeCategory, write, async ({ categoryId, ...input }, { actor, now }) => {
    await changed(tx => changeCategory(tx, actor, categoryId, input, now))
    return tree()
  })
  serve(app, around.removeCategory, write, async ({ categoryId }, { actor, now }) => {
    await changed(tx => removeCategory(tx, actor, categoryId, now))
    return tree()
  })

  serve(app, around.searchMisses, write, async () => ({ misses: await missesOf(db) }))
  serve(app, around.settleMiss, write, async (input, { now }) => {
    await changed(tx => settleMiss(tx, input, now))
    return done
  })

  serve(app, around.articlesFor, rights['conversation:read'], async (input, { actor }) => ({
    articles: await articlesFor(db, actor, input),
  }))
  serve(app, around.articleWords, rights['conversation:read'], (input, { actor }) =>
    articleWords(db, actor, baseUrl, input),
  )
  serve(app, around.articleFromConversation, rights['conversation:read'], ({ conversationId }, { actor }) =>
    draftFrom(db, actor, conversationId),
  )
  fileRoutes(app, parts)
}
