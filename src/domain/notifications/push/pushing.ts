/**
 * Pushes: writes one row a device for what is ripe, and sends those rows through the guarded way out (RFC 8030, 8291, 8292).
 * A row is taken for a minute, so that a process that dies leaves it to the next; browsers show a second copy in place of the first.
 */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import webPush from 'web-push'
import { type Db, inTransaction, type Tx } from '../../../platform/db/index.ts'
import { type Egress, EgressProblem } from '../../../platform/egress/index.ts'
import type { Log } from '../../../platform/log/log.ts'
import { mailWords } from '../../../words/mail.ts'
import { installation, readersOf } from '../../access/index.ts'
import { sentenceOf } from '../../channels/index.ts'
import { choicesOf } from '../choices.ts'
import { itemOf, moveTo, pathOf, ripeById, ripeOf, takePeople } from '../outbound.ts'
import { afterQuiet, isQuiet } from '../rules.ts'
import { signedInThere } from './devices.ts'
import { afterAnswer, type Outcome } from './rules.ts'

export type PushParts = {
  db: Db
  egress: Egress
  log: Log
  baseUrl: URL
  keys: { publicKey: string; privateKey: string }
  clock: () => Date
}

/** More at once than this are told together. */
const apart = 3
const takenMs = 60_000
const together = 20
/** A push service keeps it this long for a device that is away, in seconds. */
const keptSeconds = 12 * 3600

/** Writes the rows. Returns how many people were looked after. */
export async function pushRound({ db, clock }: Pick<PushParts, 'db' | 'clock'>): Promise<number> {
  return inTransaction(db, async tx => {
    const now = clock()
    const people = await takePeople(tx, 'push', now)
    if (people.length === 0) return 0
    const wanted = await choicesOf(tx, people)
    const devices = await devicesOf(tx, people, now)
    for (const [personId, ripe] of await ripeOf(tx, people, 'push', now)) {
      const theirs = wanted.get(personId)
      const wants = (kind: (typeof ripe)[number]['kind']) => kind === 'test' || theirs?.choices.kinds[kind].push
      const stands = ripe.filter(each => each.stands && wants(each.kind))
      const asked = stands.some(each => each.kind === 'test')
      if (theirs && !asked && stands.length > 0 && isQuiet(theirs.choices, theirs.zone, now)) {
        await moveTo(
          tx,
          'push',
          ripe.map(each => each.id),
          afterQuiet(theirs.choices, theirs.zone, now),
        )
        continue
      }
      const told = stands.length > apart ? [null] : stands.map(each => each.id)
      const rows = (devices.get(personId) ?? []).flatMap(device =>
        told.map(notificationId => ({
          id: randomUUIDv7(),
          deviceId: device.id,
          notificationId,
          madeAt: now,
          notBefore: now,
        })),
      )
      if (rows.length > 0 && stands.length > 0) await tx.insertInto('push').values(rows).execute()
      await moveTo(
        tx,
        'push',
        ripe.map(each => each.id),
        null,
      )
    }
    return people.length
  })
}

async function devicesOf(tx: Tx, people: readonly string[], now: Date) {
  const { rows } = await sql<{ id: string; personId: string }>`
    select d.id, d.person_id from push_device d ${signedInThere(now)} where d.person_id = any(${people}::uuid[])`.execute(
    tx,
  )
  return Map.groupBy(rows, row => row.personId)
}

type Taken = {
  id: string
  deviceId: string
  notificationId: string | null
  madeAt: Date
  tries: number
  personId: string
  endpoint: string
  p256dh: string
  auth: string
}

/** Sends what is due. Returns how many rows were taken. */
export async function sendRound(parts: PushParts): Promise<number> {
  const now = parts.clock()
  const taken = await take(parts.db, now)
  if (taken.length === 0) return 0
  const payloads = await payloadsFor(parts, taken, now)
  await Promise.all(
    taken.map(async row => {
      const payload = payloads.get(row.id)
      const outcome = payload ? await send(parts, row, payload) : ({ is: 'done' } as const)
      await settle(parts, row, outcome)
    }),
  )
  return taken.length
}

async function take(db: Db, now: Date): Promise<Taken[]> {
  return inTransaction(db, async tx => {
    const until = new Date(now.getTime() + takenMs)
    const { rows } = await sql<Taken>`
      update push set not_before = ${until}, tries = tries + 1 from push_device d where d.id = push.device_id and push.id in (
        select id from push where not_before <= ${now} order by not_before limit ${together} for update skip locked)
      returning push.id, push.device_id, push.notification_id, push.made_at, push.tries, d.person_id, d.endpoint, d.p256dh, d.auth`.execute(
      tx,
    )
    return rows
  })
}

