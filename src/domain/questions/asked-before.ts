/** What was asked before, like the question a conversation began with: by the same person, by others, and how many of them. Only what the member may read. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { askedBefore as contract, EarlierQuestion } from '../../contract/questions.ts'
import { type Db, together } from '../../platform/db/index.ts'
import { absent } from '../../platform/http/index.ts'
import { inSightOf, type Member, ownedOnlyTeams, servesIn, visibleTeams } from '../access/index.ts'
import { featuresOf } from './features.ts'
import type { Known, Match } from './likeness.ts'
import { candidatesFor, type Found, knownOf, likeliest } from './matching.ts'
import { asksHere, recurringOf, sinceOf } from './queries.ts'
import { firstQuestions } from './reader.ts'
import { sameFrom } from './sorting.ts'

/** The same person means the same by less. */
const likeEnough = { same: 0.25, others: 0.33 }
const shown = { same: 5, others: 5 }
/** Of one person the newest so many are compared. */
const mostOfOne = 100

type Asked = { customerId: string; teamId: string; features: number[] | null; recurringId: string | null; at: Date }

export async function askedBefore(
  db: Db,
  actor: Member,
  conversationId: string,
  now: Date,
): Promise<z.input<typeof contract.output>> {
  return together(db, async on => {
    const { rows } =
      await sql<Asked>`select c.customer_id, c.team_id, q.features, q.recurring_id, coalesce(q.at, c.opened_at) as at
      from conversation c left join question q on q.conversation_id = c.id where c.id = ${conversationId}::uuid and ${inSightOf(actor, 'c')}`.execute(
        on,
      )
    const asked = rows[0]
    if (!asked) throw absent()
    const features = asked.features ?? (await featuresNow(on, conversationId))
    if (features.length === 0) return { bySame: [], byOthers: [], others: 0, recurring: null }
    const known = await knownOf(on, features)
    const about = { conversationId, ...asked, features }
    const [own, others] = await Promise.all([
      ownOf(on, actor, about).then(found => likeliest(on, { features, known }, found, shown.same)),
      othersOf(on, actor, about, known),
    ])
    const bySame = own.filter(each => each.likeness >= likeEnough.same)
    const byOthers = others.filter(each => each.likeness >= likeEnough.others).slice(0, shown.others)
    // A question that came this minute is not yet put with the others.
    const near = others.find(each => each.likeness >= sameFrom && each.candidate.recurringId)
    const recurringId = asked.recurringId ?? near?.candidate.recurringId ?? null
    const [earlier, count, recurring] = await Promise.all([
      earlierOf(on, actor, [...bySame, ...byOthers]),
      recurringId ? countOthers(on, actor, recurringId, asked.customerId, now) : 0,
      recurringId && servesIn(actor, asked.teamId) ? recurringOf(on, actor, recurringId, now) : undefined,
    ])
    const viewsOf = (matches: readonly Match<Found>[]) => matches.flatMap(each => earlier.get(each.candidate.id) ?? [])
    return {
      bySame: viewsOf(bySame).sort((a, b) => b.at.localeCompare(a.at)),
      byOthers: viewsOf(byOthers),
      others: count,
      recurring: recurring && recurring.people > 1 ? recurring : null,
    }
  })
}

/** Before the log's reader came by. */
async function featuresNow(on: Db, conversationId: string): Promise<number[]> {
  const { rows } = await firstQuestions([conversationId]).execute(on)
  return rows[0] ? featuresOf(rows[0]) : []
}

type About = { conversationId: string; customerId: string; features: number[]; at: Date }

const saidApart = (conversationId: string) => sql`exists (select from question_judgement j where not j.same
  and j.conversation_id = least(q.conversation_id, ${conversationId}::uuid) and j.other_id = greatest(q.conversation_id, ${conversationId}::uuid))`

