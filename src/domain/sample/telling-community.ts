/** Tells what people say to each other, by the commands they use. What would wait here, because everything of newcomers does, gets its look at once. All of it marked. */
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import {
  acceptAnswer,
  beginTopic,
  type CommunityAs,
  changeSelf,
  insideAs,
  likePost,
  makeCommunityCategory,
  readyPost,
  type Said,
  settlePost,
  tieArticle,
  tryPractice,
  writePost,
} from '../community/index.ts'
import type { Colleague, Customer } from './story/cast.ts'
import { known } from './story/houses.ts'
import type { CommunityStep } from './story/outside.ts'
import { markSample } from './tables.ts'
import type { Telling, Told } from './told.ts'

type Of<Does extends CommunityStep['does']> = Extract<CommunityStep, { does: Does }>

export async function tellCommunity(telling: Telling, told: Told, step: CommunityStep, at: Date): Promise<void> {
  if (step.does === 'topic' || step.does === 'post') return say(telling, told, step, at)
  await inTransaction(telling.db, tx => act(tx, telling, told, step, at))
}

function asWhom({ stage }: Telling, who: Colleague | Customer): CommunityAs {
  return who in stage.colleagues
    ? insideAs(stage.colleagues[who as Colleague])
    : { is: 'person', personId: stage.customers[who as Customer], organisations: [] }
}

async function say(telling: Telling, told: Told, step: Of<'topic'> | Of<'post'>, at: Date): Promise<void> {
  const [as, ana] = [asWhom(telling, step.by), insideAs(telling.stage.colleagues.ana)]
  const post = await readyPost(
    step.does === 'topic' ? { title: step.title, body: step.text, steps: step.steps } : { body: step.text },
  )
  await inTransaction(telling.db, async tx => {
    let said: Said
    if (step.does === 'topic') {
      const begun = { press: null, categoryId: told.forums.get(step.in)!, kind: step.kind, language: 'en', post }
      said = await beginTopic(tx, as, begun, at)
      await markSample(tx, 'topic', said.topicId)
      told.topics.set(step.about, { id: said.topicId, posts: [said.postId] })
    } else {
      const topic = told.topics.get(step.about)!
      said = await writePost(tx, as, { press: null, topicId: topic.id, post }, at)
      topic.posts.push(said.postId)
    }
    const waits = step.does === 'post' && step.waits
    if (said.state === 'waiting' && !waits)
      await settlePost(tx, ana, { postId: said.postId, as: 'stand', because: '' }, at)
  })
}

type Acting = Exclude<CommunityStep, Of<'topic'> | Of<'post'>>

async function act(tx: Tx, telling: Telling, told: Told, step: Acting, at: Date): Promise<void> {
  const topic = told.topics.get(step.about)
  const postId = 'post' in step ? topic!.posts[step.post - 1]! : ''
  switch (step.does) {
    case 'forum': {
      const names = [
        { language: 'en', ...step.en },
        { language: 'de', ...step.de },
      ]
      const place = { names, position: step.position, audience: step.audience, organisationIds: [] }
      const ana = insideAs(telling.stage.colleagues.ana)
      const id = await makeCommunityCategory(tx, ana, { ...place, begins: 'everybody', archived: false }, at)
      await markSample(tx, 'community_category', id)
      told.forums.set(step.about, id)
      return
    }
    case 'come-from': {
      const from = known.find(house => house.people.includes(step.by))?.name ?? null
      return changeSelf(tx, asWhom(telling, step.by), { shownName: null, from, digest: 'never' }, at)
    }
    case 'like':
      for (const who of step.by) await likePost(tx, asWhom(telling, who), { postId, on: true }, at)
      return
    case 'accept':
      return acceptAnswer(tx, asWhom(telling, step.by), { topicId: topic!.id, postId }, at)
    case 'tried':
      return tryPractice(tx, asWhom(telling, step.by), { topicId: topic!.id, worked: true, words: step.text }, at)
    case 'tie': {
      const tied = { topicId: topic!.id, articleId: told.articles.get(step.article)!, is: step.is, postId: null }
      await tieArticle(tx, telling.stage.colleagues[step.by], tied, at)
      return
    }
  }
}
