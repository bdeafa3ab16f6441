/** Search and lists of the pages outside with what the community knows: topics stand beneath articles, which were checked; practices that worked are among what many need. */
import {
  communityOn,
  communitySitemap,
  communitySitemapParts,
  type FoundTopic,
  findTopics,
  readingAs,
  topicPath,
  topicsFor,
} from '../../domain/community/index.ts'
import type { Db } from '../../platform/db/index.ts'
import type { Answer, Answers, Reader } from '../home/answers.ts'
import { homePath, practicesPath } from './places.ts'
import { sayIn } from './words.ts'

const mostFound = 8
const mostSuggested = 3
const mostPractices = 2

export function withCommunity(db: Db, articles: Answers): Answers {
  // Where there is none, or it is switched off, nothing in it may be read.
  const found = async (q: string, { personId, language }: Reader, more: { limit: number; typing?: boolean }) =>
    findTopics(db, await readingAs(db, personId), { q, language, ...more })
  return {
    ...articles,
    async popular(reader) {
      const [needed, practices] = await Promise.all([articles.popular(reader), bestPractices(db, reader)])
      return [...needed, ...practices]
    },
    async like(words, reader) {
      const [answers, topics] = await Promise.all([
        articles.like(words, reader),
        found(words, reader, { limit: mostFound }),
      ])
      return [...answers, ...topics.map(each => answerOf(each, reader.language))]
    },
    async suggest(text, reader) {
      const [answers, topics] = await Promise.all([
        articles.suggest(text, reader),
        found(text.split('\n').find(Boolean) ?? '', reader, { limit: mostSuggested }),
      ])
      return [...answers, ...topics.map(each => answerOf(each, reader.language))]
    },
    listed: {
      async parts() {
        if (!(await communityOn(db))) return articles.listed.parts()
        const [others, count] = await Promise.all([articles.listed.parts(), communitySitemapParts(db)])
        return [...others, 'community', ...Array.from({ length: count }, (_, at) => `topics-${at}`)]
      },
      async part(name) {
        const at = /^topics-(\d{1,6})$/.exec(name)?.[1]
        if (!at && name !== 'community') return articles.listed.part(name)
        if (!(await communityOn(db))) return []
        if (!at) return [homePath, practicesPath].map(path => ({ path, changedAt: null }))
        return (await communitySitemap(db, Number(at))).map(each => ({ path: topicPath(each), changedAt: each.lastAt }))
      },
    },
  }
}

/** Those that worked for somebody, the newest first. */
async function bestPractices(db: Db, { personId, language }: Reader): Promise<Answer[]> {
  if (!(await communityOn(db))) return []
  const as = await readingAs(db, personId)
  const { topics } = await topicsFor(db, as, language, { kind: 'practice', limit: 10 })
  const say = sayIn(language)
  return topics
    .filter(({ worked }) => worked > 0)
    .toSorted((a, b) => b.worked - a.worked)
    .slice(0, mostPractices)
    .map(each => ({
      ...{ title: each.title, path: topicPath(each) },
      beneath: say('home.practice', {
        name: each.author.name ?? say(each.author.is === 'left' ? 'author.left' : 'author.somebody'),
        count: each.worked,
      }),
    }))
}

function answerOf(each: FoundTopic, language: string): Answer {
  const say = sayIn(language)
  const category = each.category.name
  const replies = each.answers > 0 ? say('row.replies', { count: each.answers }) : say('row.noReply')
  const beneath =
    each.kind === 'practice'
      ? say('home.foundPractice', { category })
      : each.accepted
        ? say('home.foundAnswered', { category })
        : say('home.found', { replies, category })
  const shift = beneath.length + 1
  return {
    ...{ title: each.title.text, path: topicPath(each), beneath: `${beneath} ${each.excerpt.text}` },
    marks: {
      title: each.title.marks,
      beneath: each.excerpt.marks.map(([from, to]): [number, number] => [from + shift, to + shift]),
    },
  }
}
