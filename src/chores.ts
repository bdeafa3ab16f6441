/**
 * What comes round by itself, as jobs: closing what stayed silent, and sweeping away what nobody needs any more. Each may
 * run twice or late and comes to the same end. Promises falling due are not here: see src/domain/promises/clock.ts.
 */
import { sql } from 'kysely'
import { sweepAccess } from './domain/access/index.ts'
import { sweepChats } from './domain/chat/index.ts'
import { closeSilent } from './domain/conversations/index.ts'
import { sweepCustomers } from './domain/customers/index.ts'
import { forgetMisses } from './domain/knowledge/index.ts'
import { sweepNotifications } from './domain/notifications/index.ts'
import { searchTasks } from './domain/search/index.ts'
import { learnFromAnswered } from './domain/spam/index.ts'
import { type Db, inTransaction } from './platform/db/index.ts'
import type { Nudges } from './platform/events/index.ts'
import { type Files, sweepFiles } from './platform/files/index.ts'
import type { Task } from './platform/jobs/index.ts'

export type ChoreParts = { db: Db; files: Files; nudges: Pick<Nudges, 'send'>; clock: () => Date }

const day = 86_400_000
/** An upload that went into no message after so long will go into none. */
const uploadDays = 7

export function chores({ db, files, nudges, clock }: ChoreParts): Task[] {
  return [
    ...searchTasks({ db, clock }),
    {
      name: 'close-silent',
      every: '*/10 * * * *',
      async act(_, signal) {
        while (!signal.aborted && (await closeSilent(db, clock())) > 0) nudges.send('happened')
      },
    },
    {
      name: 'learn-from-answered',
      every: '*/10 * * * *',
      async act(_, signal) {
        while (!signal.aborted && (await learnFromAnswered(db, clock())) > 0);
      },
    },
    {
      name: 'sweep-access',
      every: '17 3 * * *',
      catchUp: true,
      act: () => inTransaction(db, tx => sweepAccess(tx, clock())),
    },
    { name: 'forget-acts', every: '27 * * * *', act: () => forgetActs(db, clock()) },
    {
      name: 'sweep-notifications',
      every: '27 3 * * *',
      catchUp: true,
      act: () => inTransaction(db, tx => sweepNotifications(tx, clock())),
    },
    {
      name: 'forget-misses',
      every: '47 3 * * *',
      catchUp: true,
      act: () => inTransaction(db, tx => forgetMisses(tx, clock())),
    },
    {
      name: 'sweep-chats',
      every: '51 3 * * *',
      catchUp: true,
      act: () => inTransaction(db, tx => sweepChats(tx, clock())),
    },
    {
      name: 'sweep-customers',
      every: '53 3 * * *',
      catchUp: true,
      act: () => inTransaction(db, tx => sweepCustomers(tx, clock())),
    },
    { name: 'forget-presence', every: '7 * * * *', act: () => forgetPresence(db, clock()) },
    {
      name: 'sweep-files',
      every: '37 3 * * *',
      catchUp: true,
      async act(_, signal) {
        await dropFileRows(db, clock())
        await sweepFiles({ folder: files.folder, named: hashes => namedFiles(db, hashes), now: clock(), signal })
      },
    },
  ]
}

/** Worthless after a minute; kept so short that the table stays a page. */
async function forgetPresence(db: Db, now: Date) {
  await db
    .deleteFrom('presence')
    .where('seenAt', '<', new Date(now.getTime() - 3_600_000))
    .execute()
}

/** Nobody takes back what they did yesterday. */
async function forgetActs(db: Db, now: Date) {
  await db
    .deleteFrom('undoable')
    .where('at', '<', new Date(now.getTime() - day))
    .execute()
}

/** First the rows, a day after they were named last; the files themselves follow once no row is left. */
export async function dropFileRows(db: Db, now: Date) {
  await db
    .deleteFrom('upload')
    .where('createdAt', '<', new Date(now.getTime() - uploadDays * day))
    // Files of a reply that waits for its time wait with it.
    .where(
      sql<boolean>`not exists (select from later_reply l where l.attachments @> array[upload.id] and (l.ended_at is null or l.ended_how = 'stopped'))`,
    )
    .execute()
  await sql`delete from file f where created_at < ${new Date(now.getTime() - day)}
    and not exists (select from attachment a where a.sha256 = f.sha256)
    and not exists (select from ask_file k where k.sha256 = f.sha256)
    and not exists (select from article_picture p where p.sha256 = f.sha256)
    and not exists (select from kept_file kf where kf.sha256 = f.sha256)
    and not exists (select from upload u where u.sha256 = f.sha256)
    and not exists (select from chat_upload h where h.sha256 = f.sha256)
    and not exists (select from delivery d where d.raw_file = f.sha256)`.execute(db)
}

/** As hexadecimal digits. */
export async function namedFiles(db: Db, hashes: readonly Buffer[]): Promise<Set<string>> {
  const { rows } = await sql<{
    sha256: Buffer
  }>`select sha256 from file where sha256 = any(${hashes}::bytea[])`.execute(db)
  return new Set(rows.map(row => row.sha256.toString('hex')))
}
