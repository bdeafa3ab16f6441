/** Asks on a real PostgreSQL: whose promise it is, who sees what, whom one can’t ask, and where an ask goes with its conversation. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AskDesk, anAskDesk, baseUrl, words } from '../../../test/ask-desk.ts'
import { keys, mail } from '../../../test/desk.ts'
import type { Keys } from '../../platform/config/keys.ts'
import { read } from '../../platform/mail/reading/read.ts'
import { composeAll } from '../channels/send/compose.ts'
import { claimRows } from '../channels/send/rows.ts'
import { merge } from '../conversations/commands/merge.ts'
import { handOver } from '../conversations/commands/ownership.ts'
import { putAway, takeBack } from '../conversations/commands/put-away.ts'
import { replyTo } from '../conversations/commands/reply.ts'
import { nameFiles } from '../conversations/index.ts'
import { makeAsk } from './commands/ask.ts'
import { closeAsk, nameTime, writeInAsk } from './commands/write.ts'
import { asksOf, findExperts, myAsks } from './queries.ts'

let it: AskDesk
beforeAll(async () => {
  it = await anAskDesk()
})
afterAll(() => it.close())

test('asking promises the asker’s own "get it from Jane", mails the question and only what was chosen, and changes nothing that is owed', async () => {
  const one = await it.matter()
  const { askId } = await it.asked({ conversationId: one.id })
  const before = await sql<{
    state: string
    due: Date
  }>`select state, due_at as due from conversation where id = ${one.id}::uuid`.execute(it.desk.db)
  expect(before.rows[0]!.state).toBe('open')
  expect(await it.promises(one.id)).toEqual([{ by: 'Bram de Wit', to: null, how: null, kind: 'ask' }])
  const sent = (await it.lastMail(askId))!
  expect(sent).toMatchObject({ recipient: 'jane@lindqvist.example', automatic: false })
  expect(JSON.stringify(sent.content)).not.toContain('Secret project')
  expect(JSON.stringify(sent.content)).not.toContain('fuse trips')
  const { askId: other } = await it.asked({ conversationId: one.id, context: [one.messageId] })
  expect(JSON.stringify((await it.lastMail(other))!.content)).toContain('fuse trips')
  expect(JSON.stringify((await it.lastMail(other))!.content)).not.toContain('Secret project')
})

test('the expert without a team sees the question and what was chosen, and nothing else; others see nothing', async () => {
  const { askId, conversationId, messageId } = await it.asked()
  const seen = await it.view(askId, it.jane)
  expect(seen).toMatchObject({ conversation: null, context: [], may: { answer: true, relay: false, tend: false } })
  expect(seen.promise?.conversationId).toBeNull()
  expect(JSON.stringify(seen)).not.toMatch(/Secret|trips|saudade/)
  await expect(asksOf(it.desk.db, it.jane, conversationId, it.desk.clock.now)).rejects.toMatchObject({ status: 404 })
  const stranger = { ...it.jane, personId: randomUUIDv7() }
  await expect(it.view(askId, stranger)).rejects.toMatchObject({ status: 404 })
  await expect(
    it.act(tx => writeInAsk(tx, baseUrl, stranger, { askId, body: words('x'), is: 'answer' }, it.desk.clock.now)),
  ).rejects.toMatchObject({ status: 404 })
  // Somebody else's message goes along with no ask.
  const elsewhere = await it.matter()
  await expect(it.asked({ conversationId, context: [messageId, elsewhere.messageId] })).rejects.toMatchObject({
    status: 404,
  })
})

test('files of the chosen messages go along when they were chosen, in the desk and by mail, and no others', async () => {
  const [one, other] = [await it.matter(), await it.matter()]
  const file = async (messageId: string, name: string) => {
    const id = randomUUIDv7()
    const [sha256] = await it.desk.files.put([Buffer.from(`what ${name} says`)])
    await it.act(async tx => {
      await nameFiles(tx, [{ sha256: sha256!, bytes: 9 }])
      await sql`insert into attachment (id, message_id, position, sha256, name, media_type, bytes, inline) values (${id}, ${messageId}, 0, ${sha256}, ${name}, 'text/plain', 9, false)`.execute(
        tx,
      )
    })
    return id
  }
  const [log, foreign] = [await file(one.messageId, 'log.txt'), await file(other.messageId, 'secret.txt')]
  const asking = { conversationId: one.id, address: 'pat@partner.example' }
  const context = [one.messageId]
  const absent = { status: 404 }
  await expect(it.asked({ ...asking, files: [log] })).rejects.toMatchObject(absent)
  await expect(it.asked({ ...asking, context, files: [log, foreign] })).rejects.toMatchObject(absent)
  const { askId } = await it.asked({ ...asking, context, files: [log] })
  expect((await it.view(askId)).messages[0]!.files).toMatchObject([{ name: 'log.txt', bytes: 9 }])
  const { askId: bare } = await it.asked({ ...asking, context })
  expect((await it.view(bare)).messages[0]!.files).toEqual([])

  const { rows } = await sql<{ id: string; mailboxId: string; askId: string }>`
    select o.id, o.mailbox_id, m.ask_id from outbox o join ask_message m on m.id = o.ask_message_id where m.ask_id = any(${[askId, bare]}::uuid[])`.execute(
    it.desk.db,
  )
  const claimed = await claimRows(it.desk.pool, {
    now: it.desk.clock.now,
    mailboxes: [{ id: rows[0]!.mailboxId, atMost: 500 }],
  })
  const mails = claimed.filter(claim => rows.some(({ id }) => id === claim.id))
  const keysOfMail = { replies: keys, links: keys } as unknown as Keys
  const { composed, spoiled } = await composeAll(mails, {
    ...{ db: it.desk.db, files: it.desk.files, keys: keysOfMail, clock: () => it.desk.clock.now, baseUrl },
  })
  expect(spoiled).toEqual([])
  const mailOf = (id: string) =>
    read(composed.find(({ claim }) => rows.find(row => row.id === claim.id)?.askId === id)!.raw)
  expect(mailOf(askId).attachments.map(({ name }) => name)).toEqual(['log.txt'])
  expect(mailOf(bare).attachments).toEqual([])
  // Who has no account gets a page on which to say by when.
  expect(mailOf(bare).text).toMatch(/pond\.example\/o\/a[0-9a-f]/)
})

test('the customer never sees an ask, also as a member who serves there', async () => {
  const { askId, conversationId } = await it.asked()
  await sql`update conversation set customer_id = ${it.ana.personId}::uuid where id = ${conversationId}::uuid`.execute(
    it.desk.db,
  )
  expect(await asksOf(it.desk.db, it.ana, conversationId, it.desk.clock.now)).toEqual([])
  await expect(it.view(askId, it.ana)).rejects.toMatchObject({ status: 404 })
  await expect(it.act(tx => closeAsk(tx, baseUrl, it.ana, askId, it.desk.clock.now))).rejects.toMatchObject({
    status: 404,
  })
  await expect(
    it
      .asked({ conversationId })
      .then(() =>
        it.act(tx =>
          makeAsk(
            tx,
            baseUrl,
            it.ana,
            { conversationId, memberId: it.jane.personId, body: words('x'), context: [], dueAt: it.later(1) },
            it.desk.clock.now,
          ),
        ),
      ),
  ).rejects.toMatchObject({ status: 404 })
})

test('a time the expert names is the expert’s promise, and an answer in the desk keeps it', async () => {
  const { askId, conversationId } = await it.asked()
  await it.act(tx => nameTime(tx, it.jane, { askId, dueAt: it.later(30) }, it.desk.clock.now))
  await it.act(tx =>
    writeInAsk(tx, baseUrl, it.jane, { askId, body: words('Ten amps?'), is: 'back' }, it.desk.clock.now),
  )
  expect((await it.view(askId)).state).toBe('open')
  await it.act(tx =>
    writeInAsk(tx, baseUrl, it.jane, { askId, body: words('The slow one.'), is: 'answer' }, it.desk.clock.now),
  )
  expect(await it.promises(conversationId)).toEqual([
    { by: 'Bram de Wit', to: null, how: 'replaced', kind: 'ask' },
    { by: 'Jane Osei', to: 'Bram de Wit', how: 'kept', kind: 'ask' },
  ])
  expect((await it.view(askId)).state).toBe('answered')
  expect((await myAsks(it.desk.db, it.bram, it.desk.clock.now)).back.map(({ id }) => id)).toContain(askId)
  await expect(
    it.act(tx => nameTime(tx, it.jane, { askId, dueAt: it.later(50) }, it.desk.clock.now)),
  ).rejects.toMatchObject({
    code: 'ask-over',
  })
  await expect(
    it.act(tx => nameTime(tx, it.jane, { askId, dueAt: it.later(-1) }, it.desk.clock.now)),
  ).rejects.toMatchObject({
    status: 409,
  })
  // A further question opens it again, with a promise of its own.
  await it.act(tx =>
    writeInAsk(
      tx,
      baseUrl,
      it.bram,
      { askId, body: words('And for the other machine?'), is: 'question' },
      it.desk.clock.now,
    ),
  )
  expect(await it.view(askId)).toMatchObject({ state: 'open', promise: { state: 'open', by: { name: 'Bram de Wit' } } })
})

test('whom one can’t ask: oneself, the customer, one of our mailboxes, somebody whose account is closed, nobody or two', async () => {
  const { id, from } = await it.matter()
  const ask = (more: object) =>
    it.act(tx =>
      makeAsk(
        tx,
        baseUrl,
        it.bram,
        { conversationId: id, body: words('x'), context: [], dueAt: it.later(2), ...more },
        it.desk.clock.now,
      ),
    )
  await expect(ask({ memberId: it.bram.personId })).rejects.toMatchObject({ code: 'ask-yourself' })
  await expect(ask({ address: from })).rejects.toMatchObject({ code: 'ask-customer' })
  await expect(ask({ address: 'Service@lindqvist.example' })).rejects.toMatchObject({ code: 'ask-ourselves' })
  await expect(ask({ address: 'service+r1-2x@lindqvist.example' })).rejects.toMatchObject({ code: 'ask-ourselves' })
  await expect(ask({ memberId: randomUUIDv7() })).rejects.toMatchObject({ status: 404 })
  await expect(ask({})).rejects.toMatchObject({ code: 'bad-shape' })
  await expect(ask({ memberId: it.jane.personId, dueAt: it.later(-1) })).rejects.toMatchObject({ code: 'time-passed' })
  await sql`update member set disabled_at = now() where person_id = ${it.jane.personId}::uuid`.execute(it.desk.db)
  await expect(ask({ memberId: it.jane.personId })).rejects.toMatchObject({ code: 'expert-gone' })
  await expect(ask({ address: 'jane@lindqvist.example' })).rejects.toMatchObject({ code: 'expert-gone' })
  expect(
    (await findExperts(it.desk.db, it.bram, { conversationId: id, like: '' }, it.desk.clock.now)).experts.map(
      each => each.name,
    ),
  ).toEqual(['Ana Kovačević'])
  await sql`update member set disabled_at = null where person_id = ${it.jane.personId}::uuid`.execute(it.desk.db)
  expect(
    (await findExperts(it.desk.db, it.bram, { conversationId: id, like: 'jan' }, it.desk.clock.now)).experts.map(
      each => each.name,
    ),
  ).toEqual(['Jane Osei'])
})

test('an ask follows its conversation through a merge, into trash and back, and to a new owner', async () => {
  const one = await it.asked()
  const [second] = await it.desk.take(mail({ from: `Inês <${one.from}>`, subject: 'Another' }))
  await it.act(tx =>
    merge(tx, it.bram, { conversationId: one.conversationId, intoId: second!.conversationId! }, it.desk.clock.now),
  )
  expect((await asksOf(it.desk.db, it.bram, second!.conversationId!, it.desk.clock.now)).map(({ id }) => id)).toEqual([
    one.askId,
  ])
  await it.desk.take(
    mail({ from: 'jane@lindqvist.example', to: await it.tokenOf(one.askId), text: 'After the merge.' }),
  )
  expect(await it.view(one.askId)).toMatchObject({
    state: 'answered',
    conversation: { id: second!.conversationId },
    promise: { state: 'kept' },
  })

  const two = await it.asked()
  await it.act(tx => putAway(tx, it.bram, { conversationId: two.conversationId, as: 'trash' }, it.desk.clock.now))
  expect((await myAsks(it.desk.db, it.jane, it.desk.clock.now)).forMe.map(({ id }) => id)).not.toContain(two.askId)
  await it.act(tx => takeBack(tx, it.bram, two.conversationId, it.desk.clock.now))
  await it.settle()
  await it.act(tx =>
    writeInAsk(tx, baseUrl, it.jane, { askId: two.askId, body: words('Found.'), is: 'answer' }, it.desk.clock.now),
  )
  expect((await it.promises(two.conversationId)).filter(each => each.how === null)).toEqual([])

  const three = await it.asked()
  const { rows } = await sql<{
    version: number
  }>`select version from conversation where id = ${three.conversationId}::uuid`.execute(it.desk.db)
  const to = {
    toMemberId: it.ana.personId,
    toTeamId: it.desk.world.team,
    reason: 'knows it',
    introduction: 'Ana takes over.',
  }
  await it.act(tx =>
    handOver(
      tx,
      it.bram,
      { conversationId: three.conversationId, seenVersion: rows[0]!.version, ...to },
      it.desk.clock.now,
    ),
  )
  expect((await it.view(three.askId)).promise?.by.name).toBe('Ana Kovačević')
})

test('an answer that comes while a reply is written does not stop it', async () => {
  const { askId, conversationId, from } = await it.asked()
  const { rows } = await sql<{
    version: number
  }>`select version from conversation where id = ${conversationId}::uuid`.execute(it.desk.db)
  await it.act(tx => writeInAsk(tx, baseUrl, it.jane, { askId, body: words('Here.'), is: 'answer' }, it.desk.clock.now))
  const done = await it.act(tx =>
    replyTo(
      tx,
      it.bram,
      {
        ...{ conversationId, seenVersion: rows[0]!.version, body: 'On it.', attachments: [] },
        recipients: { to: [from], cc: [] },
        nextStep: { is: 'we-get-back', words: 'look', dueAt: it.later(9), kind: 'reply' },
      },
      it.desk.clock.now,
    ),
  )
  expect(done.state).toBe('open')
  await it.settle()
  expect((await it.view(askId)).state).toBe('answered')
})
