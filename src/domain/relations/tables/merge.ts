/** The rows of a merge of people that need more than a new name in a column: conversations with their version, the relationship, and what was sent unasked. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'

export type Conversation = { id: string; version: number; state: string; teamId: string; ownerId: string | null }

export async function moveConversations(
  tx: Tx,
  from: string,
  to: string,
  only?: readonly string[],
): Promise<Conversation[]> {
  // In the order of ids, so that whoever writes in one of them meanwhile is waited for and never waits for us.
  await sql`select from conversation where customer_id = ${from}::uuid ${only ? sql`and id = any(${only}::uuid[])` : sql``} order by id for update`.execute(
    tx,
  )
  const { rows } = await sql<Conversation>`update conversation set customer_id = ${to}::uuid, version = version + 1
    where customer_id = ${from}::uuid ${only ? sql`and id = any(${only}::uuid[])` : sql``} returning id, version, state, team_id, owner_id`.execute(
    tx,
  )
  return rows
}

/**
 * What came from these addresses since they belonged to the survivor: in undoing it is the absorbed one's. Conversations
 * begun from one of them, what was promised there, and messages that name one as their sender.
 */
export async function theirsSince(tx: Tx, addressIds: readonly string[], survivorId: string, since: Date) {
  const addresses = sql`${addressIds}::uuid[]`
  const conversations = await sql<{ id: string }>`
    select c.id from participant x join conversation c on c.id = x.conversation_id
    where x.address_id = any(${addresses}) and x.role = 'customer' and c.customer_id = ${survivorId}::uuid and c.opened_at >= ${since}`.execute(
    tx,
  )
  return conversations.rows.map(row => row.id)
}

export async function giveBack(
  tx: Tx,
  about: { addressIds: readonly string[]; conversationIds: readonly string[]; from: string; to: string; since: Date },
): Promise<void> {
  const { from, to, since } = about
  const addresses = sql`${about.addressIds}::uuid[]`
  const conversations = sql`${about.conversationIds}::uuid[]`
  await sql`update message m set author_id = ${to}::uuid from participant x join address a on a.id = x.address_id
    where x.address_id = any(${addresses}) and m.conversation_id = x.conversation_id and m.author_id = ${from}::uuid and m.at >= ${since}
      and position(a.normal in lower(m.author_raw)) > 0`.execute(tx)
  await sql`update participant set person_id = ${to}::uuid where address_id = any(${addresses}) and person_id = ${from}::uuid`.execute(
    tx,
  )
  await sql`update promise set to_person_id = ${to}::uuid where conversation_id = any(${conversations}) and to_person_id = ${from}::uuid`.execute(
    tx,
  )
  await sql`update promise set by_person_id = ${to}::uuid where conversation_id = any(${conversations}) and by_person_id = ${from}::uuid and direction = 'theirs'`.execute(
    tx,
  )
  await sql`update follow_up set person_id = ${to}::uuid where conversation_id = any(${conversations}) and person_id = ${from}::uuid`.execute(
    tx,
  )
}

type Relationship = {
  id: string
  keeperId: string | null
  rhythmDays: number | null
  lastContactAt: string | null
  lastContactKind: string | null
  since: string
}
export type RelationshipWas = {
  absorbed: { row: Record<string, unknown>; promises: string[]; released: string[] }
  survivor: Relationship | null
  left: Relationship
} | null

const facts = sql`id, keeper_id, rhythm_days, last_contact_at::text, last_contact_kind, since::text`
const relationshipOf = async (tx: Tx, personId: string): Promise<Relationship | null> =>
  (await sql<Relationship>`select ${facts} from relationship where person_id = ${personId}::uuid`.execute(tx))
    .rows[0] ?? null

