/** Somebody who wrote, was copied, was asked, called and signed in is erased: nowhere in the database is a word, a name or an address of theirs, and what others said stands. */
import { randomUUIDv7 } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { portalDesk, tokensIn } from '../../../test/portal-desk.ts'
import type { Role } from '../../contract/session.ts'
import { inTransaction } from '../../platform/db/index.ts'
import type { Member } from '../access/index.ts'
import { indexMessages } from '../search/index.ts'
import { erase, erasureOf } from './commands.ts'

let made: Awaited<ReturnType<typeof portalDesk>>
beforeAll(async () => {
  made = await portalDesk()
})
afterAll(() => made.stop())

const address = 'Zyxwina.Quorl@vanish.example'
const lower = address.toLowerCase()
const name = 'Zyxwina Quorl'
/** What only they ever said. */
const theirs = 'flibbertigram'
const as = (personId: string, roles: [string, Role][], administrator = false) =>
  ({ is: 'member', personId, administrator, roles: new Map(roles) }) as unknown as Member
const run = (query: RawBuilder<unknown>) => query.execute(made.desk.database.db)
async function one<T>(query: RawBuilder<T>): Promise<T> {
  return (await query.execute(made.desk.database.db)).rows[0]!
}

/** Every place in which text of any kind can stand, and holds one of these. */
async function standsIn(needles: readonly string[]): Promise<string[]> {
  const { db } = made.desk.database
  const { rows: columns } = await sql<{ t: string; c: string; kind: string }>`
    select c.table_name as t, c.column_name as c, c.data_type as kind from information_schema.columns c join information_schema.tables i using (table_schema, table_name)
    where c.table_schema = 'public' and i.table_type = 'BASE TABLE' and (c.data_type in ('text', 'jsonb', 'bytea', 'ARRAY', 'tsvector', 'character varying') )`.execute(
    db,
  )
  const found: string[] = []
  for (const { t, c, kind } of columns) {
    const text = kind === 'bytea' ? sql`encode(${sql.ref(c)}, 'escape')` : sql`${sql.ref(c)}::text`
    const any = sql.join(
      needles.map(each => sql`strpos(lower(${text}), ${each.toLowerCase()}) > 0`),
      sql` or `,
    )
    const { rows } = await sql`select 1 from ${sql.table(t)} where ${any} limit 1`.execute(db)
    if (rows.length > 0) found.push(`${t}.${c}`)
  }
  return found.sort()
}

