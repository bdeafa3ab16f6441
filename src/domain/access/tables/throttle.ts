/** How often something may be tried, counted in the database for all processes together. A try counts before its outcome is known. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { minute, networkOf } from '../rules.ts'

export type Bucket = { name: string; limit: number; window: number }

const quarter = 15 * minute

/** Guessing one account from one place, from many places, and many accounts from one place. */
export function signInBuckets(address: string, ip: string): { account: Bucket[]; network: Bucket } {
  const account = digest(address)
  return {
    account: [
      { name: `sign-in:${account}:${networkOf(ip)}`, limit: 10, window: quarter },
      { name: `sign-in:${account}`, limit: 50, window: quarter },
    ],
    network: { name: `sign-in:${networkOf(ip)}`, limit: 100, window: quarter },
  }
}

export function linkBucket(ip: string): Bucket {
  return { name: `link:${networkOf(ip)}`, limit: 60, window: quarter }
}

export function askBucket(ip: string): Bucket {
  return { name: `ask:${networkOf(ip)}`, limit: 60, window: quarter }
}

/** Mails with a link to one account, whoever asks for them. */
export function mailedLinkBucket(address: string): Bucket {
  return { name: `mailed-link:${digest(address)}`, limit: 3, window: quarter }
}

export function passwordBucket(personId: string): Bucket {
  return { name: `password:${personId}`, limit: 10, window: quarter }
}

/** Second steps of one member, from wherever: figures are few, so tries are, too. */
export function secondBucket(personId: string): Bucket {
  return { name: `second:${personId}`, limit: 10, window: quarter }
}

/** Pages that links in mails open: looking from one network, and pressing on one link. */
export function outsideBuckets(ip: string, token: string, pressing: boolean): Bucket[] {
  const looking = { name: `outside:${networkOf(ip)}`, limit: 300, window: quarter }
  const link = { name: `outside-press:${digest(token)}`, limit: 30, window: quarter }
  return pressing ? [looking, link] : [looking]
}

/** What customers ask for and send from one network; and mails with a link, or messages of forms, for one address. */
export function customerBuckets(ip: string, address: string | null): Bucket[] {
  if (address !== null) return [{ name: `customer-mail:${digest(address)}`, limit: 3, window: quarter }]
  return [{ name: `customer:${networkOf(ip)}`, limit: 40, window: quarter }]
}

/** Forms of people we do not know, from one network. */
export function formBuckets(ip: string): Bucket[] {
  return [{ name: `form:${networkOf(ip)}`, limit: 15, window: quarter }]
}

/** What is pressed in the community from one network: to like and to follow is quick. How much one may write is the community's own rule. */
export function communityBuckets(ip: string): Bucket[] {
  return [{ name: `community:${networkOf(ip)}`, limit: 200, window: quarter }]
}

/** What is asked for while somebody writes; one page asks for a few dozen at most. */
export function suggestBuckets(ip: string): Bucket[] {
  return [{ name: `suggest:${networkOf(ip)}`, limit: 200, window: quarter }]
}

/** What stands in the table names nobody. */
function digest(address: string): string {
  return createHash('sha256').update(address).digest('base64url')
}

/** Counts one try in each and says how many seconds to wait; 0 when every limit holds. */
export async function secondsToWait(db: Db, buckets: readonly Bucket[], now: Date): Promise<number> {
  let wait = 0
  for (const bucket of buckets) {
    const begun = new Date(now.getTime() - bucket.window)
    const { rows } = await sql<{ taken: number; since: Date }>`
      insert into throttle as t (bucket, taken, since) values (${bucket.name}, 1, ${now})
      on conflict (bucket) do update set
        taken = case when t.since <= ${begun} then 1 else least(t.taken + 1, 1000000) end,
        since = case when t.since <= ${begun} then ${now} else t.since end
      returning taken, since`.execute(db)
    const { taken, since } = rows[0]!
    if (taken > bucket.limit) wait = Math.max(wait, Math.ceil((since.getTime() + bucket.window - now.getTime()) / 1000))
  }
  return wait
}

/**
 * Like `secondsToWait` for tries that come at the same moment: one statement for all of them, each bucket once. By bucket: how many may
 * still be let through, and how long the others wait.
 */
export async function secondsForMany(
  db: Db,
  tries: ReadonlyMap<string, { bucket: Bucket; times: number }>,
  now: Date,
): Promise<Map<string, { free: number; seconds: number }>> {
  // In one order, so that two processes never wait for each other.
  const sorted = [...tries.values()].sort((a, b) => (a.bucket.name < b.bucket.name ? -1 : 1))
  const rows_ = JSON.stringify(
    sorted.map(({ bucket, times }) => ({
      bucket: bucket.name,
      times,
      begun: new Date(now.getTime() - bucket.window).toISOString(),
    })),
  )
  const given = sql`jsonb_to_recordset(${rows_}::jsonb) as g(bucket text, times int, begun timestamptz)`
  const { rows } = await sql<{ bucket: string; taken: number; since: Date }>`
    insert into throttle as t (bucket, taken, since) select bucket, times, ${now}::timestamptz from ${given}
    on conflict (bucket) do update set
      taken = case when t.since <= (select begun from ${given} where g.bucket = t.bucket) then excluded.taken else least(t.taken + excluded.taken, 1000000) end,
      since = case when t.since <= (select begun from ${given} where g.bucket = t.bucket) then excluded.since else t.since end
    returning bucket, taken, since`.execute(db)
  return new Map(
    rows.map(({ bucket: name, taken, since }) => {
      const { bucket, times } = tries.get(name)!
      const seconds = Math.ceil((since.getTime() + bucket.window - now.getTime()) / 1000)
      return [name, { free: bucket.limit - (taken - times), seconds }]
    }),
  )
}

export async function refuseTooMany(db: Db, buckets: readonly Bucket[], now: Date): Promise<void> {
  const seconds = await secondsToWait(db, buckets, now)
  if (seconds > 0) throw new Refusal('too-many-tries', 429, { facts: { seconds, minutes: Math.ceil(seconds / 60) } })
}

/** A try that was right counts for nothing: many may sit behind one network address. */
export async function giveBack(db: Db, bucket: Bucket): Promise<void> {
  await sql`update throttle set taken = taken - 1 where bucket = ${bucket.name} and taken > 0`.execute(db)
}

/** It was them: what they mistyped before is forgotten. */
export async function forgive(db: Db, buckets: readonly Bucket[]): Promise<void> {
  await db
    .deleteFrom('throttle')
    .where(
      'bucket',
      'in',
      buckets.map(bucket => bucket.name),
    )
    .execute()
}
