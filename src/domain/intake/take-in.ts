/**
 * Takes mail in: read in the parser, decided and written in one transaction a batch, so that once this returns every
 * mail is durable as exactly one message, report or quarantined item (I4). When a batch fails each mail is tried alone;
 * what fails alone is quarantined with its raw bytes. Refuses (throws) only when the database or the disk is away:
 * then nothing was kept and the mail stays where it came from.
 */
import { type Db, inTransaction } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { failpoint } from '../../platform/failpoints/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { Log } from '../../platform/log/log.ts'
import type { Parser } from '../../platform/mail/reading/parser.ts'
import type { ReadingOptions } from '../../platform/mail/reading/reading.ts'
import type { ToAsk } from '../asks/index.ts'
import type { Arrived, Taken } from '../channels/index.ts'
import { answersAmong, takeForAsk } from './answers.ts'
import { decide } from './decide.ts'
import { look } from './look.ts'
import { type Mail, mailOf, unreadReading } from './mail.ts'
import { type ForTopic, NoPost, postsAmong, takeForTopic } from './posts.ts'
import { quarantined } from './quarantine.ts'
import { type KeptRules, noRules } from './sort.ts'
import { isAway, storeBatch } from './storing.ts'

export type IntakeParts = {
  db: Db
  files: Files
  parser: Parser
  log: Log
  nudges: Nudges
  keys: readonly Buffer[]
  clock: () => Date
}

type Parts = IntakeParts & { rules: KeptRules }

export function startIntake(given: IntakeParts) {
  const parts: Parts = { ...given, rules: noRules() }
  let turn: Promise<unknown> = Promise.resolve()
  return {
    /** Reading runs beside the writing of the batch before; writing goes in the order of the calls. */
    async takeIn(arrived: Arrived[]): Promise<Taken[]> {
      if (arrived.length === 0) return []
      const reading = readAll(parts, arrived)
      // A failure is met when its turn comes, not before.
      reading.catch(() => {})
      const mine = turn.then(async () => {
        const mails = await reading
        await failpoint('intake read')
        return storeApart(parts, mails)
      })
      turn = mine.catch(() => {})
      return mine
    },
    /** Reads a quarantined mail once more; it becomes what it would have been, in the place it has. */
    async retry(deliveryId: string): Promise<Taken> {
      const kept = await quarantined(parts.db, parts.files, deliveryId)
      const [mail] = await readAll(parts, [kept])
      const mine = turn.then(async () => {
        const again = { ...mail!, again: deliveryId }
        const to = (await answersIn(parts, [again])).get(again)
        return to ? [await storeAnswer(parts, again, to)] : storeApart(parts, [again])
      })
      turn = mine.catch(() => {})
      return (await mine)[0]!
    },
  }
}

export type Intake = ReturnType<typeof startIntake>

/** Mails that are read with the same options go to the parser together. */
async function readAll(parts: IntakeParts, arrived: Arrived[]): Promise<Mail[]> {
  const trusted = await trustedServers(parts.db)
  const groups = Map.groupBy(arrived.keys(), at => JSON.stringify(optionsFor(arrived[at]!, trusted)))
  const mails: Mail[] = []
  await Promise.all(
    [...groups.values()].map(async places => {
      const options = optionsFor(arrived[places[0]!]!, trusted)
      const outcomes = await parts.parser.readMany(
        places.map(at => ({ id: String(at), raw: arrived[at]!.raw })),
        options,
      )
      for (const [n, { reading, quarantine }] of outcomes.entries()) {
        const at = places[n]!
        mails[at] = mailOf(arrived[at]!, reading ?? unreadReading(quarantine ?? 'unreadable'), quarantine)
      }
    }),
  )
  return mails
}

function optionsFor(arrived: Arrived, trusted: Map<string, string[]>): ReadingOptions {
  return {
    trustedAuthservIds: trusted.get(arrived.mailboxId) ?? [],
    ...(arrived.envelope ? { envelopeFrom: arrived.envelope.from ?? '' } : {}),
    ...(arrived.oversizeBytes ? { sizeLimit: 0 } : {}),
  }
}