/** What is read or ended by now has none. */
async function payloadsFor(
  { db, baseUrl }: PushParts,
  taken: readonly Taken[],
  now: Date,
): Promise<Map<string, string>> {
  const wanted = await choicesOf(db, [...new Set(taken.map(row => row.personId))])
  const ripe = await ripeById(
    db,
    taken.flatMap(row => row.notificationId ?? []),
    now,
  )
  const waiting = await unreadOf(
    db,
    taken.filter(row => row.notificationId === null).map(row => row.personId),
    now,
  )
  const { name: title } = await installation(db)
  const payloads = new Map<string, string>()
  for (const row of taken) {
    const theirs = wanted.get(row.personId)
    if (!theirs) continue
    const place = { language: theirs.language, zone: theirs.zone, now }
    if (row.notificationId === null) {
      const count = waiting.get(row.personId) ?? 0
      if (count > 0)
        payloads.set(
          row.id,
          JSON.stringify({
            title,
            body: severalOf(count, title, theirs.language),
            tag: 'pond',
            path: '/notifications',
          }),
        )
      continue
    }
    const one = ripe.get(row.notificationId)
    if (!one?.stands) continue
    const item = itemOf(one, baseUrl, theirs.choices.showsWords)
    const body = [sentenceOf(item, place), item.subject, item.said].filter(Boolean).join('\n').slice(0, 600)
    payloads.set(row.id, JSON.stringify({ title, body: body.toWellFormed(), tag: one.id, path: pathOf(one) }))
  }
  return payloads
}

function severalOf(count: number, installation: string, language: string): string {
  return mailWords(language)('notification.digest', { count, installation })
}

async function unreadOf(db: Db, people: readonly string[], now: Date): Promise<Map<string, number>> {
  if (people.length === 0) return new Map()
  const { rows } = await sql<{ personId: string; count: number }>`
    select n.person_id, count(*)::int as count from notification n left join conversation c on c.id = n.conversation_id
    where n.person_id = any(${people}::uuid[]) and n.read_at is null and n.kind <> 'test'
      and (c.id is null or n.person_id in ${readersOf({ owner: sql`c.owner_id`, team: sql`c.team_id` }, now)})
    group by n.person_id`.execute(db)
  return new Map(rows.map(row => [row.personId, row.count]))
}

async function send(parts: PushParts, row: Taken, payload: string): Promise<Outcome> {
  const { publicKey, privateKey } = parts.keys
  const { baseUrl } = parts
  const subject = baseUrl.protocol === 'https:' ? baseUrl.origin : `mailto:pond@${baseUrl.hostname}`
  try {
    const { endpoint, method, headers, body } = webPush.generateRequestDetails(
      { endpoint: row.endpoint, keys: { p256dh: row.p256dh, auth: row.auth } },
      payload,
      {
        vapidDetails: { subject, publicKey, privateKey },
        TTL: keptSeconds,
        urgency: 'normal',
        contentEncoding: 'aes128gcm',
      },
    )
    const plain = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    )
    // How long the body is says the client itself.
    delete plain['content-length']
    const answer = await parts.egress.ask(endpoint, {
      method: method as 'POST',
      headers: plain,
      body: body as Buffer,
      atMostBytes: 64 * 1024,
      httpsOnly: true,
    })
    return afterAnswer({ status: answer.status, retryAfter: answer.headers['retry-after'] }, row.tries)
  } catch (error) {
    if (!(error instanceof EgressProblem)) throw error
    parts.log.warn(
      { device: row.deviceId, fault: error.fault, detail: error.detail },
      'a push service could not be asked',
    )
    // An address that leads inside by now is no push service.
    if (error.fault === 'not-public' || error.fault === 'bad-address') return { is: 'gone' }
    return afterAnswer({ status: null }, row.tries)
  }
}

async function settle({ db, clock, log }: PushParts, row: Taken, outcome: Outcome): Promise<void> {
  const now = clock()
  const tooOld = now.getTime() - row.madeAt.getTime() > keptSeconds * 1000
  if (outcome.is === 'again' && !tooOld) {
    const notBefore = new Date(now.getTime() + outcome.afterMs)
    await db.updateTable('push').set({ notBefore }).where('id', '=', row.id).execute()
    return
  }
  if (outcome.is === 'gone') {
    log.info({ device: row.deviceId }, 'a browser takes no more pushes and is forgotten')
    await db.deleteFrom('pushDevice').where('id', '=', row.deviceId).execute()
    return
  }
  await db.deleteFrom('push').where('id', '=', row.id).execute()
  if (outcome.is === 'done')
    await db.updateTable('pushDevice').set({ lastGoodAt: now }).where('id', '=', row.deviceId).execute()
}
