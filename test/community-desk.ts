/** A community for tests: a desk with members, people outside, categories for everybody, for an organisation and for us, and what they do in it. */
import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'vitest'
import type { TopicKind } from '../src/contract/community.ts'
import type { Audience } from '../src/contract/knowledge.ts'
import {
  beginTopic,
  type CommunityAs,
  readingAs,
  readyPost,
  type Said,
  topicAt,
  writePost,
} from '../src/domain/community/index.ts'
import { communityRoutes } from '../src/domain/community/routes.ts'
import { inTransaction, type Tx } from '../src/platform/db/index.ts'
import { aDesk, aMember, ask, aTeam, cookieOf } from './people.ts'

const silence = { send: () => {} }
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const day = 86_400_000

export async function communityDesk() {
  const desk = await aDesk({
    more: ({ app, database, access }) =>
      communityRoutes(app, { db: database.db, rights: access.rights, nudges: silence }),
  })
  const { db, pool } = desk.database
  const team = await aTeam(desk)
  const cookies: Record<string, string> = {}
  const ids: Record<string, string> = {}
  const kinds = ['lead', 'teammate', 'colleague', 'partner'] as const
  for (const kind of kinds) {
    const member = await aMember(desk, { teams: { [team.id]: kind } })
    ids[kind] = member.personId
    cookies[kind] = await cookieOf(desk, member)
  }
  const say = (kind: string, method: Method, path: string, body?: unknown) =>
    ask(desk, method, `/api/v1${path}`, body, { cookie: cookies[kind]! })
  const act = <T>(command: (tx: Tx) => Promise<T>) => inTransaction(db, command)
  const now = () => desk.clock.now
  const pass = (ms: number) => {
    desk.clock.now = new Date(desk.clock.now.getTime() + ms)
  }

  async function organisation(name: string): Promise<string> {
    const id = randomUUIDv7()
    await pool.query('insert into organisation (id, name, created_at) values ($1, $2, $3)', [id, name, now()])
    return id
  }
  async function person(name: string, organisations: readonly string[] = []): Promise<string> {
    const id = randomUUIDv7()
    await pool.query('insert into person (id, name, created_at) values ($1, $2, $3)', [id, name, now()])
    await pool.query(
      `insert into address (id, person_id, kind, written, normal, verified_at, created_at) values ($1, $2, 'mail', $3, $3, $4, $4)`,
      [randomUUIDv7(), id, `${id.slice(-12)}@cafe.example`, now()],
    )
    for (const each of organisations)
      await pool.query('insert into membership (person_id, organisation_id, since) values ($1, $2, $3)', [
        id,
        each,
        now(),
      ])
    return id
  }
  const as = (personId: string | null): Promise<CommunityAs> => readingAs(db, personId)
  async function category(audience: Audience = 'public', more: object = {}): Promise<string> {
    const { status, body, text } = await say('lead', 'POST', '/community/categories', {
      names: [{ language: 'en', name: `Place ${randomUUIDv7().slice(-6)}` }],
      audience,
      ...more,
    })
    expect(status, text).toBe(200)
    return body.categories.at(-1).id
  }
  async function topic(
    who: CommunityAs,
    categoryId: string,
    title: string,
    body = 'Some words.',
    kind: TopicKind = 'question',
  ) {
    const post = await readyPost({ title, body, steps: kind === 'practice' ? ['First this.', 'Then that.'] : [] })
    return act(tx => beginTopic(tx, who, { press: randomUUIDv7(), categoryId, kind, language: 'en', post }, now()))
  }
  async function post(who: CommunityAs, topicId: string, body: string): Promise<Said> {
    const ready = await readyPost({ body })
    return act(tx => writePost(tx, who, { press: randomUUIDv7(), topicId, post: ready }, now()))
  }
  /** Somebody who has been here for long: posts that stood, on many days. */
  async function longHere(personId: string, { posts = 40, days = 20 } = {}): Promise<void> {
    const [first] = (await pool.query('select id from community_category order by made_at limit 1')).rows
    const topicId = randomUUIDv7()
    await pool.query(
      `insert into topic (id, category_id, kind, title, slug, likeness, language, state, last_number, begun_at, last_at) values ($1, $2, 'discussion', 'Long ago', 'long-ago', 'long ago', 'en', 'standing', $3, $4, $4)`,
      [topicId, first.id, posts, new Date(now().getTime() - 90 * day)],
    )
    await pool.query(
      `insert into post (id, topic_id, number, author_id, source, html, words, state, alike, came_by, at)
        select gen_random_uuid(), $1, n, $2, 'x', '<p>x</p>', 'x', 'standing', ''::bytea, 'page', $3::timestamptz - ((n % $5) + 2) * interval '1 day' from generate_series(1, $4) n`,
      [topicId, personId, now(), posts, days],
    )
  }
  const shown = async (who: CommunityAs, number: number) => topicAt(db, who, 'en', number)
  return {
    desk,
    db,
    pool,
    team,
    ids,
    cookies,
    say,
    act,
    now,
    pass,
    organisation,
    person,
    as,
    category,
    topic,
    post,
    longHere,
    shown,
  }
}