/** One relationship comes of two: the later contact, the longer time, the survivor's keeper before the other's. Only one open check-in stays. */
export async function joinRelationships(
  tx: Tx,
  from: string,
  to: string,
  freshId: string,
  now: Date,
): Promise<RelationshipWas> {
  await sql`select from relationship where person_id in (${from}::uuid, ${to}::uuid) order by id for update`.execute(tx)
  const absorbed = await sql<{
    id: string
    row: Record<string, unknown>
  }>`select id, to_jsonb(r) as row from relationship r where person_id = ${from}::uuid`.execute(tx)
  const old = absorbed.rows[0]
  if (!old) return null
  const survivor = await relationshipOf(tx, to)
  if (survivor)
    await sql`update relationship s set since = least(s.since, a.since), keeper_id = coalesce(s.keeper_id, a.keeper_id),
        rhythm_days = case when s.keeper_id is null then a.rhythm_days else s.rhythm_days end,
        last_contact_at = greatest(s.last_contact_at, a.last_contact_at),
        last_contact_kind = case when a.last_contact_at > s.last_contact_at or s.last_contact_at is null then a.last_contact_kind else s.last_contact_kind end
      from relationship a where s.id = ${survivor.id}::uuid and a.id = ${old.id}::uuid`.execute(tx)
  else
    await sql`insert into relationship (id, person_id, keeper_id, rhythm_days, last_contact_at, last_contact_kind, since, sample)
      select ${freshId}::uuid, ${to}::uuid, keeper_id, rhythm_days, last_contact_at, last_contact_kind, since, sample from relationship where id = ${old.id}::uuid`.execute(
      tx,
    )
  const left = (await relationshipOf(tx, to))!
  const released = await sql<{
    id: string
  }>`update promise set ended_at = ${now}, ended_how = 'released', ended_why = 'merged'
    where relationship_id = ${old.id}::uuid and kind = 'check-in' and ended_at is null
      and exists (select from promise o where o.relationship_id = ${left.id}::uuid and o.kind = 'check-in' and o.ended_at is null) returning id`.execute(
    tx,
  )
  const promises = await sql<{
    id: string
  }>`update promise set relationship_id = ${left.id}::uuid where relationship_id = ${old.id}::uuid returning id`.execute(
    tx,
  )
  await sql`delete from relationship where id = ${old.id}::uuid`.execute(tx)
  const ids = (found: { rows: { id: string }[] }) => found.rows.map(row => row.id)
  return { absorbed: { row: old.row, promises: ids(promises), released: ids(released) }, survivor, left }
}

/** The absorbed one's as it was; the survivor's too, where nobody has changed it since. */
export async function partRelationships(tx: Tx, was: RelationshipWas, to: string): Promise<void> {
  if (!was) return
  await sql`insert into relationship select * from jsonb_populate_record(null::relationship, ${JSON.stringify(was.absorbed.row)}::jsonb)
    on conflict do nothing`.execute(tx)
  const mine = String(was.absorbed.row.id)
  await sql`update promise set relationship_id = ${mine}::uuid where id = any(${was.absorbed.promises}::uuid[]) and relationship_id = ${was.left.id}::uuid`.execute(
    tx,
  )
  await sql`update promise set ended_at = null, ended_how = null, ended_why = null where id = any(${was.absorbed.released}::uuid[]) and ended_why = 'merged'`.execute(
    tx,
  )
  const now = await relationshipOf(tx, to)
  if (!now || now.id !== was.left.id) return
  const untouched = now.lastContactAt === was.left.lastContactAt && now.keeperId === was.left.keeperId
  if (!was.survivor) {
    if (untouched)
      await sql`delete from relationship r where id = ${now.id}::uuid and not exists (select from promise p where p.relationship_id = r.id)`.execute(
        tx,
      )
    return
  }
  const s = was.survivor
  if (now.lastContactAt === was.left.lastContactAt)
    await sql`update relationship set last_contact_at = ${s.lastContactAt}::timestamptz, last_contact_kind = ${s.lastContactKind} where id = ${now.id}::uuid`.execute(
      tx,
    )
  if (now.keeperId === was.left.keeperId && now.rhythmDays === was.left.rhythmDays)
    await sql`update relationship set keeper_id = ${s.keeperId}::uuid, rhythm_days = ${s.rhythmDays}, since = ${s.since}::timestamptz where id = ${now.id}::uuid`.execute(
      tx,
    )
}

export type ContactWas = { id: string; at: string; until: string }
type ContactRow = { id: string; kind: string; at: Date; until: Date; pulseUntil: Date | null }
const contactsOf = async (tx: Tx, personId: string) =>
  (
    await sql<ContactRow>`select id, kind, at, until, pulse_until from unasked_contact where person_id = ${personId}::uuid order by at for update`.execute(
      tx,
    )
  ).rows