async function somebodyEverywhere() {
  const { db } = made.desk.database
  const { now } = made.desk.clock
  const { ana, bram, team } = made
  // Through the form, with a file; then signed in, and written once more.
  const form = (await made.look('/help/ask')).html
  const sent = await made.pressWith(
    '/help/ask',
    Object.entries({
      ...tokensIn(form),
      name,
      address,
      subject: `${theirs} subject`,
      text: `${theirs} one`,
      website: '',
    }),
    { name: `${theirs}.txt`, content: theirs },
  )
  expect(sent.status).toBe(303)
  const own = await one(sql<{ id: string; personId: string; addressId: string }>`
    select c.id, c.customer_id as person_id, a.id as address_id from conversation c join address a on a.person_id = c.customer_id where a.normal = ${lower}`)
  const { personId, addressId } = own
  const cookie = await made.signIn(lower)
  const page = `/help/mine/${own.id}`
  await made.press(
    `${page}/answer`,
    {
      ...tokensIn((await made.look(page, cookie)).html, 'id="reply"'),
      text: `I will send you the ${theirs} tomorrow.`,
    },
    cookie,
  )
  const version = (await made.row(own.id)).version
  expect((await made.say('ana', 'POST', `/conversations/${own.id}/replies`, made.reply(lower, version))).status).toBe(
    200,
  )
  expect(
    (await made.say('ana', 'POST', `/conversations/${own.id}/notes`, { body: `<p>${name} sounds kind</p>` })).status,
  ).toBe(200)

  // In somebody else's: copied, asked, and with a promise.
  const other = await made.fresh({
    customer: 'stays@saudade.example',
    owner: ana,
    words: 'The jug of somebody who stays',
  })
  await run(
    sql`insert into participant (conversation_id, address_id, person_id, role, since) values (${other.id}, ${addressId}, ${personId}, 'copied', ${now})`,
  )
  const said = async (words: string, authorId: string, kind: string, at: number, more = {}) => {
    const id = randomUUIDv7()
    const row = {
      authorRaw: kind === 'message' ? `${name} <${address}>` : null,
      recipients: [
        { role: 'cc', address: lower, name },
        { role: 'to', address: 'stays@saudade.example', name: 'Stays' },
      ],
      ...more,
    }
    await run(sql`insert into message (id, conversation_id, kind, at, subject, body_text, body_html, author_id, author_raw, recipients, rfc_id)
      values (${id}, ${other.id}, ${kind}, ${new Date(now.getTime() + at)}, 'Re: jug', ${words}, ${`<p>${words}</p>`}, ${authorId}, ${row.authorRaw}, ${JSON.stringify(row.recipients)}::jsonb, ${`${id}@x`})`)
    await inTransaction(db, tx =>
      indexMessages(tx, [
        {
          id,
          conversationId: other.id,
          kind,
          at: now,
          subject: 'Re: jug',
          bodyText: words,
          authorRaw: row.authorRaw,
          recipients: row.recipients,
          language: 'en',
        },
      ]),
    )
    return id
  }
  const quoted = await said(`The jug is red. On Monday ${address} wrote to us.`, ana.personId, 'reply', 1000)
  const wrote = await said(`${theirs} in theirs`, personId, 'message', 2000)
  await run(
    sql`insert into delivery (id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, raw, became, message_id) values (${randomUUIDv7()}, ${made.mailboxId}, 'imap', 'x', '\\x01', ${now}, 10, ${Buffer.from(`From: ${address} ${theirs}`)}, 'message', ${wrote})`,
  )
  await run(
    sql`insert into delivery (id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, raw, became, reason, detail) values (${randomUUIDv7()}, ${made.mailboxId}, 'imap', 'y', '\\x02', ${now}, 10, ${Buffer.from(`From: ${address} ${theirs}`)}, 'quarantined', 'unreadable', ${`of ${lower}`})`,
  )
  await run(sql`update conversation set preview = ${`${theirs} in theirs`} where id = ${other.id}`)
  const askId = randomUUIDv7()
  const [asked, hers] = [randomUUIDv7(), randomUUIDv7()]
  await run(
    sql`insert into promise (id, conversation_id, kind, direction, by_person_id, by_team_id, words, made_at, due_at) values (${hers}, ${other.id}, 'ask', 'inside', ${personId}, null, ${theirs}, ${now}, ${now}), (${asked}, ${other.id}, 'ask', 'inside', ${ana.personId}, ${team.id}, 'get the colour', ${now}, ${now})`,
  )
  await run(
    sql`update promise set ended_at = ${now}, ended_how = 'replaced', replaced_by = ${hers} where id = ${asked}`,
  )
  await run(
    sql`insert into promise (id, conversation_id, kind, direction, by_person_id, to_team_id, words, made_at, due_at) values (${randomUUIDv7()}, ${other.id}, 'action', 'theirs', ${personId}, ${team.id}, ${theirs}, ${now}, ${now})`,
  )
  await run(
    sql`insert into ask (id, conversation_id, by_id, expert_id, address_id, words, promise_id, asked_at, last_at) values (${askId}, ${other.id}, ${ana.personId}, ${personId}, ${addressId}, 'Which colour?', ${hers}, ${now}, ${now})`,
  )
  await run(
    sql`insert into ask_message (id, ask_id, kind, author_id, author_raw, at, body_text) values (${randomUUIDv7()}, ${askId}, 'answer', ${personId}, ${address}, ${now}, ${theirs})`,
  )
  await run(
    sql`insert into draft (conversation_id, person_id, kind, body, choices, seen_version, saved_at) values (${other.id}, ${bram.personId}, 'reply', 'Hm', ${JSON.stringify({ to: [lower] })}::jsonb, 1, ${now})`,
  )
  await run(sql`insert into outbox (id, mailbox_id, conversation_id, message_id, purpose, automatic, recipient, recipient_normal, address_id, rfc_id, content, created_at, not_before)
    select ${randomUUIDv7()}, ${made.mailboxId}, ${other.id}, ${quoted}, 'reply', false, 'stays@saudade.example', 'stays@saudade.example', id, 'q@x', ${JSON.stringify({ cc: [{ address: lower, name }] })}::jsonb, ${now}, ${now} from address where normal = 'stays@saudade.example'`)

  // What we know of them, and what they left elsewhere.
  const relationshipId = randomUUIDv7()
  await run(
    sql`insert into relationship (id, person_id, since) values (${relationshipId}, ${personId}, ${now}) on conflict (person_id) do nothing`,
  )
  await run(
    sql`insert into relationship_note (id, person_id, by_id, at, words) values (${randomUUIDv7()}, ${personId}, ${ana.personId}, ${now}, ${theirs})`,
  )
  await run(
    sql`insert into touch (id, person_id, by_id, kind, at, words, made_at) values (${randomUUIDv7()}, ${personId}, ${ana.personId}, 'call', ${now}, ${theirs}, ${now})`,
  )
  await run(
    sql`insert into goodwill (id, kind, state, minor, currency, person_id, conversation_id, team_id, by_id, what, reason, asked_at, granted_at) values (${randomUUIDv7()}, 'credit', 'granted', 4200, 'EUR', ${personId}, ${own.id}, ${team.id}, ${ana.personId}, ${theirs}, ${theirs}, ${now}, ${now})`,
  )
  await run(
    sql`insert into recent_search (id, person_id, text, at) values (${randomUUIDv7()}, ${ana.personId}, ${`from:${lower}`}, ${now}), (${randomUUIDv7()}, ${bram.personId}, ${name}, ${now})`,
  )
  await run(
    sql`insert into blocked_sender (id, kind, normal, at) values (${randomUUIDv7()}, 'address', ${lower}, ${now})`,
  )
  await run(
    sql`insert into kept_words (id, path, fields, bytes, created_at) values (${randomUUIDv7()}, '/help/community/new', ${JSON.stringify({ address: lower })}::jsonb, 9, ${now})`,
  )
  await run(sql`insert into spam_token (token) values (${`from:${lower}`})`)
  await run(sql`update person set about = ${theirs}, preferred_words = ${theirs} where id = ${personId}`)
  return { own, personId, other, quoted, wrote, askId }
}

