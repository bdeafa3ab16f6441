/** What belongs to writing: signatures below what goes out, messages passed on, pictures between the words, room for uploads, colleagues' drafts. */
import { randomUUIDv7 } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { noNudges } from '../../../test/desk.ts'
import {
  aConversation,
  aDesk,
  aMailbox,
  aMember,
  ask,
  aTeam,
  cookieOf,
  type TestConversation,
  type TestDesk,
  type TestMember,
  type TestTeam,
} from '../../../test/people.ts'
import { uploadLimits } from '../../contract/writing.ts'
import { signatureRoutes } from '../signatures/index.ts'
import { conversationRoutes } from './index.ts'

let desk: TestDesk
let team: TestTeam
let ana: TestMember
let bram: TestMember
let cookie = ''
let brams = ''
let mailboxId = ''
let it: TestConversation

beforeAll(async () => {
  desk = await aDesk({
    more: ({ app, database, access, files }) => {
      conversationRoutes(app, { db: database.db, rights: access.rights, files, nudges: noNudges })
      signatureRoutes(app, { db: database.db, rights: access.rights })
    },
  })
  team = await aTeam(desk)
  mailboxId = (await aMailbox(desk, team)).id
  ana = await aMember(desk, { name: 'Ana Kovačević', teams: { [team.id]: 'lead' } })
  bram = await aMember(desk, { name: 'Bram de Wit', teams: { [team.id]: 'teammate' } })
  cookie = await cookieOf(desk, ana)
  brams = await cookieOf(desk, bram)
})
afterAll(() => desk.close())
beforeEach(async () => {
  it = await aConversation(desk, { team, mailboxId, words: 'The grinder' })
})

const sql = async (text: string, ...values: unknown[]) => (await desk.database.pool.query(text, values)).rows
const at = (id = it.id) => `/api/v1/conversations/${id}`
const nextStep = () => ({ is: 'answered', followUpAt: new Date(desk.clock.now.getTime() + 4e8).toISOString() })
const customer = async () => (await sql('select written from address where id = $1', it.addressId))[0].written as string
async function reply(body: string, more: object = {}) {
  const seenVersion = (await sql('select version from conversation where id = $1', it.id))[0].version
  const recipients = { to: [await customer()], cc: [] }
  return ask(
    desk,
    'POST',
    `${at()}/replies`,
    { seenVersion, body, recipients, nextStep: nextStep(), ...more },
    { cookie },
  )
}
const sentFor = async (messageId: string) => sql('select * from outbox where message_id = $1', messageId)
async function upload(name: string, type: string, bytes: string, as = cookie) {
  const form = [
    '------x',
    `content-disposition: form-data; name="file"; filename="${name}"`,
    `content-type: ${type}`,
    '',
    bytes,
    '------x--',
    '',
  ]
  return ask(desk, 'POST', '/api/v1/uploads', form.join('\r\n'), {
    cookie: as,
    headers: { 'content-type': 'multipart/form-data; boundary=----x' },
  })
}

describe('a signature', () => {
  const sign = (path: string, signature: string | null, as = cookie) =>
    ask(desk, 'PUT', path, { signature }, { cookie: as })

  test('of the team stands below, one’s own instead of it, and the plain one without either', async () => {
    const plain = await reply('<p>One.</p>')
    expect((await sentFor(plain.body.messageId))[0].content.signature).toBeNull()
    await sign(
      `/api/v1/teams/${team.id}/signature`,
      '<p>{{me.name}} & {{team.name}}</p><p>about {{conversation.number}}</p>',
    )
    const ofTeam = await reply('<p>Two.</p>')
    const { number } = (await sql('select number from conversation where id = $1', it.id))[0]
    const { signature } = (await sentFor(ofTeam.body.messageId))[0].content
    expect(signature.text).toMatch(new RegExp(`^Ana Kovačević & Team .*\\n+about ${number}$`))
    await sign('/api/v1/me/signature', '<p>Ana, {{customer.firstName|hello}}<script>alert(1)</script></p>')
    const own = (await sentFor((await reply('<p>Three.</p>')).body.messageId))[0].content.signature
    expect(own.html).toBe('<p>Ana, Customer</p>')
    await sign('/api/v1/me/signature', '<p> </p>')
    await sign(`/api/v1/teams/${team.id}/signature`, null)
    expect((await sentFor((await reply('<p>Four.</p>')).body.messageId))[0].content.signature).toBeNull()
  })

  test('that somebody wrote by hand already is not put there twice', async () => {
    await sign('/api/v1/me/signature', '<p>Ana</p><p>Workshop</p>')
    const twice = await reply('<p>Done.</p><p>Ana</p><p>Workshop</p>')
    expect((await sentFor(twice.body.messageId))[0].content.signature).toEqual({ html: '', text: '' })
    await sign('/api/v1/me/signature', null)
  })

  test('is refused with what nobody can fill, and a team’s from who does not lead it', async () => {
    expect((await sign('/api/v1/me/signature', '{{me.shoe}}')).body.code).toBe('unknown-variable')
    expect((await sign(`/api/v1/teams/${team.id}/signature`, 'x', brams)).status).toBe(403)
    const shown = (await ask(desk, 'GET', '/api/v1/signatures', undefined, { cookie: brams })).body
    expect(shown.teams.find((one: { teamId: string }) => one.teamId === team.id).mayChange).toBe(false)
  })
})

