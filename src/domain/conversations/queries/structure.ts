/** What hangs together with a conversation, and replies that wait in it. Names nothing that the actor may not see (I9). */
import { sql } from 'kysely'
import type { NextStep, State } from '../../../contract/conversations.ts'
import type { OtherConversation, Structure } from '../../../contract/structure.ts'
import { type Db, type Tx, together } from '../../../platform/db/index.ts'
import { absent } from '../../../platform/http/index.ts'
import { linesOfHtml } from '../../../platform/mail/reading/htmlText.ts'
import { inSightOf, type Member, mayRead } from '../../access/index.ts'
import { mornings } from '../reach.ts'

type Head = { id: string; teamId: string; ownerId: string | null; customerId: string; mergedInto: string | null }

async function seen(db: Db, actor: Member, id: string): Promise<Head> {
  const { rows } =
    await sql<Head>`select id, team_id, owner_id, customer_id, merged_into from conversation where id = ${id}::uuid`.execute(
      db,
    )
  if (!rows[0] || !mayRead(actor, rows[0])) throw absent()
  return rows[0]
}

export async function structure(db: Db, actor: Member, id: string, now: Date): Promise<Structure> {
  const head = await seen(db, actor, id)
  return together(db, async on => {
    const [mergedInto, merges, links, later, snoozedUntil, opens] = await Promise.all([
      survivorOf(on, actor, head),
      mergesInto(on, id),
      linksOf(on, actor, id),
      waitingIn(on, id),
      snoozed(on, actor, id, now),
      mornings(on as unknown as Tx, head.teamId, now),
    ])
    const mornings_ = { next: opens.next.toISOString(), monday: opens.monday.toISOString() }
    return { mergedInto, merges, links, later, snoozedUntil, mornings: mornings_ }
  })
}

/** Through however many merges. */
async function survivorOf(db: Db, actor: Member, { id, mergedInto }: Head): Promise<Structure['mergedInto']> {
  if (!mergedInto) return null
  const { rows } = await sql<{ id: string; number: number; subject: string; teamId: string; ownerId: string | null }>`
    with recursive up(id) as (select ${id}::uuid union select c.merged_into from up join conversation c on c.id = up.id where c.merged_into is not null)
    select c.id, c.number, c.subject, c.team_id, c.owner_id from up join conversation c on c.id = up.id where c.merged_into is null`.execute(
    db,
  )
  const found = rows[0]
  return found && mayRead(actor, found) ? { id: found.id, number: found.number, subject: found.subject } : null
}

async function mergesInto(db: Db, id: string): Promise<Structure['merges']> {
  const { rows } = await sql<{
    mergeId: string
    number: number
    subject: string
    byId: string | null
    byName: string | null
    at: Date
    messages: number
  }>`
    select m.id as merge_id, c.number, c.subject, p.id as by_id, p.name as by_name, m.at, jsonb_array_length(m.was->'messages') as messages
    from merge m join conversation c on c.id = m.absorbed_id left join person p on p.id = m.by_id
    where m.survivor_id = ${id}::uuid and m.undone_at is null order by m.at desc limit 50`.execute(db)
  return rows.map(({ byId, byName, at, ...row }) => ({
    ...row,
    by: byId ? { id: byId, name: byName ?? '' } : null,
    at: at.toISOString(),
  }))
}

type OtherRow = {
  id: string
  number: number
  subject: string
  state: State
  customerId: string
  customerName: string
  lastAt: Date
}
const otherOf = ({ customerId, customerName, lastAt, ...row }: OtherRow): OtherConversation => ({
  id: row.id,
  number: row.number,
  subject: row.subject,
  state: row.state,
  customer: { id: customerId, name: customerName },
  lastAt: lastAt.toISOString(),
})
const otherColumns = sql`c.id, c.number, c.subject, c.state, c.customer_id, p.name as customer_name, c.last_at`

async function linksOf(db: Db, actor: Member, id: string): Promise<Structure['links']> {
  const { rows } = await sql<OtherRow & { linkId: string; kind: 'related' | 'child' | 'part'; here: 'from' | 'to' }>`
    select l.id as link_id, l.kind, case when l.from_id = ${id}::uuid then 'from' else 'to' end as here, ${otherColumns}
    from conversation_link l join conversation c on c.id = case when l.from_id = ${id}::uuid then l.to_id else l.from_id end join person p on p.id = c.customer_id
    where (l.from_id = ${id}::uuid or l.to_id = ${id}::uuid) and c.state <> 'merged' and ${inSightOf(actor, 'c')} order by l.kind, l.since limit 100`.execute(
    db,
  )
  return rows.map(row => ({ linkId: row.linkId, as: asSeen(row.kind, row.here), other: otherOf(row) }))
}

