/** A desk whose customers come to the pages under /help: real intake behind forms, and somebody who looks and presses as a browser without a script does. */
import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { customerRoutes } from '../src/domain/customers/index.ts'
import { startIntake } from '../src/domain/intake/index.ts'
import { silentLog } from '../src/platform/log/log.ts'
import { startParser } from '../src/platform/mail/reading/parser.ts'
import { articleAnswers } from '../src/portal/articles/article-answers.ts'
import { articlePages } from '../src/portal/articles/articles.ts'
import { withCommunity } from '../src/portal/community/answers.ts'
import { communityPages } from '../src/portal/community/community.ts'
import { render } from '../src/portal/pages/render.tsx'
import { portalRoutes } from '../src/portal/routes.ts'
import { noNudges } from './desk.ts'
import { aHelp } from './help-desk.ts'
import { structureDesk } from './structure-desk.ts'

const keys = [Buffer.alloc(32, 5)]

type Look = {
  status: number
  html: string
  to: string | undefined
  cookie: string | undefined
  headers: Record<string, unknown>
}

function lookOf(reply: LightMyRequestResponse): Look {
  const cookie = reply.cookies[0]
  return {
    status: reply.statusCode,
    html: reply.body,
    to: reply.headers.location as string | undefined,
    cookie: cookie ? `${cookie.name}=${cookie.value}` : undefined,
    headers: reply.headers,
  }
}

export const valueIn = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
export const tokensIn = (html: string, from = '') => {
  const at = html.indexOf(from)
  return { press: valueIn(html.slice(at), 'press'), form: valueIn(html.slice(at), 'form') }
}

export async function portalDesk() {
  const parser = startParser({ children: 1 })
  const desk = await structureDesk({
    more: ({ app, database, access, baseUrl, files, clock }) => {
      const { db } = database
      const intake = startIntake({
        ...{ db, files, parser, keys, log: silentLog(), nudges: noNudges },
        clock: () => clock.now,
      })
      const answers = withCommunity(
        db,
        articleAnswers(db, () => clock.now),
      )
      const help = aHelp(
        { db, baseUrl, files },
        {
          ...{ takeIn: intake.takeIn, replyKeys: keys, answers },
          more: [site => articlePages(site, files), site => communityPages(site, answers)],
        },
      )
      customerRoutes(app, {
        db,
        rights: access.rights,
        baseUrl,
        hosts: { origin: () => baseUrl.origin, renew: async () => {} },
      })
      portalRoutes(app, {
        db,
        rights: access.rights,
        nudges: noNudges,
        keys,
        pages: { render, css: '', script: null },
        help,
      })
    },
  })
  const { app, baseUrl } = desk.desk
  const { db } = desk.desk.database

  async function look(path: string, cookie?: string, headers: Record<string, string> = {}): Promise<Look> {
    const reply = await app.inject({
      url: path,
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...headers },
    })
    return lookOf(reply)
  }

  async function press(path: string, fields: Record<string, string | string[]>, cookie?: string): Promise<Look> {
    const pairs = Object.entries(fields).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, each]),
    )
    const reply = await app.inject({
      method: 'POST',
      url: path,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: baseUrl.origin,
        ...(cookie ? { cookie } : {}),
      },
      payload: new URLSearchParams(pairs).toString(),
    })
    return lookOf(reply)
  }

  /** With a file, as a browser sends it. */
  async function pressWith(
    path: string,
    fields: [string, string][],
    file: { name: string; content: string },
    cookie?: string,
  ) {
    const parts = [
      ...fields.map(([name, value]) => `------x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}`),
      `------x\r\ncontent-disposition: form-data; name="files"; filename="${file.name}"\r\ncontent-type: text/plain\r\n\r\n${file.content}`,
      '------x--\r\n',
    ]
    const reply = await app.inject({
      method: 'POST',
      url: path,
      headers: {
        'content-type': 'multipart/form-data; boundary=----x',
        origin: baseUrl.origin,
        ...(cookie ? { cookie } : {}),
      },
      payload: parts.join('\r\n'),
    })
    return lookOf(reply)
  }

  /** The link of the newest mail to an address. */
  async function mailedLink(to: string): Promise<string> {
    const { rows } = await sql<{ link: string }>`
      select content->>'link' as link from outbox where recipient_normal = ${to} and purpose = 'account' order by created_at desc, id desc limit 1`.execute(
      db,
    )
    return new URL(rows[0]!.link).pathname
  }
  async function signIn(address: string): Promise<string> {
    expect((await press('/help/sign-in', { address })).to).toContain('/help/sign-in/sent')
    const path = await mailedLink(address)
    expect((await look(path)).status).toBe(200)
    const inside = await press(path, {})
    expect(inside.status).toBe(303)
    return inside.cookie!
  }
  let people = 0
  const someone = (name: string) => `${name}${++people}@saudade.example`
  return {
    ...{ ...desk, look, press, pressWith, mailedLink, signIn, someone },
    stop: async () => {
      await desk.desk.close()
      await parser.stop()
    },
  }
}