describe('a message that is passed on', () => {
  const pass = (more: object = {}, as = cookie) =>
    ask(
      desk,
      'POST',
      `${at()}/messages/${it.messageId}/forward`,
      { to: ['maker@parts.example'], body: '<p>Do you have it?</p>', ...more },
      { cookie: as },
    )

  test('goes out with one’s words, nobody joins, nothing is owed otherwise, and the customer is not told', async () => {
    const before = await sql('select version, state from conversation where id = $1', it.id)
    const { status, body } = await pass()
    expect(status).toBe(200)
    const [row, ...others] = await sentFor(body.messageId)
    expect(others).toEqual([])
    expect(row.recipient).toBe('maker@parts.example')
    expect(row.address_id).toBeNull()
    expect(row.content).toMatchObject({
      is: 'forward',
      subject: 'Fwd: The grinder',
      inReplyTo: null,
      references: [],
      quotes: null,
    })
    const view = (await ask(desk, 'GET', at(), undefined, { cookie })).body
    expect(view.participants.map((one: { role: string }) => one.role)).toEqual(['customer'])
    const shown = view.messages.at(-1)
    expect(shown).toMatchObject({ kind: 'forward', trimmed: 'Do you have it?' })
    expect(shown.text).toMatch(/Do you have it\?[\s\S]*Forwarded message[\s\S]*Subject: The grinder[\s\S]*Hello\./)
    expect(await sql('select version, state from conversation where id = $1', it.id)).toEqual(before)
    // What the customer gets afterwards names nothing of it.
    const later = (await sentFor((await reply('<p>We asked.</p>')).body.messageId))[0].content
    expect(later.references).toEqual([`${it.messageId}@example.net`])
  })

  test('takes the chosen files along, and none of another message', async () => {
    const [sha256] = await desk.files.put([Buffer.from('plate')])
    await sql('insert into file (sha256, bytes) values ($1, 5) on conflict do nothing', sha256)
    const ids = [randomUUIDv7(), randomUUIDv7()]
    for (const [position, id] of ids.entries())
      await sql(
        `insert into attachment (id, message_id, sha256, name, media_type, bytes, position) values ($1, $2, $3, $4, 'image/png', 5, $5)`,
        id,
        it.messageId,
        sha256,
        `${position}.png`,
        position,
      )
    const { messageId } = (await pass({ files: [ids[1]] })).body
    expect(await sql('select name from attachment where message_id = $1', messageId)).toEqual([{ name: '1.png' }])
    const other = await aConversation(desk, { team, mailboxId })
    const path = `${at(other.id)}/messages/${other.messageId}/forward`
    const stolen = await ask(desk, 'POST', path, { to: ['m@parts.example'], body: 'x', files: [ids[0]] }, { cookie })
    expect(stolen.status).toBe(404)
    expect(
      (
        await ask(
          desk,
          'POST',
          `${at(other.id)}/messages/${it.messageId}/forward`,
          { to: ['m@parts.example'], body: 'x' },
          { cookie },
        )
      ).status,
    ).toBe(404)
  })

  test('comes back while it is held, and then it never went', async () => {
    await sql('update member set undo_seconds = 20 where person_id = $1', ana.personId)
    const { messageId, undoUntil } = (await pass()).body
    expect(Date.parse(undoUntil)).toBeGreaterThan(desk.clock.now.getTime())
    expect((await ask(desk, 'POST', `/api/v1/messages/${messageId}/undo`, {}, { cookie: brams })).status).toBe(404)
    const back = await ask(desk, 'POST', `/api/v1/messages/${messageId}/undo`, {}, { cookie })
    expect(back.body.body).toContain('Do you have it?')
    expect((await sentFor(messageId))[0].state).toBe('cancelled')
    expect((await ask(desk, 'POST', `/api/v1/messages/${messageId}/undo`, {}, { cookie })).status).toBe(409)
    await sql('update member set undo_seconds = 10 where person_id = $1', ana.personId)
  })

  test('is never a note', async () => {
    const { body } = await ask(desk, 'POST', `${at()}/notes`, { body: 'Between us.' }, { cookie })
    const path = `${at()}/messages/${body.messageId}/forward`
    expect((await ask(desk, 'POST', path, { to: ['m@parts.example'], body: 'x' }, { cookie })).body.code).toBe(
      'no-forward',
    )
  })
})