test('nothing of a person who is erased stands anywhere; what others said and what was given stay, without them', async () => {
  const { db } = made.desk.database
  const { ana, bram, team, other: sales } = made
  const it = await somebodyEverywhere()
  const { personId } = it
  const before = await standsIn([name, lower, theirs])
  expect(before.length, before.join(' ')).toBeGreaterThan(25)
  const administrator = as(ana.personId, [], true)
  const lead = as(ana.personId, [[team.id, 'lead']])
  expect(await erasureOf(db, lead, personId)).toMatchObject({
    name,
    hinders: null,
    goes: { conversations: 1, open: 1, files: 1, elsewhere: 1 },
    stays: { goodwill: 1 },
  })
  expect(await erasureOf(db, as(bram.personId, [[sales.id, 'lead']]), personId)).toMatchObject({
    ...{ hinders: 'other-teams', goes: { conversations: 0, open: 0, files: 0, elsewhere: 0, posts: 0, notes: 0 } },
    stays: { goodwill: 0 },
  })
  // Who leads another team only, and who types another name, changes nothing.
  const { now } = made.desk.clock
  await expect(erase(db, as(bram.personId, [[sales.id, 'lead']]), { personId, name }, now)).rejects.toMatchObject({
    code: 'not-yours',
  })
  await expect(erase(db, administrator, { personId, name: 'Zyxwina' }, now)).rejects.toMatchObject({
    code: 'not-the-name',
  })
  await expect(erase(db, administrator, { personId: ana.personId, name: 'Ana' }, now)).rejects.toMatchObject({
    code: 'a-member',
  })
  expect((await standsIn([name, lower, theirs])).length).toBe(before.length)

  expect(await erase(db, lead, { personId, name: 'zyxwina  quorl' }, now)).toBe(1)
  expect(await standsIn([name, lower, theirs])).toEqual([])
  // Not even as an id of anybody: the log alone has it, and says by whom and how much.
  const { facts, actorId } = await one(
    sql<{
      facts: object
      actorId: string
    }>`select facts, actor_id from event where kind = 'person.erased' and subject_id = ${personId}`,
  )
  expect([facts, actorId]).toEqual([{ conversations: 1 }, ana.personId])
  expect(await one(sql`select minor::int as minor, currency, person_id from goodwill`)).toEqual({
    minor: 4200,
    currency: 'EUR',
    personId: null,
  })
  const { bodyText } = await one(sql<{ bodyText: string }>`select body_text from message where id = ${it.quoted}`)
  expect(bodyText).toBe('The jug is red. On Monday … wrote to us.')
  expect(await one(sql`select author_id, body_text from message where id = ${it.wrote}`)).toEqual({
    authorId: null,
    bodyText: '…',
  })
  const found = await one(
    sql<{ n: number }>`select count(*)::int as n from message_search where message_id in (${it.quoted}, ${it.wrote})`,
  )
  expect(found.n).toBe(2)
  expect((await made.row(it.other.id)).state).toBe('open')
  // The same mail does not come in again; whoever writes anew is somebody new.
  const removed = await one(
    sql<{
      n: number
    }>`select count(*)::int as n from delivery where became = 'removed' and raw is null and mail_id <> 'x'`,
  )
  expect(removed.n).toBeGreaterThanOrEqual(2)
  await expect(erasureOf(db, lead, personId)).rejects.toMatchObject({ status: 404 })
  const fresh = await made.fresh({ customer: lower })
  expect(fresh.customerId).not.toBe(personId)
})

test('a record that went up in theirs goes with them, however much there is', async () => {
  const { db } = made.desk.database
  const [a, b] = [
    await made.fresh({ customer: 'gone.a@vanish.example' }),
    await made.fresh({ customer: 'gone.b@vanish.example' }),
  ]
  for (let n = 0; n < 60; n++) await made.fresh({ customer: 'gone.a@vanish.example' })
  await run(sql`update address set person_id = ${a.customerId} where id = ${b.addressId}`)
  await run(sql`update person set name = 'Gone A' where id = ${a.customerId}`)
  await run(sql`update person set merged_into = ${a.customerId}, name = 'Gone B' where id = ${b.customerId}`)
  const of = { personId: a.customerId, name: 'Gone A' }
  expect(await erase(db, as(made.ana.personId, [], true), of, made.desk.clock.now)).toBe(62)
  expect(await standsIn(['gone.a@vanish', 'gone.b@vanish', 'Gone B'])).toEqual([])
})
