/** A desk whose mails carry links, and somebody outside who opens them: answers, follow-ups and options over HTTP. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { askRoutes } from '../src/domain/asks/index.ts'
import { type LinkPurpose, linkToken } from '../src/domain/channels/index.ts'
import { savedReplyRoutes } from '../src/domain/saved-replies/index.ts'
import { render } from '../src/portal/pages/render.tsx'
import { portalRoutes } from '../src/portal/routes.ts'
import { noNudges } from './desk.ts'
import { aHelp } from './help-desk.ts'
import { structureDesk } from './structure-desk.ts'

const keys = [randomBytes(32)]
type Wanted = { purpose: LinkPurpose; subjectId: string; until: string; choice: string | null }

export async function outsideDesk() {
  const { desk, ana, at, say, fresh, row, openKinds, messagesOf } = await structureDesk({
    more: ({ app, database, access, files, baseUrl }) => {
      portalRoutes(app, {
        ...{ db: database.db, rights: access.rights, nudges: noNudges, keys, pages: { render, css: '', script: null } },
        help: aHelp({ db: database.db, baseUrl, files }),
      })
      askRoutes(app, { db: database.db, rights: access.rights, files, nudges: noNudges, baseUrl })
      savedReplyRoutes(app, { db: database.db, rights: access.rights, nudges: noNudges })
    },
  })
  const begun = desk.clock.now
  /** Everybody is still signed in then. */
  async function days(n: number) {
    const now = new Date(begun.getTime() + n * 86_400_000)
    desk.clock.now = now
    await sql`update session set last_seen_at = ${now}, expires_at = ${now}::timestamptz + interval '1 day'`.execute(
      desk.database.db,
    )
  }

  /** Every link of the newest mail of a conversation, made as composing makes them. */
  async function links(conversationId: string) {
    const { rows } = await sql<{ links: Wanted[]; number: number; normal: string }>`
      select o.content->'links' as links, a.number, a.normal from outbox o join address a on a.id = o.address_id
      where o.conversation_id = ${conversationId}::uuid order by o.created_at desc, o.id desc limit 1`.execute(
      desk.database.db,
    )
    const { links: wanted, number, normal } = rows[0]!
    return wanted.map(({ purpose, subjectId, until, choice }) => ({
      ...{ purpose, subjectId, choice: choice ?? '' },
      token: linkToken({ purpose, subjectId, until: new Date(until), addressNumber: number, recipient: normal }, keys),
    }))
  }
  const linkOf = async (id: string, purpose: LinkPurpose) =>
    (await links(id)).find(each => each.purpose === purpose)!.token

  /** The link in the mail that asked an expert. */
  async function linkOfAsk(askId: string) {
    const { rows } = await sql<{ links: Wanted[]; number: number; normal: string }>`
      select o.content->'links' as links, a.number, a.normal from outbox o join address a on a.id = o.address_id join ask_message m on m.id = o.ask_message_id
      where m.ask_id = ${askId}::uuid order by o.created_at, o.id limit 1`.execute(desk.database.db)
    const { links: wanted, number, normal } = rows[0]!
    const { purpose, subjectId, until } = wanted[0]!
    return linkToken({ purpose, subjectId, until: new Date(until), addressNumber: number, recipient: normal }, keys)
  }

  async function look(path: string) {
    const reply = await desk.app.inject({ url: path, headers: { accept: 'text/html' } })
    return { status: reply.statusCode, html: reply.body, headers: reply.headers }
  }
  const formIn = (html: string) => /name="form" value="([^"]+)"/.exec(html)?.[1] ?? ''
  async function press(token: string, fields: Record<string, string>, form?: string) {
    const reply = await desk.app.inject({
      method: 'POST',
      url: `/o/${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: desk.baseUrl.origin },
      payload: new URLSearchParams({ form: form ?? formIn((await look(`/o/${token}`)).html), ...fields }).toString(),
    })
    return { status: reply.statusCode, html: reply.body, to: reply.headers.location }
  }
  let customers = 0
  const aCustomer = () => `c${++customers}@saudade.example`
  const answer = (customer: string, version: number, more: object = {}) => ({
    ...{ seenVersion: version, body: '<p>Press the seal in, flat side towards you.</p>' },
    ...{ recipients: { to: [customer], cc: [] }, nextStep: { is: 'answered', followUpAt: at(1) }, ...more },
  })
  async function answered(customer = aCustomer(), more: object = {}) {
    const it = await fresh({ customer, owner: ana })
    const done = await say('ana', 'POST', `/conversations/${it.id}/replies`, answer(customer, 1, more))
    expect(done.status).toBe(200)
    return { ...it, customer }
  }
  async function asked(customer = aCustomer(), more: object = {}) {
    const it = await answered(customer, more)
    const { version } = await row(it.id)
    const sent = await say('ana', 'POST', `/conversations/${it.id}/follow-up`, {
      seenVersion: version,
      body: 'Did it hold?',
    })
    expect(sent.body).toMatchObject({ state: 'solved', notAsked: null })
    return it
  }
  const events = async (id: string, kind: string) =>
    (
      await sql<{
        facts: Record<string, unknown>
      }>`select facts from event where subject_id = ${id}::uuid and kind = ${kind} order by seq`.execute(
        desk.database.db,
      )
    ).rows.map(each => each.facts)

  const options = (more: object = {}) => ({
    until: at(48),
    options: [
      {
        words: 'Thursday at eight',
        consequence: '45 minutes without coffee.',
        promise: { words: 'Tomasz fits it', dueAt: at(72) },
      },
      { words: 'A Faro 2 to borrow', consequence: 'Here on Friday.', cost: '€60 both ways' },
    ],
    ...more,
  })
  async function offered(more: object = {}) {
    const customer = aCustomer()
    const it = await fresh({ customer, owner: ana })
    const nextStep = { is: 'your-turn', askAgainAt: at(60) }
    const sent = await say(
      'ana',
      'POST',
      `/conversations/${it.id}/replies`,
      answer(customer, 1, { nextStep, options: options(), ...more }),
    )
    expect(sent.status).toBe(200)
    return { ...it, customer, messageId: sent.body.messageId as string }
  }
  const offerIn = async (id: string) =>
    (await say('ana', 'GET', `/conversations/${id}`)).body.messages.find((each: { offer: unknown }) => each.offer).offer

  return {
    desk: { ...desk, linkKeys: keys },
    ana,
    at,
    say,
    fresh,
    row,
    openKinds,
    messagesOf,
    days,
    links,
    linkOf,
    linkOfAsk,
    look,
    formIn,
    press,
    aCustomer,
    answer,
    answered,
    asked,
    events,
    options,
    offered,
    offerIn,
  }
}
