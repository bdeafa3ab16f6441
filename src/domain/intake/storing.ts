/** Storing mails in one transaction: files first, what was here before set aside, then what is decided of the rest, written together. Decides nothing itself. */
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { failpoint, withFailpoint } from '../../platform/failpoints/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { Taken } from '../channels/index.ts'
import { type Batch, type Decided, emptyBatch } from './batch.ts'
import { knownDeliveries, sameMail } from './known.ts'
import type { Mail } from './mail.ts'
import { type Stored, writeBatch } from './write.ts'

type Parts = { db: Db; files: Files; nudges: Nudges; clock: () => Date }
type Decide = (tx: Tx, fresh: Mail[], batch: Batch, at: { stored: Stored; now: Date }) => Promise<void>

/** Raw mail up to this lies in the database: one commit instead of two syncs. */
const largestRow = 256 * 1024

/** What `decides` throws leaves nothing behind but files that nobody names. */
export async function storeBatch(parts: Parts, mails: Mail[], decides: Decide): Promise<Taken[]> {
  const stored = await storeFiles(parts.files, mails)
  await failpoint('intake files kept')
  const now = parts.clock()
  const taken = await onceMore(() =>
    inTransaction(parts.db, async plain => {
      const tx = withFailpoint(plain, 'intake statement')
      const batch = emptyBatch()
      await decides(tx, await setAsideKnown(tx, mails, batch), batch, { stored, now })
      await writeBatch(tx, batch, stored, now)
      return mails.map(mail => takenOf(batch.decided.find(each => each.mail === mail) ?? twinOf(batch, mail)))
    }),
  )
  parts.nudges.send('happened')
  return taken
}

/** Another process took the same mail in between the look and the write: the second look finds it. */
async function onceMore<T>(act: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (attempt >= 3 || (error as { code?: string }).code !== '23505') throw error
    }
  }
}

/** Files are synced before the rows that name them; the same content in a batch is stored once. */
async function storeFiles(files: Files, mails: Mail[]): Promise<Stored> {
  const contents = mails.flatMap(({ arrived, reading }) => [
    ...(arrived.raw.length > largestRow ? [arrived.raw] : []),
    ...reading.attachments.map(each => each.content),
  ])
  const hashes = await files.put(contents)
  return new Map(contents.map((content, at) => [content, hashes[at]!]))
}

/** Mail that was here before is only noted with its place on the server; a twin inside the batch is the same mail. */
async function setAsideKnown(tx: Tx, mails: Mail[], batch: Batch): Promise<Mail[]> {
  const known = await knownDeliveries(tx, mails)
  const seen = new Set<string>()
  const fresh: Mail[] = []
  for (const mail of mails) {
    if (mail.again) {
      fresh.push(mail)
      continue
    }
    const key = sameMail(mail.arrived.mailboxId, mail.mailId, mail.bodyHash)
    const before = known.get(key)
    if (before)
      batch.decided.push({
        mail,
        deliveryId: before.deliveryId,
        became: { is: 'known', deliveryId: before.deliveryId, conversationId: before.conversationId },
      })
    else if (!seen.has(key)) fresh.push(mail)
    seen.add(key)
  }
  return fresh
}

function twinOf(batch: Batch, mail: Mail): Decided {
  const twin = batch.decided.find(
    each =>
      each.mail.mailId === mail.mailId &&
      each.mail.arrived.mailboxId === mail.arrived.mailboxId &&
      each.mail.bodyHash.equals(mail.bodyHash),
  )!
  return {
    ...twin,
    became: {
      is: 'known',
      deliveryId: twin.deliveryId,
      conversationId: twin.became.is === 'message' ? twin.became.working.id : null,
    },
  }
}

function takenOf({ deliveryId, became }: Decided): Taken {
  switch (became.is) {
    case 'known':
      return { deliveryId: became.deliveryId, became: 'known', conversationId: became.conversationId, reason: null }
    case 'message':
      return { deliveryId, became: 'message', conversationId: became.working.id, reason: null }
    case 'answer':
      return { deliveryId, became: 'message', conversationId: became.conversationId, reason: null }
    case 'post':
      return { deliveryId, became: 'message', conversationId: null, reason: null }
    case 'report':
      return { deliveryId, became: 'report', conversationId: became.conversationId, reason: null }
    case 'quarantined':
      return { deliveryId, became: 'quarantined', conversationId: null, reason: became.reason }
  }
}

/** The database or the disk is away: keeping the mail was not possible at all. */
export function isAway(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return (
    /^(57P0|08|53|ENOSPC|EDQUOT|EROFS|ECONN|EPIPE|ENOENT|ETIMEDOUT)/.test(code ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect|Cannot use a pool/.test(message ?? '')
  )
}
