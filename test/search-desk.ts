/** A desk with two teams and three members on which messages are written and searched over HTTP. */
import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'vitest'
import type { Found, Marked } from '../src/contract/search.ts'
import { searchRoutes } from '../src/domain/conversations/search/routes.ts'
import { type FreshMessage, insertMessages } from '../src/domain/conversations/tables.ts'
import { countSome } from '../src/domain/search/upkeep.ts'
import { inTransaction } from '../src/platform/db/index.ts'
import { aConversation, aDesk, aMember, ask, aTeam, cookieOf, type TestMember, type TestTeam } from './people.ts'

type Wishes = Partial<FreshMessage> & { team?: TestTeam; owner?: TestMember | null; words?: string; customer?: string }

export async function searchDesk() {
  const desk = await aDesk({
    more: ({ app, database, access }) => searchRoutes(app, { db: database.db, rights: access.rights }),
  })
  desk.clock.now = new Date('2026-11-24T09:00:00Z')
  const here = await aTeam(desk, { name: 'Workshop' })
  const there = await aTeam(desk, { name: 'Sales' })
  const ana = await aMember(desk, { name: 'Ana Kovačević', teams: { [here.id]: 'lead' } })
  const bram = await aMember(desk, { name: 'Bram de Wit', teams: { [there.id]: 'teammate' } })
  const cora = await aMember(desk, { name: 'Cora Colleague', teams: { [here.id]: 'colleague' } })
  const cookies = new Map<TestMember, string>()
  for (const member of [ana, bram, cora]) cookies.set(member, await cookieOf(desk, member))

  /** A conversation with a message of this text; its id. */
  async function said(bodyText: string, wishes: Wishes = {}): Promise<string> {
    const { team, owner, words, customer, ...message } = wishes
    const at = await aConversation(desk, {
      team: team ?? here,
      owner: owner ?? null,
      words: words ?? 'Matter',
      ...(customer ? { customer } : {}),
    })
    await also(at.id, bodyText, message)
    return at.id
  }

  async function also(conversationId: string, bodyText: string, wishes: Partial<FreshMessage> = {}): Promise<string> {
    const id = randomUUIDv7()
    const message: FreshMessage = {
      ...{ id, conversationId, kind: 'message', authorId: null, authorRaw: null, recipients: [], at: desk.clock.now },
      ...{ subject: null, bodyText, trimmed: null, bodyHtml: null, trimmedHtml: null, language: null, rfcId: null },
      ...{ nextStep: null, undo: null, undoUntil: null },
      ...wishes,
    }
    await inTransaction(desk.database.db, tx => insertMessages(tx, [message]))
    return id
  }

  async function search(q: string, more: Record<string, string> = {}, who: TestMember = ana) {
    const answer = await ask(desk, 'GET', '/api/v1/search', { q, ...more }, { cookie: cookies.get(who)! })
    expect(answer.status, answer.text).toBe(200)
    return answer.body as {
      found: Found[]
      next: string | null
      total: { count: number; more: boolean } | null
      people: { id: string; name: Marked }[]
      jump: { number: number } | null
      notUnderstood: { term: string }[]
      didYouMean: string | null
    }
  }

  const ids = async (q: string, more?: Record<string, string>, who?: TestMember) =>
    (await search(q, more, who)).found.map(each => each.conversation.id)
  const shown = ({ text, marks }: Marked) => marks.map(([from, to]) => text.slice(from, to))

  async function countAll() {
    const later = new Date(Date.now() + 86_400_000)
    while (await countSome(desk.database.db, later));
  }
  return { desk, here, there, ana, bram, cora, cookies, said, also, search, ids, shown, countAll }
}
