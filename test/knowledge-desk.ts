/** A desk with articles for tests: a lead, a teammate, a colleague and a partner of one team, and what they do over HTTP. */
import { expect } from 'vitest'
import { knowledgeRoutes } from '../src/domain/knowledge/index.ts'
import { aDesk, aMember, ask, aTeam, cookieOf } from './people.ts'

const silence = { send: () => {} }
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export async function knowledgeDesk() {
  const desk = await aDesk({
    more: ({ app, database, access, files, baseUrl }) =>
      knowledgeRoutes(app, { db: database.db, rights: access.rights, nudges: silence, files, baseUrl }),
  })
  const team = await aTeam(desk)
  const cookies: Record<string, string> = {}
  const ids: Record<string, string> = {}
  const people = {
    lead: { teams: { [team.id]: 'lead' } },
    teammate: { teams: { [team.id]: 'teammate' } },
    colleague: { teams: { [team.id]: 'colleague' } },
    partner: { teams: { [team.id]: 'partner' } },
  } as const
  for (const [kind, wishes] of Object.entries(people)) {
    const member = await aMember(desk, wishes)
    ids[kind] = member.personId
    cookies[kind] = await cookieOf(desk, member)
  }
  const say = (kind: string, method: Method, path: string, body?: unknown) =>
    ask(desk, method, `/api/v1${path}`, body, { cookie: cookies[kind]! })
  async function made(title: string, body = '<p>Words.</p>', more: object = {}, kind = 'lead') {
    const {
      status,
      body: answer,
      text,
    } = await say(kind, 'POST', '/articles', { language: 'en', title, body, ...more })
    expect(status, text).toBe(200)
    return answer.article.id as string
  }
  async function published(title: string, body?: string, more: object = {}) {
    const id = await made(title, body, more)
    const { status, text, body: answer } = await say('lead', 'POST', `/articles/${id}/texts/en/publish`, {})
    expect(status, text).toBe(200)
    const path = answer.article.editions[0].path as string
    return { id, path, slug: decodeURIComponent(path.split('/').at(-1)!) }
  }
  async function settle(id: string, more: object) {
    const { article } = (await say('lead', 'GET', `/articles/${id}`)).body
    const { status, text } = await say('lead', 'PUT', `/articles/${id}`, {
      ...{ categoryId: article.categoryId, audience: article.audience, organisationIds: [] },
      ...{ ownerId: article.owner.id, reviewEveryDays: null, reviewDueAt: null, ...more },
    })
    expect(status, text).toBe(200)
  }
  const db = () => desk.database.db
  return { desk, team, cookies, ids, say, made, published, settle, db }
}