/** What the other is to this one. */
function asSeen(kind: 'related' | 'child' | 'part', here: 'from' | 'to'): Structure['links'][number]['as'] {
  if (kind === 'related') return 'related'
  if (kind === 'child') return here === 'from' ? 'child' : 'parent'
  return here === 'from' ? 'part' : 'whole'
}

async function waitingIn(db: Db, id: string): Promise<Structure['later']> {
  const { rows } = await sql<{
    id: string
    personId: string
    name: string
    body: string
    recipients: { to: string[]; cc: string[] }
    nextStep: NextStep
    files: { id: string; name: string; bytes: number }[] | null
    sendAt: Date
    madeAt: Date
    endedAt: Date | null
    endedWhy: string | null
  }>`
    select l.id, l.person_id, p.name, l.body, l.recipients, l.next_step, l.send_at, l.made_at, l.ended_at, l.ended_why,
      (select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name, 'bytes', u.bytes)) from upload u where u.id = any(l.attachments)) as files
    from later_reply l join person p on p.id = l.person_id
    where l.conversation_id = ${id}::uuid and (l.ended_at is null or l.ended_how = 'stopped') order by l.send_at limit 20`.execute(
    db,
  )
  return rows.map(row => ({
    id: row.id,
    author: { id: row.personId, name: row.name },
    html: row.body,
    text: linesOfHtml(row.body).lines.join('\n').trim(),
    recipients: (['to', 'cc'] as const).flatMap(role =>
      row.recipients[role].map(address => ({ role, address, name: '', personId: null })),
    ),
    nextStep: row.nextStep,
    files: row.files ?? [],
    sendAt: row.sendAt.toISOString(),
    madeAt: row.madeAt.toISOString(),
    stopped: row.endedAt ? { at: row.endedAt.toISOString(), because: row.endedWhy ?? '' } : null,
  }))
}

async function snoozed(db: Db, actor: Member, id: string, now: Date): Promise<string | null> {
  const { rows } = await sql<{ dueAt: Date }>`
    select due_at from promise where conversation_id = ${id}::uuid and kind = 'reminder' and by_person_id = ${actor.personId}::uuid and ended_at is null and due_at > ${now} limit 1`.execute(
    db,
  )
  return rows[0]?.dueAt.toISOString() ?? null
}

/** The customer's others first; with words, those whose number or subject fits. */
export async function findOthers(db: Db, actor: Member, input: { conversationId: string; like: string }) {
  const head = await seen(db, actor, input.conversationId)
  const like = input.like.replace(/^#/, '')
  const number = /^\d{1,15}$/.test(like) ? Number(like) : null
  const words = `%${like.replace(/[\\%_]/g, sign => `\\${sign}`)}%`
  const fits =
    like === ''
      ? sql`c.customer_id = ${head.customerId}::uuid`
      : sql`(c.number = ${number}::bigint or c.subject ilike ${words} or p.name ilike ${words})`
  // The newest of the customer, and of what the actor sees the newest thousands: a dialog, not a search.
  const { rows } = await sql<OtherRow>`
    select * from (
      (select ${otherColumns} from conversation c join person p on p.id = c.customer_id
        where c.customer_id = ${head.customerId}::uuid and c.id <> ${head.id}::uuid and c.state not in ('spam', 'trash', 'merged') and ${inSightOf(actor, 'c')} and ${fits}
        order by c.last_at desc limit 20)
      union
      (select ${otherColumns} from (select * from conversation c where ${inSightOf(actor, 'c')} and c.state not in ('spam', 'trash', 'merged')
          and ${like === '' ? sql`false` : sql`true`} order by c.last_at desc limit 5000) c join person p on p.id = c.customer_id
        where c.id <> ${head.id}::uuid and ${fits} order by c.last_at desc limit 20)
      union
      (select ${otherColumns} from conversation c join person p on p.id = c.customer_id
        where c.number = ${number}::bigint and c.id <> ${head.id}::uuid and c.state not in ('spam', 'trash', 'merged') and ${inSightOf(actor, 'c')})
    ) f order by customer_id <> ${head.customerId}::uuid, number is distinct from ${number}::bigint, last_at desc limit 20`.execute(
    db,
  )
  return { conversations: rows.map(row => ({ ...otherOf(row), sameCustomer: row.customerId === head.customerId })) }
}