async function ownOf(on: Db, actor: Member, { conversationId, customerId, at }: About): Promise<Found[]> {
  const { rows } =
    await sql<Found>`select q.conversation_id as id, q.features, q.recurring_id, q.at from conversation c join question q on q.conversation_id = c.id
    where c.customer_id = ${customerId}::uuid and c.id <> ${conversationId}::uuid and q.at <= ${at} and ${asksHere} and ${inSightOf(actor, 'c')}
      and not ${saidApart(conversationId)} order by q.at desc limit ${mostOfOne}`.execute(on)
  return rows
}

async function othersOf(
  on: Db,
  actor: Member,
  { conversationId, customerId, features }: About,
  known: Known,
): Promise<Match<Found>[]> {
  const teams = [...visibleTeams(actor), ...ownedOnlyTeams(actor)]
  const found = await candidatesFor(on, features, known, sql`q.team_id = any(${teams}::uuid[])`)
  const sight = async (ids: string[]) => {
    const { rows } = await sql<{
      id: string
    }>`select c.id from conversation c join question q on q.conversation_id = c.id
      where c.id = any(${ids}::uuid[]) and c.id <> ${conversationId}::uuid and c.customer_id <> ${customerId}::uuid and ${asksHere} and ${inSightOf(actor, 'c')}
        and not ${saidApart(conversationId)}`.execute(on)
    return new Set(rows.map(row => row.id))
  }
  return likeliest(on, { features, known }, found, shown.others + 3, sight)
}

async function countOthers(on: Db, actor: Member, recurringId: string, customerId: string, now: Date) {
  const { rows } = await sql<{
    n: number
  }>`select count(distinct c.customer_id)::int as n from question q join conversation c on c.id = q.conversation_id
    where q.recurring_id = ${recurringId}::uuid and q.at > ${sinceOf(now)} and c.customer_id <> ${customerId}::uuid and ${asksHere} and ${inSightOf(actor, 'c')}`.execute(
    on,
  )
  return rows[0]!.n
}

/** The reply that answered, else the last one of ours. `c` is a conversation. */
export const answerOf = sql`(select m.* from message m where m.conversation_id = c.id and m.kind = 'reply' and m.taken_back_at is null
  order by coalesce(m.next_step->>'is' = 'answered', false) desc, m.at desc, m.id desc limit 1)`

type Row = {
  conversationId: string
  number: number
  subject: string
  excerpt: string
  customerId: string
  customerName: string
  at: Date
  outcome: string | null
  messageId: string | null
  answer: string | null
  answeredAt: Date | null
  byId: string | null
  byName: string | null
}

const words = (column: string) =>
  sql`left(regexp_replace(left(coalesce(${sql.ref(`${column}.trimmed`)}, ${sql.ref(`${column}.bodyText`)}), 1500), '\\s+', ' ', 'g'), 280)`

async function earlierOf(
  on: Db,
  actor: Member,
  matches: readonly Match<Found>[],
): Promise<Map<string, EarlierQuestion>> {
  const ids = matches.map(each => each.candidate.id)
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select c.id as conversation_id, c.number, c.subject, ${words('f')} as excerpt, c.customer_id, cu.name as customer_name, q.at, c.outcome,
      a.id as message_id, ${words('a')} as answer, a.at as answered_at, by.id as by_id, by.name as by_name
    from conversation c join question q on q.conversation_id = c.id join message f on f.id = q.message_id join person cu on cu.id = c.customer_id
    left join lateral ${answerOf} a on true left join person by on by.id = a.author_id
    where c.id = any(${ids}::uuid[]) and ${inSightOf(actor, 'c')}`.execute(on)
  return new Map(rows.map(row => [row.conversationId, viewOf(row)]))
}

function viewOf(row: Row): EarlierQuestion {
  return {
    conversationId: row.conversationId,
    number: row.number,
    subject: row.subject,
    excerpt: row.excerpt,
    customer: { id: row.customerId, name: row.customerName },
    at: row.at.toISOString(),
    answer:
      row.messageId && row.answeredAt
        ? {
            messageId: row.messageId,
            by: row.byId ? { id: row.byId, name: row.byName ?? '' } : null,
            at: row.answeredAt.toISOString(),
            excerpt: row.answer ?? '',
            verified: row.outcome === 'verified',
          }
        : null,
  }
}