test('a note and a priority since then keep nobody from taking back what they just sent', async () => {
  const { messageId } = (await reply('<p>Tomorrow at eight.</p>')).body
  expect((await ask(desk, 'POST', `${at()}/notes`, { body: 'Keys are with Rui.' }, { cookie: brams })).status).toBe(200)
  expect((await ask(desk, 'PUT', `${at()}/priority`, { priority: 1 }, { cookie: brams })).status).toBe(200)
  expect((await ask(desk, 'POST', `/api/v1/messages/${messageId}/undo`, {}, { cookie })).status).toBe(200)
})

describe('files', () => {
  test('a picture between the words becomes a part of the mail, and lies among the uploads again when taken back', async () => {
    const { id } = (await upload('plate.png', 'image/png', 'a picture')).body
    expect((await ask(desk, 'GET', `/uploads/${id}`, undefined, { cookie })).headers['content-type']).toBe('image/png')
    expect((await ask(desk, 'GET', `/uploads/${id}`, undefined, { cookie: brams })).status).toBe(404)
    const { messageId } = (await reply(`<p>See</p><img src="/uploads/${id}" alt="plate">`)).body
    const [file] = await sql('select id, content_id, inline from attachment where message_id = $1', messageId)
    expect(file).toEqual({ id, content_id: id, inline: true })
    expect((await sql('select body_html from message where id = $1', messageId))[0].body_html).toContain(
      `data-cid="${id}"`,
    )
    const back = await ask(desk, 'POST', `/api/v1/messages/${messageId}/undo`, {}, { cookie })
    expect(back.body.body).toContain(`src="/uploads/${id}"`)
    expect((await reply(back.body.body)).status).toBe(200)
  })

  test('of somebody else are not taken by naming them', async () => {
    const { id } = (await upload('secret.png', 'image/png', 'secret', brams)).body
    const { messageId } = (await reply(`<p>See</p><img src="/uploads/${id}">`)).body
    expect(await sql('select id from attachment where message_id = $1', messageId)).toEqual([])
    expect((await reply('<p>x</p>', { attachments: [id] })).body.code).toBe('upload-gone')
  })

  test('that wait take room, and no more than there is', async () => {
    const [sha256] = await desk.files.put([Buffer.from('x')])
    await sql('insert into file (sha256, bytes) values ($1, 1) on conflict do nothing', sha256)
    const held = randomUUIDv7()
    await sql(
      `insert into upload (id, person_id, sha256, name, media_type, bytes, created_at) values ($1, $2, $3, 'big', 'a/b', $4, now())`,
      held,
      ana.personId,
      sha256,
      uploadLimits.perMember - 3,
    )
    expect((await upload('a.txt', 'text/plain', '123')).status).toBe(201)
    const full = await upload('b.txt', 'text/plain', '1')
    expect([full.status, full.body.code]).toEqual([413, 'uploads-full'])
    expect((await reply('<p>x</p>', { attachments: [held] })).body.code).toBe('mail-too-large')
    await sql('delete from upload where id = $1', held)
  })
})

test('what a colleague has begun is read by whoever reads the conversation, as plain words, and by nobody else', async () => {
  const body = '<p>Dear <b>Inês</b><script>alert(1)</script></p>'
  await ask(desk, 'PUT', `${at()}/drafts/reply`, { body, seenVersion: 1 }, { cookie: brams })
  const { drafts } = (await ask(desk, 'GET', `${at()}/drafts`, undefined, { cookie })).body
  expect(drafts).toMatchObject([{ person: { name: 'Bram de Wit' }, kind: 'reply', cut: false }])
  expect(drafts[0].text).toContain('Dear Inês')
  expect(drafts[0].text).not.toContain('<')
  expect((await ask(desk, 'GET', `${at()}/drafts`, undefined, { cookie: brams })).body.drafts).toEqual([])
  const outsider = await cookieOf(desk, await aMember(desk))
  expect((await ask(desk, 'GET', `${at()}/drafts`, undefined, { cookie: outsider })).status).toBe(404)
})

test('a novel is answered while others are, too', async () => {
  const novel = '<p>It was a dark and <b>stormy</b> night; the rain fell in torrents.</p>'.repeat(13_000)
  const sending = ask(desk, 'POST', `${at()}/notes`, { body: novel }, { cookie })
  let longest = 0
  let last = performance.now()
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  expect((await sending).status).toBe(200)
  clearInterval(watch)
  // Made safe on this thread it would take over a second; the rest is reading and writing a megabyte.
  expect(longest).toBeLessThan(600)
})
