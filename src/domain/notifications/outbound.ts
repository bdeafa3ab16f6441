/** What waits to go out by mail or push, looked at again at that moment: read, ended, or not to be seen any more goes nowhere. */
import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/db/index.ts'
import { keepersOfMailbox, readersInside, readersOf } from '../access/index.ts'
import type { ToldItem } from '../channels/index.ts'
import { aboutTopic, ofTopic, topicAuthor, topicStands } from './about-topic.ts'
import { aboutGoodwill, aboutQuestion } from './queries.ts'
import { takeTurn } from './tables.ts'

export type Ripe = Omit<ToldItem, 'link' | 'dueAt'> & {
  id: string
  personId: string
  conversationId: string | null
  askId: string | null
  /** outside of any conversation */
  goodwillId: string | null
  questionId: string | null
  topicId: string | null
  dueAt: Date | null
  mailAt: Date | null
  pushAt: Date | null
  /** there is still something to tell */
  stands: boolean
}

/** Nobody is told days later of what was news. */
const lateMs = 3 * 86_400_000

export type Way = 'mail' | 'push'

/** Some people who have something ripe; theirs alone until the transaction ends, other processes take others. */
export async function takePeople(tx: Tx, way: Way, now: Date): Promise<string[]> {
  const column = sql.ref(way === 'mail' ? 'mailAt' : 'pushAt')
  const { rows } = await sql<{ personId: string }>`
    select person_id from member where person_id in (select person_id from notification where ${column} <= ${now} order by ${column} limit 200)
    order by person_id limit 20 for no key update skip locked`.execute(tx)
  if (rows.length > 0) await takeTurn(tx, 'sender')
  return rows.map(row => row.personId)
}

export async function ripeOf(tx: Tx, people: readonly string[], way: Way, now: Date): Promise<Map<string, Ripe[]>> {
  const column = sql.ref(way === 'mail' ? 'n.mailAt' : 'n.pushAt')
  const rows = await lookAt(tx, sql`n.person_id = any(${people}::uuid[]) and ${column} <= ${now}`, now)
  return Map.groupBy(rows, row => row.personId)
}

export async function ripeById(on: Db | Tx, ids: readonly string[], now: Date): Promise<Map<string, Ripe>> {
  const rows = await lookAt(on, sql`n.id = any(${ids}::uuid[])`, now)
  return new Map(rows.map(row => [row.id, row]))
}

async function lookAt(on: Db | Tx, which: ReturnType<typeof sql>, now: Date): Promise<Ripe[]> {
  const { rows } = await sql<Ripe>`
    select n.id, n.person_id, n.kind, n.count, n.conversation_id, n.ask_id, e.name as asked, n.mail_at, n.push_at, g.id as goodwill_id, q.id as question_id, tc.id as topic_id, coalesce(c.number, tc.number) as number,
      coalesce(cu.name, gp.name, go.name, tp.name, tt.name) as customer, coalesce(a.name, au.name, ${topicAuthor}) as actor,
      p.due_at, b.address as mailbox, coalesce(c.subject, g.what, tc.title) as subject, left(regexp_replace(coalesce(m.trimmed, m.body_text, tpo.words), '\\s+', ' ', 'g'), 300) as said,
      (n.read_at is null and n.at > ${new Date(now.getTime() - lateMs)}
        and (c.id is null or (c.state not in ('spam', 'trash', 'merged') and n.person_id in ${readersOf({ owner: sql`c.owner_id`, team: sql`c.team_id` }, now)}))
        and (p.id is null or p.ended_at is null)
        and (b.id is null or (b.removed_at is null and b.alert is not null and n.person_id in ${keepersOfMailbox(sql`b.team_id`, now)}))
        and (not ${ofTopic} or (${topicStands} and n.person_id in ${readersInside(now)}))
        and (c.id is not null or b.id is not null or tc.id is not null or k.id is not null or g.id is not null or q.id is not null or p.id is not null or n.kind = 'test')) as stands
    from notification n left join conversation c on c.id = n.conversation_id left join person cu on cu.id = c.customer_id
      left join person a on a.id = n.actor_id left join promise p on p.id = n.promise_id left join mailbox b on b.id = n.mailbox_id
      left join message m on m.id = n.message_id and n.kind in ('message', 'mention') left join person au on au.id = m.author_id
      left join ask k on k.id = n.ask_id left join person e on e.id = k.expert_id and n.kind = 'unsent'
      left join person tp on tp.id = p.to_person_id left join team tt on tt.id = p.to_team_id ${aboutGoodwill} ${aboutQuestion} ${aboutTopic}
    where ${which} order by n.at desc, n.id limit 1000`.execute(on)
  return rows
}

/** The path in the desk that shows it. */
export function pathOf(
  ripe: Pick<Ripe, 'conversationId' | 'mailbox' | 'askId' | 'goodwillId' | 'questionId' | 'topicId' | 'dueAt'>,
): string {
  if (ripe.conversationId) return `/conversations/${ripe.conversationId}`
  if (ripe.askId) return `/asks/${ripe.askId}`
  if (ripe.goodwillId) return '/goodwill'
  if (ripe.questionId) return '/asked-again'
  if (ripe.topicId) return `/community/${ripe.topicId}`
  if (ripe.dueAt) return '/'
  return ripe.mailbox ? '/settings/health' : '/notifications'
}

/** A customer's words only for who chose so. */
export function itemOf(ripe: Ripe, baseUrl: URL, showsWords: boolean): ToldItem {
  const { kind, count, number, customer, actor, mailbox, dueAt, asked } = ripe
  return {
    ...{ kind, count, number, customer, actor, mailbox, asked },
    dueAt: dueAt?.toISOString() ?? null,
    subject: showsWords ? ripe.subject : null,
    said: showsWords ? ripe.said : null,
    link: new URL(pathOf(ripe), baseUrl).href,
  }
}

export async function moveTo(tx: Tx, way: Way, ids: readonly string[], at: Date | null): Promise<void> {
  if (ids.length === 0) return
  const column = sql.ref(way === 'mail' ? 'mailAt' : 'pushAt')
  await sql`update notification set ${column} = ${at}::timestamptz where id = any(${ids}::uuid[])`.execute(tx)
}
