/** What somebody did here, and how much lately: whether they may write now, and whether what they write waits for a look. */
import { sql } from 'kysely'
import type { PostState, WaitReason } from '../../../contract/community.ts'
import type { Trust } from '../../../contract/community-tending.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { type CommunityAs, type Deeds, minutesToWait, type Pace, tellsApart, trustOf, waitsFor } from '../rules.ts'
import type { Ready } from '../text.ts'

const minute = 60_000
const day = 86_400_000
/** What stood for half a day was read by somebody. */
const stoodAfter = day / 2

export async function deedsOf(on: Db | Tx, personId: string, now: Date): Promise<Deeds> {
  const { rows } = await sql<Deeds>`
    select count(distinct (at at time zone 'UTC')::date) filter (where stands)::int as days, count(*) filter (where stands)::int as stood,
      count(*) filter (where removed_by = 'moderator')::int as removed
    from (select at, removed_by, state = 'standing' and at < ${new Date(now.getTime() - stoodAfter)} as stands from post
      where author_id = ${personId}::uuid order by at desc limit 400) lately`.execute(on)
  return rows[0]!
}

/** How well we know somebody: what a teammate said of it, else what follows from what they did here. */
export async function trustIn(on: Db | Tx, personId: string, now: Date): Promise<Trust> {
  const { rows } = await sql<{ said: Trust | null }>`
    select trust_said as said from community_person where person_id = ${personId}::uuid`.execute(on)
  return rows[0]?.said ?? trustOf(await deedsOf(on, personId, now))
}

type Settings = { approve: 'all-new' | 'when-odd' | 'never'; flagsToHide: number; off: boolean; guidelines: string }
export async function settingsOf(on: Db | Tx): Promise<Settings> {
  const { rows } = await sql<Settings>`select approve, flags_to_hide, off, guidelines from community_setting`.execute(
    on,
  )
  return rows[0] ?? { approve: 'when-odd', flagsToHide: 3, off: false, guidelines: '' }
}

/** Until the end of the transaction, so that two at once count each other. */
export async function takeTurn(tx: Tx, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('community ' || ${personId}, 0))`.execute(tx)
}

export async function refuseStopped(tx: Tx, personId: string, now: Date): Promise<void> {
  const { rows } = await sql<{ until: Date | null; because: string }>`
    select stopped_until as until, stopped_because as because from community_person
    where person_id = ${personId}::uuid and stopped_at is not null and (stopped_until is null or stopped_until > ${now})`.execute(
    tx,
  )
  const found = rows[0]
  if (found)
    throw new Refusal('stopped-here', 403, { facts: { because: found.because, until: found.until?.toISOString() } })
}

/** How a post of theirs comes in: teammates wait for nobody. Refuses who writes too fast, or says the same twice. */
export async function howItComes(
  tx: Tx,
  as: Exclude<CommunityAs, { is: 'anybody' }>,
  it: { ready: Ready; begins: boolean },
  now: Date,
): Promise<{ state: PostState; waitsFor: WaitReason | null }> {
  if (as.is === 'inside') return { state: 'standing', waitsFor: null }
  const { ready } = it
  await refuseStopped(tx, as.personId, now)
  const trust = await trustIn(tx, as.personId, now)
  const before = (ms: number) => new Date(now.getTime() - ms)
  const { rows } = await sql<Pace & { waiting: number; same: boolean }>`
    select count(*) filter (where at > ${before(10 * minute)})::int as ten_minutes, count(*)::int as day, count(*) filter (where number = 1)::int as topics_day,
      count(*) filter (where state = 'waiting')::int as waiting, coalesce(bool_or(alike = ${ready.alike} and state <> 'removed'), false) as same
    from post where author_id = ${as.personId}::uuid and at > ${before(day)}`.execute(tx)
  const lately = rows[0]!
  if (lately.same && tellsApart(ready.words)) throw new Refusal('said-already', 409)
  const minutes = minutesToWait(trust, lately, it.begins)
  if (minutes !== null) throw new Refusal('too-many-posts', 429, { facts: { minutes } })
  const reason = waitsFor({
    trust,
    approve: (await settingsOf(tx)).approve,
    links: ready.links.length,
    misleads: ready.misleads,
    waiting: lately.waiting,
    newcomers: trust === 'new' ? await newcomersSince(tx, before(10 * minute), before(day)) : 0,
    saidByOthers: tellsApart(ready.words) && (await saidByOthers(tx, as.personId, ready.alike, before(7 * day))),
  })
  return reason === null ? { state: 'standing', waitsFor: null } : { state: 'waiting', waitsFor: reason }
}

async function newcomersSince(tx: Tx, since: Date, known: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct p.author_id)::int as count from post p where p.at > ${since} and not p.by_us
      and not exists (select from post o where o.author_id = p.author_id and o.at < ${known})`.execute(tx)
  return rows[0]!.count
}

async function saidByOthers(tx: Tx, personId: string, alike: Buffer, since: Date): Promise<boolean> {
  const { rows } =
    await sql`select from post where alike = ${alike} and at > ${since} and author_id is distinct from ${personId}::uuid limit 1`.execute(
      tx,
    )
  return rows.length > 0
}

/** What stands beside the field in which somebody writes: ours, in our words. */
export async function guidelinesOf(on: Db | Tx): Promise<string> {
  return (await settingsOf(on)).guidelines
}