async function trustedServers(db: Db): Promise<Map<string, string[]>> {
  const rows = await db
    .selectFrom('mailbox')
    .select(['id', 'trustedServer'])
    .where('trustedServer', 'is not', null)
    .execute()
  return new Map(rows.map(row => [row.id, [row.trustedServer!]]))
}

const answersIn = (parts: Parts, mails: Mail[]) => inTransaction(parts.db, tx => answersAmong(tx, mails, parts.keys))

/** What belongs to asks and to the community is stored mail by mail, the rest together; what became of them stands in the order of the mails. */
async function storeApart(parts: Parts, mails: Mail[]): Promise<Taken[]> {
  const answers = await answersIn(parts, mails)
  const taken = new Map<Mail, Taken>()
  for (const [mail, to] of answers) taken.set(mail, await storeAnswer(parts, mail, to).catch(giveUp(parts, mail)))
  for (const post of await postsAmong(
    parts.db,
    mails.filter(mail => !answers.has(mail)),
    parts.keys,
  )) {
    const stands = await storePost(parts, post).catch(giveUp(parts, post.mail))
    if (stands) taken.set(post.mail, stands)
  }
  const rest = mails.filter(mail => !taken.has(mail))
  for (const [place, each] of (rest.length > 0 ? await store(parts, rest) : []).entries()) taken.set(rest[place]!, each)
  return mails.map(mail => taken.get(mail)!)
}

/** Null where it can't stand in its topic: then it is mail to us like any other, and nothing of the try is left. */
const storePost = (parts: Parts, { mail, ...post }: ForTopic): Promise<Taken | null> =>
  storeBatch(parts, [mail], async (tx, [fresh], batch, { now }) => {
    if (fresh) await takeForTopic(tx, { ...post, mail: fresh }, batch, now)
  }).then(
    ([taken]) => taken!,
    error => {
      if (error instanceof NoPost) return null
      throw error
    },
  )

const storeAnswer = async (parts: Parts, mail: Mail, to: ToAsk): Promise<Taken> => {
  const [taken] = await storeBatch(parts, [mail], async (tx, [fresh], batch, { stored, now }) => {
    if (fresh) await takeForAsk(tx, fresh, to, batch, { keys: parts.keys, stored, now })
  })
  return taken!
}

/** Kept with its raw bytes, unless nothing could be kept at all. */
const giveUp = (parts: Parts, mail: Mail) => async (error: unknown) => {
  if (isAway(error)) throw error
  parts.log.error({ err: error }, 'an answer to an ask could not be stored and is quarantined')
  const [taken] = await storeTogether(parts, [
    { ...mail, reading: { ...unreadReading('not-stored'), from: mail.reading.from }, reason: 'not-stored' },
  ])
  return taken!
}

async function store(parts: Parts, mails: Mail[]): Promise<Taken[]> {
  try {
    return await storeTogether(parts, mails)
  } catch (error) {
    if (isAway(error)) throw error
    if (mails.length > 1) {
      parts.log.warn(
        { err: error, mails: mails.length },
        'a batch of mail could not be stored together; each is tried alone',
      )
      const taken: Taken[] = []
      for (const mail of mails) taken.push(...(await store(parts, [mail])))
      return taken
    }
    const only = mails[0]!
    if (only.reason === 'not-stored') throw error
    parts.log.error({ err: error }, 'a mail could not be stored and is quarantined')
    return storeTogether(parts, [
      { ...only, reading: { ...unreadReading('not-stored'), from: only.reading.from }, reason: 'not-stored' },
    ])
  }
}

async function storeTogether(parts: Parts, mails: Mail[]): Promise<Taken[]> {
  const taken = await storeBatch(parts, mails, async (tx, fresh, batch, { now }) => {
    if (fresh.length === 0) return
    const world = await look(tx, fresh, batch, parts, now)
    for (const mail of fresh) decide(mail, batch, world)
  })
  await failpoint('intake committed')
  parts.nudges.send('outbox')
  return taken
}
