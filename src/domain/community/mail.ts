/**
 * Mail of the community to those who asked for it: each post, or a gathering. A reader of the log writes down who is not told
 * yet; then one mail a topic goes into the outbox, as far as the budget of automatic mail reaches: what it does not reach yet
 * stays and goes along with the next. Sends nothing itself; what is quoted is asked for as the mail is made.
 */
import { sql } from 'kysely'
import type { DigestRhythm } from '../../contract/community.ts'
import { builderOn, type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { LogEvent, Nudges, Reader } from '../../platform/events/index.ts'
import { communityMailWords } from '../../words/community-mail.ts'
import { readersInside } from '../access/index.ts'
import { automaticBudget, enqueue, type Outgoing, oneMail, ownSender } from '../channels/index.ts'
import { mentionWay } from './reading.ts'
import { nextDigest } from './rules.ts'

const portion = 200
const mostPosts = 20
const mostGathered = 100
const linkDays = 365

export function communityReader(clock: () => Date): Reader {
  return {
    name: 'community',
    batch: 200,
    kinds: ['topic.begun', 'post.written', 'post.changed', 'post.settled'],
    async handle(client, events) {
      const tx = builderOn(client)
      const followed = await noteFollowers(tx, events.filter(stands).map(postOf), clock())
      const mentioned = await noteMentioned(tx, events.flatMap(namedIn), clock())
      if (followed || mentioned) await mailWaiting(tx, clock())
    },
  }
}

/** What others can read from now on, and could not before. */
const stands = ({ kind, facts }: LogEvent) =>
  facts.state === 'standing' && kind !== 'post.changed' && (kind !== 'post.settled' || facts.fresh === true)
/** Whoever is mentioned in it and was not told yet. */
const namedIn = ({ facts }: LogEvent) =>
  Array.isArray(facts.named) ? facts.named.map(id => ({ post: facts.postId, person: id })) : []
const postOf = ({ facts }: LogEvent) => String(facts.postId)

/** Who follows the topic; who follows the category hears of new topics. Nobody hears of their own; members are told at the desk, unless they gather. */
async function noteFollowers(tx: Tx, postIds: readonly string[], now: Date): Promise<boolean> {
  if (postIds.length === 0) return false
  const { rows } = await sql`
    insert into community_waiting (person_id, post_id, mode, topic_id, via, at)
    select distinct on (po.id, f.person_id) f.person_id, po.id, f.mode, po.topic_id, f.via, ${now} from post po join topic t on t.id = po.topic_id
      cross join lateral (select person_id, mode, 'topic' as via from topic_follow where topic_id = t.id
        union all select person_id, mode, 'category' from category_follow where category_id = t.category_id and po.number = 1) f
    where po.id = any(${postIds}::uuid[]) and po.state = 'standing' and f.person_id is distinct from po.author_id
      and (f.mode = 'digest' or f.person_id not in ${readersInside(now)}) order by po.id, f.person_id, f.mode desc, f.via desc
    on conflict do nothing returning person_id`.execute(tx)
  return rows.length > 0
}

/** Whoever is mentioned hears of it their way, also where they follow nothing. */
async function noteMentioned(tx: Tx, named: readonly object[], now: Date): Promise<boolean> {
  if (named.length === 0) return false
  const { rows } = await sql`
    insert into community_waiting as w (person_id, post_id, mode, topic_id, via, at)
    select p.id, po.id, ${mentionWay}, po.topic_id, 'mention', ${now} from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as g(post uuid, person uuid)
      join post po on po.id = g.post join person p on p.id = g.person
      left join community_person cp on cp.person_id = p.id
    where po.state = 'standing' and p.id is distinct from po.author_id and p.id not in ${readersInside(now)}
      and (${mentionWay} = 'each' or (${mentionWay} = 'digest' and cp.digest <> 'never'))
    on conflict (person_id, post_id) do update set mode = excluded.mode, via = excluded.via where w.mode = 'digest' and excluded.mode = 'each'
    returning person_id`.execute(tx)
  return rows.length > 0
}

type Follower = {
  personId: string
  name: string
  addressId: string | null
  written: string
  normal: string
  language: string
  zone: string
}
/** The address they showed to be theirs; none, or somebody of the sample: nothing can be mailed. */
const follower = sql`p.id as person_id, p.name, a.id as address_id, a.written, a.normal, coalesce(p.language, i.language, 'en') as language, coalesce(p.zone, i.zone, 'UTC') as zone
  from person p left join installation i on true
  left join lateral (select id, written, normal from address where person_id = p.id and kind = 'mail' and verified_at is not null and suspended_at is null and not p.sample order by number limit 1) a on true`

type Via = 'topic' | 'category' | 'mention'
type Waiting = Follower & {
  topicId: string
  topicNumber: number
  via: Via
  categoryId: string
  posts: string[]
}

/** Of one topic nobody gets more than a mail a day for being mentioned there: what comes in between goes along with the next. `g` is what waits. */
const toldOfLately = (now: Date) => sql`
  select from post_mention m join post mp on mp.id = m.post_id where m.person_id = g.person_id and mp.topic_id = g.topic_id
    and m.told_at > ${new Date(now.getTime() - 86_400_000)}
    and not exists (select from community_waiting w where w.person_id = m.person_id and w.post_id = m.post_id)`

/** One mail for each person and topic. Returns how many were looked at; what waits for its budget is looked at again later. */
export async function mailWaiting(tx: Tx, now: Date): Promise<number> {
  const { rows } = await sql<Waiting>`
    with late as materialized (select person_id, topic_id from community_waiting g where mode = 'each' group by person_id, topic_id
      having not bool_and(via = 'mention') or not exists (${toldOfLately(now)}) order by min(at) limit ${portion})
    select s.topic_id, t.number as topic_number, t.category_id, w.via, w.posts, f.* from late s join topic t on t.id = s.topic_id
      cross join lateral (select coalesce(min(via) filter (where via <> 'mention'), 'mention') as via, array_agg(post_id order by at, post_id) as posts from (select via, post_id, at from community_waiting
        where person_id = s.person_id and topic_id = s.topic_id and mode = 'each' order by at, post_id limit ${mostPosts}) x) w
      cross join lateral (select ${follower} where p.id = s.person_id) f`.execute(tx)
  const sender = await ownSender(tx)
  if (rows.length === 0 || !sender) return 0
  const budget = await automaticBudget(
    tx,
    rows.flatMap(row => (row.addressId ? [row.normal] : [])),
    now,
  )
  const mails: Outgoing[] = []
  const told: Waiting[] = []
  for (const row of rows) {
    const left = row.addressId ? (budget.get(row.normal) ?? 0) : 0
    if (row.addressId && left === 0) continue
    if (row.addressId) {
      budget.set(row.normal, left - 1)
      mails.push(mailOf(row, sender, now))
    }
    told.push(row)
  }
  await enqueue(tx, mails)
  await forget(tx, told)
  return told.length
}

function mailOf(row: Waiting, sender: { id: string; address: string }, now: Date): Outgoing {
  const [domain, number] = [sender.address.slice(sender.address.lastIndexOf('@') + 1), Number(row.topicNumber)]
  const ends = row.via === 'category' ? row.categoryId : row.via === 'topic' ? row.topicId : row.personId
  return oneMail({
    ...{ from: sender, to: { ...row, id: row.addressId }, now, automatic: true },
    content: {
      ...frame(row, row.via === 'mention' ? 'stopMentions' : 'stop', ends, now),
      ...{ about: 'posts', personId: row.personId, postIds: row.posts, topic: { id: row.topicId, number } },
      ...{ via: row.via, rhythm: null },
      // All mails of a topic stand together in a mail program.
      references: [`topic-${number}.${row.topicId}@${domain}`],
    },
  })
}

function frame(to: Follower, label: 'stop' | 'stopDigest' | 'stopMentions', subjectId: string, now: Date) {
  const until = new Date(now.getTime() + linkDays * 86_400_000).toISOString()
  return {
    ...{ is: 'community' as const, subject: null, fromName: null, language: to.language, zone: to.zone },
    to: [{ name: to.name.includes('@') ? '' : to.name, address: to.written }],
    links: [
      {
        ...{
          purpose: label === 'stopMentions' ? ('mentions' as const) : ('unfollow' as const),
          subjectId,
          until,
          choice: null,
          what: null,
          heading: null,
          at: 'foot' as const,
        },
        label: communityMailWords(to.language)(label),
      },
    ],
  }
}

async function forget(tx: Tx, told: readonly { personId: string; posts: readonly string[] }[]): Promise<void> {
  const pairs = told.flatMap(({ personId, posts }) => posts.map(post => ({ person: personId, post })))
  await sql`delete from community_waiting w using jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as g(person uuid, post uuid)
    where w.person_id = g.person and w.post_id = g.post`.execute(tx)
}

type Due = Follower & { digest: DigestRhythm; posts: string[] | null }

/** Gatherings whose time has come; one in which nothing is goes to nobody. Returns how many were looked at. */
export async function gatherDue(tx: Tx, now: Date): Promise<number> {
  const { rows } = await sql<Due>`
    with due as materialized (select person_id, digest from community_person where digest_at <= ${now} order by digest_at limit ${portion} for update skip locked)
    select d.digest, f.*, (select array_agg(post_id order by at desc, post_id) from (select post_id, at from community_waiting where person_id = d.person_id and mode = 'digest' order by at desc limit ${mostGathered}) x) as posts
    from due d cross join lateral (select ${follower} where p.id = d.person_id) f`.execute(tx)
  if (rows.length === 0) return 0
  const sender = await ownSender(tx)
  const full = rows.filter(row => row.posts !== null && row.addressId)
  const budget = await automaticBudget(
    tx,
    full.map(row => row.normal),
    now,
  )
  const mails = full.flatMap(row =>
    sender && (budget.get(row.normal) ?? 0) > 0
      ? [
          oneMail({
            ...{ from: sender, to: { ...row, id: row.addressId }, now, automatic: true },
            content: {
              ...frame(row, 'stopDigest', row.personId, now),
              ...{ about: 'digest', personId: row.personId, postIds: row.posts!, topic: null, via: 'topic' },
              rhythm: row.digest === 'daily' ? 'daily' : 'weekly',
            },
          }),
        ]
      : [],
  )
  await enqueue(tx, mails)
  const gone = new Set(mails.map(mail => mail.recipientNormal))
  const [told, waits] = [full.filter(row => gone.has(row.normal)), full.filter(row => !gone.has(row.normal))]
  const them = told.map(row => row.personId)
  await sql`delete from community_waiting where mode = 'digest' and person_id = any(${them}::uuid[])`.execute(tx)
  const next = rows.map(row => ({
    id: row.personId,
    // The budget is spent: an hour later there is some again.
    at: waits.includes(row) ? new Date(now.getTime() + 3_600_000) : nextDigest(row.digest, now),
  }))
  await sql`update community_person cp set digest_at = g.at from jsonb_to_recordset(${JSON.stringify(next)}::jsonb) as g(id uuid, at timestamptz) where cp.person_id = g.id`.execute(
    tx,
  )
  return rows.length
}

type TaskParts = { db: Db; nudges: Pick<Nudges, 'send'>; clock: () => Date }

export function communityTasks({ db, nudges, clock }: TaskParts) {
  return [
    {
      name: 'community-mail',
      every: '*/5 * * * *',
      async act(_: unknown, signal: AbortSignal) {
        for (const step of [mailWaiting, gatherDue])
          while (!signal.aborted && (await inTransaction(db, tx => step(tx, clock()))) > 0) nudges.send('outbox')
      },
    },
  ]
}
