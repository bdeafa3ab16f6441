/**
 * Takes one person out of every table that knows them. Their own conversations go whole; in those of others their words, name
 * and addresses go, and what others said stays. Figures of goodwill stay without words. Refuses nothing: whoever calls has.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { removeConversations } from '../conversations/index.ts'

/** In the place of what was there. */
const gone = '…'
const portion = 50

export type Them = { ids: string[]; addresses: string[] }

/** With the records that became one with theirs, and every way to write an address of theirs. */
export async function themOf(tx: Tx, personId: string): Promise<Them> {
  const { rows } = await sql<{ id: string; addresses: string[] | null }>`
    with recursive all_of as (select id from person where id = ${personId}::uuid union select p.id from person p join all_of a on p.merged_into = a.id)
    select id, (select array_agg(distinct written) || array_agg(distinct normal) from address where person_id = all_of.id) as addresses from all_of`.execute(
    tx,
  )
  const addresses = rows.flatMap(row => row.addresses ?? []).filter(each => each.length > 3)
  return { ids: rows.map(row => row.id), addresses: [...new Set(addresses)] }
}

/** Some of their own; answers how many. Called again until there is none. */
export async function someGo(tx: Tx, { ids }: Them): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from conversation where customer_id = any(${ids}::uuid[]) and state <> 'merged' order by id limit ${portion} for update`.execute(
    tx,
  )
  const left =
    rows.length > 0
      ? rows
      : (
          await sql<{
            id: string
          }>`select id from conversation where customer_id = any(${ids}::uuid[]) order by id limit ${portion} for update`.execute(
            tx,
          )
        ).rows
  if (left.length > 0)
    await removeConversations(
      tx,
      left.map(({ id }) => id),
    )
  return left.length
}

/** Conversations of others that know them; their messages are found from there. */
export const elsewhere = (
  ids: readonly string[],
): RawBuilder<unknown> => sql`(select p.conversation_id from participant p where p.person_id = any(${[...ids]}::uuid[])
  union select a.conversation_id from ask a where a.expert_id = any(${[...ids]}::uuid[])
  union select s.conversation_id from conversation_share s where s.person_id = any(${[...ids]}::uuid[])
  union select q.conversation_id from promise q where q.conversation_id is not null and q.by_person_id = any(${[...ids]}::uuid[]))`

/** Returns the messages whose words changed, for whoever keeps what is found by them. */
export async function wordsGo(tx: Tx, { ids, addresses }: Them): Promise<string[]> {
  const them = sql`any(${ids}::uuid[])`
  const there = (
    await sql<{ id: string }>`select x.conversation_id as id from ${elsewhere(ids)} x`.execute(tx)
  ).rows.map(row => row.id)
  const within = sql`any(${there}::uuid[])`
  await sql`update delivery set raw = null, raw_file = null, reading = null where became <> 'quarantined' and (
      message_id in (select id from message where conversation_id = ${within}) or ask_message_id in (select m.id from ask_message m join ask a on a.id = m.ask_id where a.expert_id = ${them})
      or id in (select r.delivery_id from delivery_report r join message m on m.id = r.message_id where m.conversation_id = ${within}))`.execute(
    tx,
  )
  await sql`delete from attachment where message_id in (select id from message where conversation_id = ${within} and author_id = ${them})`.execute(
    tx,
  )
  const { rows: own } = await sql<{ id: string }>`
    update message set author_id = null, author_raw = null, subject = null, body_text = ${gone}, trimmed = null, body_html = null, trimmed_html = null, rfc_id = null, reply_to = null, recipients = '[]'
    where conversation_id = ${within} and author_id = ${them} returning id`.execute(tx)
  await sql`update conversation c set preview = ${gone} where c.id = ${within}
    and (select m.id from message m where m.conversation_id = c.id order by m.at desc, m.id desc limit 1) = any(${own.map(({ id }) => id)}::uuid[])`.execute(
    tx,
  )
  return [...own.map(({ id }) => id), ...(await addressesGo(tx, there, addresses))]
}

/** What others wrote keeps its words and loses their addresses. */
async function addressesGo(tx: Tx, there: readonly string[], addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0 || there.length === 0) return []
  const any = addresses.map(each => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  const without = (column: string) => sql`regexp_replace(${sql.ref(column)}, ${any}, ${gone}, 'gi')`
  const json = (column: string) => sql`regexp_replace(${sql.ref(column)}::text, ${any}, ${gone}, 'gi')::jsonb`
  const within = sql`any(${[...there]}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    update message set recipients = (select coalesce(jsonb_agg(r), '[]') from jsonb_array_elements(recipients) r where lower(r->>'address') <> all(${addresses.map(each => each.toLowerCase())}::text[])),
      body_text = ${without('body_text')}, trimmed = ${without('trimmed')}, body_html = ${without('body_html')}, trimmed_html = ${without('trimmed_html')},
      author_raw = ${without('author_raw')}, subject = ${without('subject')}, reply_to = ${without('reply_to')}
    where conversation_id = ${within} and (recipients::text ~* ${any} or body_text ~* ${any} or body_html ~* ${any} or author_raw ~* ${any} or reply_to ~* ${any} or subject ~* ${any}) returning id`.execute(
    tx,
  )
  // Whom it is seen to go to, without them; a mail goes to somebody all the same.
  const others = (list: string) =>
    sql`(select coalesce(jsonb_agg(r), '[]') from jsonb_array_elements(coalesce(content->${list}, '[]')) r where lower(r->>'address') <> all(${addresses.map(each => each.toLowerCase())}::text[]))`
  await sql`update outbox set content = content || jsonb_build_object('to', case when ${others('to')} = '[]' then jsonb_build_array(jsonb_build_object('name', '', 'address', recipient)) else ${others('to')} end, 'cc', ${others('cc')})
    where conversation_id = ${within} and content::text ~* ${any}`.execute(tx)
  await sql`update outbox set content = ${json('content')} where conversation_id = ${within} and content::text ~* ${any}`.execute(
    tx,
  )
  await sql`update later_reply set recipients = ${json('recipients')}, body = ${without('body')}, choices = ${json('choices')} where conversation_id = ${within} and (recipients::text || body || choices::text) ~* ${any}`.execute(
    tx,
  )
  await sql`delete from draft where conversation_id = ${within} and (body || choices::text) ~* ${any}`.execute(tx)
  await sql`delete from undoable where conversation_id = ${within}`.execute(tx)
  await sql`update conversation set preview = ${without('preview')}, subject = ${without('subject')} where id = ${within} and (preview || subject) ~* ${any}`.execute(
    tx,
  )
  await sql`update delivery_report set recipient = null, reason = ${without('reason')} where message_id in (select id from message where conversation_id = ${within}) and recipient ~* ${any}`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/** Mail of theirs that nobody could read, what we sent them besides, searches and rules that name them. */
export async function tracesGo(tx: Tx, { ids, addresses }: Them, names: readonly string[]): Promise<void> {
  const them = sql`any(${ids}::uuid[])`
  const lower = sql`${addresses.map(each => each.toLowerCase())}::text[]`
  await sql`delete from outbox where recipient_normal = any(${lower}) or address_id in (select id from address where person_id = ${them})`.execute(
    tx,
  )
  await sql`delete from blocked_sender where kind = 'address' and normal = any(${lower})`.execute(tx)
  await sql`delete from recent_search where exists (select from unnest(${[...addresses, ...names]}::text[]) t where strpos(lower(recent_search.text), lower(t)) > 0)`.execute(
    tx,
  )
  await sql`delete from kept_words where exists (select from unnest(${addresses}::text[]) t where strpos(lower(fields::text), lower(t)) > 0)`.execute(
    tx,
  )
  await sql`delete from spam_token where exists (select from unnest(${addresses}::text[]) t where strpos(token, lower(t)) > 0)`.execute(
    tx,
  )
  await sql`update delivery set became = 'removed', reason = null, detail = null, raw = null, raw_file = null, reading = null
    where became = 'quarantined' and exists (select from unnest(${addresses}::text[]) t where position(convert_to(t, 'UTF8') in raw) > 0 or strpos(lower(coalesce(reading::text, '') || coalesce(detail, '')), lower(t)) > 0)`.execute(
    tx,
  )
  for (const each of addresses) {
    await sql`update saved_view set q = replace(q, ${each}, ${gone}) where strpos(q, ${each}) > 0`.execute(tx)
    await sql`update rule set conditions = replace(conditions::text, ${each}, ${gone})::jsonb where strpos(conditions::text, ${each}) > 0`.execute(
      tx,
    )
  }
}

/** Last: what still names them, and then they themselves. The rest goes with them by what the database holds together. */
export async function theyGo(tx: Tx, { ids }: Them): Promise<void> {
  const them = sql`any(${ids}::uuid[])`
  const promises = sql`(select id from promise where by_person_id = ${them} union select promise_id from ask where expert_id = ${them} and promise_id is not null)`
  await sql`update promise set replaced_by = null, ended_how = 'released', ended_why = 'erased' where replaced_by in ${promises} and not (by_person_id = ${them})`.execute(
    tx,
  )
  await sql`delete from promise where id in ${promises} or relationship_id in (select id from relationship where person_id = ${them})`.execute(
    tx,
  )
  await sql`update promise set to_person_id = null, words = ${gone}, ended_words = null where to_person_id = ${them}`.execute(
    tx,
  )
  await sql`delete from ask where expert_id = ${them}`.execute(tx)
  await sql`delete from follow_up where person_id = ${them}`.execute(tx)
  await sql`update offer set settled_by = null, said = '' where settled_by = ${them}`.execute(tx)
  await sql`delete from participant where person_id = ${them}`.execute(tx)
  await sql`delete from chat_session where person_id = ${them}`.execute(tx)
  await sql`update goodwill set person_id = null, conversation_id = null, what = ${gone}, reason = ${gone}, decided_words = case when decided_words is not null then ${gone} end,
    withdrawn_words = case when withdrawn_words is not null then ${gone} end where person_id = ${them}`.execute(tx)
  await sql`update touch set person_id = null, words = '' where person_id = ${them} and organisation_id is not null`.execute(
    tx,
  )
  await sql`delete from touch where person_id = ${them}`.execute(tx)
  await sql`delete from person_merge where survivor_id = ${them} or absorbed_id = ${them}`.execute(tx)
  await sql`update person set merged_into = null, no_unasked_by = null where id = ${them}`.execute(tx)
  await sql`delete from person where id = ${them}`.execute(tx)
}