/** I7 holds for the one person there is now: what both were sent counts, and no two of its times overlap. */
export async function moveContacts(tx: Tx, from: string, to: string): Promise<ContactWas[]> {
  const standing = await contactsOf(tx, to)
  const moved: ContactWas[] = []
  for (const row of await contactsOf(tx, from)) {
    const fits = fitted(row, standing)
    if (!fits) continue
    await sql`update unasked_contact set person_id = ${to}::uuid, at = ${fits.at}, until = ${fits.until} where id = ${row.id}::uuid`.execute(
      tx,
    )
    standing.push({ ...row, ...fits })
    moved.push({ id: row.id, at: row.at.toISOString(), until: row.until.toISOString() })
  }
  return moved
}

/** The part of its time that nothing there covers yet and that ends last; null when all of it is covered. */
export function fitted(
  row: Omit<ContactRow, 'id'>,
  standing: readonly Omit<ContactRow, 'id'>[],
): { at: Date; until: Date } | null {
  let at = row.at
  for (let moved = true; moved; ) {
    moved = false
    const until = row.until > at ? row.until : new Date(at.getTime() + 1000)
    for (const other of standing) {
      const within = other.at < until && other.until > at
      const pulses = row.pulseUntil && other.pulseUntil && other.at < row.pulseUntil && other.pulseUntil > at
      if (!within && !pulses) continue
      at = new Date(Math.max(within ? other.until.getTime() : 0, pulses ? other.pulseUntil!.getTime() : 0))
      moved = true
      break
    }
  }
  const ends = row.pulseUntil && row.pulseUntil > row.until ? row.pulseUntil : row.until
  if (at >= ends) return null
  return { at, until: row.until > at ? row.until : new Date(at.getTime() + 1000) }
}

export async function moveContactsBack(tx: Tx, was: readonly ContactWas[], from: string, to: string): Promise<void> {
  for (const { id, at, until } of was)
    await sql`update unasked_contact set person_id = ${to}::uuid, at = ${at}::timestamptz, until = ${until}::timestamptz
      where id = ${id}::uuid and person_id = ${from}::uuid`.execute(tx)
}

export type MergeRow = {
  id: string
  survivorId: string
  absorbedId: string
  at: Date
  was: unknown
  undoneAt: Date | null
}
export async function insertMerge(
  tx: Tx,
  row: { id: string; survivorId: string; absorbedId: string; byId: string | null; at: Date; was: unknown },
): Promise<void> {
  await sql`insert into person_merge (id, survivor_id, absorbed_id, by_id, at, was)
    values (${row.id}, ${row.survivorId}, ${row.absorbedId}, ${row.byId}, ${row.at}, ${JSON.stringify(row.was)}::jsonb)`.execute(
    tx,
  )
}
export async function mergeOf(tx: Tx, id: string): Promise<MergeRow | null> {
  const { rows } =
    await sql<MergeRow>`select id, survivor_id, absorbed_id, at, was, undone_at from person_merge where id = ${id}::uuid`.execute(
      tx,
    )
  return rows[0] ?? null
}
export async function markUndone(tx: Tx, id: string, byId: string | null, now: Date): Promise<void> {
  await sql`update person_merge set undone_at = ${now}, undone_by = ${byId} where id = ${id}::uuid`.execute(tx)
}

export type About = {
  about: string
  language: string | null
  zone: string | null
  preferredChannel: string | null
  preferredWords: string | null
  noUnaskedSince: string | null
  noUnaskedBy: string | null
  noUnaskedSaid: string | null
}
export async function setAbout(tx: Tx, personId: string, to: About): Promise<void> {
  await sql`update person set about = ${to.about}, language = ${to.language}, zone = ${to.zone}, preferred_channel = ${to.preferredChannel}, preferred_words = ${to.preferredWords},
    no_unasked_since = ${to.noUnaskedSince}::timestamptz, no_unasked_by = ${to.noUnaskedBy}::uuid, no_unasked_said = ${to.noUnaskedSaid} where id = ${personId}::uuid`.execute(
    tx,
  )
}
export async function setMergedInto(tx: Tx, personId: string, intoId: string | null): Promise<void> {
  await sql`update person set merged_into = ${intoId}::uuid where id = ${personId}::uuid`.execute(tx)
}
