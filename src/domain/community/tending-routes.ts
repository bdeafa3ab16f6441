/** HTTP for looking after the community, and for what ties it to conversations and articles: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import type { PostsPage, TopicView } from '../../contract/community.ts'
import * as tending from '../../contract/community-tending.ts'
import * as ties from '../../contract/community-ties.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { serve } from '../../platform/http/index.ts'
import type { Member, Rights } from '../access/index.ts'
import { madeSafe } from '../conversations/index.ts'
import { categoriesOf, changeCategory, makeCategory, removeCategory } from './categories.ts'
import { settingsOf } from './commands/pace.ts'
import { stopPerson, trustPerson } from './commands/person.ts'
import { removeTopic } from './commands/say.ts'
import { settlePost, unsettlePost } from './commands/settle.ts'
import * as act from './commands/tend.ts'
import * as tie from './commands/tie.ts'
import { needArticle, personHere, queueFor, tiedToConversation, topicsTiedTo } from './queries/tending.ts'
import { tiesOf } from './queries/ties.ts'
import { insideAs } from './reading.ts'

export type CommunityParts = { db: Db; rights: Rights; nudges: Pick<Nudges, 'send'> }
type Parts = CommunityParts & {
  changed: <T>(command: (tx: Tx) => Promise<T>) => Promise<T>
  languageFor: (actor: Member) => Promise<string>
  whole: (actor: Member, topicId: string) => Promise<{ topic: TopicView; page: PostsPage }>
}

export function tendingRoutes(app: FastifyInstance, { db, rights, nudges, changed, languageFor, whole }: Parts) {
  const [read, tend, settle] = [rights['community:read'], rights['community:tend'], rights['community:settle']]
  const done = { done: true as const }
  const categories = async (actor: Member) => ({ categories: await categoriesOf(db, insideAs(actor)) })

  serve(app, tending.makeCommunityCategory, settle, async (input, { actor, now }) => {
    await changed(tx => makeCategory(tx, insideAs(actor), input, now))
    return categories(actor)
  })
  serve(app, tending.changeCommunityCategory, settle, async ({ categoryId, ...input }, { actor, now }) => {
    await changed(tx => changeCategory(tx, insideAs(actor), categoryId, input, now))
    return categories(actor)
  })
  serve(app, tending.removeCommunityCategory, settle, async ({ categoryId }, { actor, now }) => {
    await changed(tx => removeCategory(tx, insideAs(actor), categoryId, now))
    return categories(actor)
  })
  serve(app, tending.communitySettings, tend, () => settingsOf(db))
  serve(app, tending.setCommunitySettings, settle, async (input, { actor, now }) => {
    await changed(tx => act.setSettings(tx, insideAs(actor), input, now))
    return settingsOf(db)
  })
  serve(app, tending.communityQueue, tend, async ({ after }, { actor, now }) =>
    queueFor(db, insideAs(actor), await languageFor(actor), after, now),
  )
  serve(app, tending.settleCommunityPost, tend, async (input, { actor, now }) => {
    const settledAt = await changed(tx => settlePost(tx, insideAs(actor), input, now))
    return { settledAt: settledAt.toISOString() }
  })
  serve(app, tending.unsettleCommunityPost, tend, async (input, { actor, now }) => {
    await changed(tx => unsettlePost(tx, insideAs(actor), input, now))
    return done
  })
  serve(app, tending.communityPerson, tend, ({ personId }, { now }) => personHere(db, personId, now))
  serve(app, tending.stopCommunityPerson, tend, async (input, { actor, now }) => {
    await changed(tx => stopPerson(tx, insideAs(actor), input, now))
    return personHere(db, input.personId, now)
  })
  serve(app, tending.trustCommunityPerson, tend, async (input, { actor, now }) => {
    await changed(tx => trustPerson(tx, insideAs(actor), input, now))
    return personHere(db, input.personId, now)
  })
  serve(app, tending.settleCommunityTopic, tend, async (input, { actor, now }) => {
    const id = await changed(tx => act.settleTopic(tx, insideAs(actor), input, now))
    return { topic: (await whole(actor, id)).topic }
  })
  serve(app, tending.mergeCommunityTopic, tend, async (input, { actor, now }) => {
    const id = await changed(tx => act.mergeTopics(tx, insideAs(actor), input, now))
    return { topic: (await whole(actor, id)).topic }
  })
  serve(app, tending.removeCommunityTopic, tend, async (input, { actor, now }) => {
    await changed(tx => removeTopic(tx, insideAs(actor), input, now))
    return done
  })
  serve(app, tending.removeCommunityTry, tend, async (input, { actor, now }) => {
    await changed(tx => act.removeTry(tx, insideAs(actor), input, now))
    return done
  })

  serve(app, ties.topicFromConversation, rights['conversation:read'], ({ conversationId }, { actor }) =>
    tie.topicDraft(db, actor, conversationId),
  )
  serve(app, ties.topicsOfConversation, rights['conversation:read'], async ({ conversationId }, { actor }) => ({
    topics: await tiedToConversation(db, actor, await languageFor(actor), conversationId),
  }))
  serve(app, ties.conversationDraftFromPost, tend, ({ postId }, { actor }) => tie.conversationDraft(db, actor, postId))
  serve(app, ties.conversationFromPost, tend, (input, { actor, now }) =>
    madeSafe(input, async ready => {
      const begun = await changed(tx => tie.conversationFrom(tx, actor, ready, now))
      nudges.send('outbox')
      return begun
    }),
  )
  serve(app, ties.articleDraftFromTopic, tend, ({ topicId }, { actor }) => tie.articleDraft(db, actor, topicId))
  serve(app, ties.tieArticle, tend, async (input, { actor, now }) => {
    const topicId = await changed(tx => tie.tieArticle(tx, actor, input, now))
    const found = await tiesOf(db, { as: insideAs(actor), language: await languageFor(actor), member: actor }, [
      topicId,
    ])
    return { ties: found.get(topicId) ?? [] }
  })
  serve(app, ties.untie, tend, async ({ tieId }, { actor, now }) => {
    await changed(tx => tie.untie(tx, actor, tieId, now))
    return done
  })
  serve(app, ties.topicsOfArticle, read, async ({ articleId }, { actor }) => {
    await needArticle(db, articleId)
    const reader = { as: insideAs(actor), language: await languageFor(actor), member: actor }
    return { topics: await topicsTiedTo(db, reader, { articleId }) }
  })
}
