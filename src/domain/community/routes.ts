/** HTTP for the community at the desk: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import * as desk from '../../contract/community-desk.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { absent, Refusal, serve } from '../../platform/http/index.ts'
import { installation, type Member } from '../access/index.ts'
import { categoriesOf } from './categories.ts'
import { acceptAnswer, flagPost, follow, likePost } from './commands/beside.ts'
import { beginTopic, changePost, removePost, writePost } from './commands/say.ts'
import { tieConversation } from './commands/tie.ts'
import { findTopics } from './queries/finding.ts'
import { categoriesFollowed } from './queries/self.ts'
import { historyOf, queueCount } from './queries/tending.ts'
import { topicById, triesFor } from './queries/topic.ts'
import { topicsFor, topicsOfIds } from './queries/topics.ts'
import { communityOn, insideAs } from './reading.ts'
import { type CommunityParts, tendingRoutes } from './tending-routes.ts'
import { readyPost } from './text.ts'
import './words.ts'

export function communityRoutes(app: FastifyInstance, parts: CommunityParts) {
  const { db, rights, nudges } = parts
  const read = rights['community:read']
  const changed = async <T>(command: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await inTransaction(db, command)
    nudges.send('happened')
    return done
  }
  const languageFor = async (actor: Member) => {
    const { rows } = await sql<{
      language: string | null
    }>`select language from person where id = ${actor.personId}::uuid`.execute(db)
    return rows[0]?.language ?? (await installation(db)).language
  }
  const whole = async (
    actor: Member,
    topicId: string,
    it: { after?: string | undefined; before?: string | undefined } = {},
  ) => {
    const reader = { as: insideAs(actor), language: await languageFor(actor), member: actor }
    let found = await topicById(db, reader, topicId, { after: it.after ?? null, before: it.before ?? null })
    if (found?.is === 'moved') {
      const { rows } = await sql<{ id: string }>`select id from topic where number = ${found.number}`.execute(db)
      found = rows[0] ? await topicById(db, reader, rows[0].id, {}) : null
    }
    if (found?.is === 'removed') throw new Refusal('topic-removed', 410)
    if (found?.is !== 'topic') throw absent()
    return { topic: found.topic, page: found.page }
  }
  const done = { done: true as const }

  serve(app, desk.communityHome, read, async (_, { actor }) => {
    const as = insideAs(actor)
    const may =
      as.is === 'inside'
        ? { write: true, tend: as.tends, settle: as.settles }
        : { write: false, tend: false, settle: false }
    const [on, categories, queue, following] = await Promise.all([
      communityOn(db),
      categoriesOf(db, as),
      may.tend ? queueCount(db) : null,
      categoriesFollowed(db, as),
    ])
    return { on, categories, queue, following, may }
  })
  serve(app, desk.communityTopics, read, async ({ q, ...input }, { actor }) => {
    const [as, language] = [insideAs(actor), await languageFor(actor)]
    if (!q?.trim()) return topicsFor(db, as, language, input)
    const found = await findTopics(db, as, { q, language, typing: true, limit: 50, kind: input.kind })
    const topics = await topicsOfIds(
      db,
      as,
      language,
      found.map(each => each.id),
    )
    return {
      topics: input.categoryId ? topics.filter(each => each.category.id === input.categoryId) : topics,
      next: null,
    }
  })
  serve(app, desk.communityTopic, read, ({ topicId, ...page }, { actor }) => whole(actor, topicId, page))
  serve(app, desk.communityTopicAt, read, async ({ number }, { actor }) => {
    const { rows } = await sql<{ id: string }>`select id from topic where number = ${number}`.execute(db)
    if (!rows[0]) throw absent()
    return { topicId: (await whole(actor, rows[0].id)).topic.id }
  })
  serve(
    app,
    desk.beginCommunityTopic,
    read,
    async ({ body, steps, title, answer, fromConversationId, reviewDueAt, ...input }, { actor, now }) => {
      const [as, language] = [insideAs(actor), input.language ?? (await languageFor(actor))]
      const post = await readyPost({ body, steps, title })
      const answered = answer.trim() === '' ? null : await readyPost({ body: answer })
      const said = await changed(async tx => {
        const due = reviewDueAt ? new Date(reviewDueAt) : null
        const begun = await beginTopic(tx, as, { ...input, language, post, reviewDueAt: due }, now)
        if (fromConversationId)
          await tieConversation(
            tx,
            actor,
            { topicId: begun.topicId, conversationId: fromConversationId, is: 'from-conversation', postId: null },
            now,
          )
        if (answered && (await isFresh(tx, begun.topicId))) {
          const under = await writePost(tx, as, { press: null, topicId: begun.topicId, post: answered }, now)
          if (input.kind !== 'discussion')
            await acceptAnswer(tx, as, { topicId: begun.topicId, postId: under.postId }, now)
        }
        return begun
      })
      return whole(actor, said.topicId)
    },
  )
  serve(app, desk.writeCommunityPost, read, async ({ body, ...input }, { actor, now }) => {
    const post = await readyPost({ body })
    const said = await changed(tx => writePost(tx, insideAs(actor), { ...input, post }, now))
    return whole(actor, said.topicId, said.post > 2 ? { after: String(said.post - 1) } : {})
  })
  serve(app, desk.changeCommunityPost, read, async ({ postId, body, title, steps, seenRevision }, { actor, now }) => {
    const post = await readyPost({ body, title, steps })
    const { topicId } = await changed(tx => changePost(tx, insideAs(actor), { postId, post, seenRevision }, now))
    return whole(actor, topicId)
  })
  serve(app, desk.removeCommunityPost, read, async (input, { actor, now }) => {
    await changed(tx => removePost(tx, insideAs(actor), input, now))
    return done
  })
  serve(app, desk.likeCommunityPost, read, (input, { actor, now }) =>
    changed(tx => likePost(tx, insideAs(actor), input, now)),
  )
  serve(app, desk.flagCommunityPost, read, async (input, { actor, now }) => {
    await changed(tx => flagPost(tx, insideAs(actor), input, now))
    return done
  })
  serve(app, desk.acceptCommunityAnswer, read, async (input, { actor, now }) => {
    await changed(tx => acceptAnswer(tx, insideAs(actor), input, now))
    return whole(actor, input.topicId)
  })
  serve(app, desk.followCommunityTopic, read, async ({ topicId, mode }, { actor, now }) => {
    await changed(tx => follow(tx, insideAs(actor), { topicId }, mode, now))
    return done
  })
  serve(app, desk.followCommunityCategory, read, async ({ categoryId, mode }, { actor, now }) => {
    await changed(tx => follow(tx, insideAs(actor), { categoryId }, mode, now))
    return done
  })
  serve(app, desk.communityTries, read, async ({ topicId, after }, { actor }) => {
    const { topic } = await whole(actor, topicId)
    return triesFor(db, insideAs(actor), topic.id, { after: after ?? null })
  })
  serve(app, desk.communityPostHistory, rights['community:tend'], ({ postId }, { actor }) =>
    historyOf(db, insideAs(actor), postId),
  )
  tendingRoutes(app, { ...parts, changed, languageFor, whole })
}

/** Pressed twice, the answer stands there already. */
async function isFresh(tx: Tx, topicId: string): Promise<boolean> {
  const { rows } = await sql`select from topic where id = ${topicId}::uuid and last_number = 1`.execute(tx)
  return rows.length > 0
}
