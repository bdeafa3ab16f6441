/** A person is erased, for good, by somebody who may and typed their name; or what we have of them is taken out. The log says who did it and how much, in figures. */
import { sql } from 'kysely'
import type { Erasure } from '../../contract/erasing.ts'
import { type Db, inTransaction, type Tx, together } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'
import { leaveCommunity } from '../community/index.ts'
import { indexMessages } from '../search/index.ts'
import { hinders, isTheName } from './rules.ts'
import { elsewhere, someGo, themOf, theyGo, tracesGo, wordsGo } from './tables.ts'

type Facing = { name: string; member: boolean; teams: string[] }

/** With the teams that talked with them. Absent for whoever was merged: the survivor is the one to erase. */
async function facing(on: Db | Tx, personId: string): Promise<Facing> {
  const { rows } = await sql<Facing>`
    select p.name, exists (select from member m where m.person_id = p.id) as member,
      coalesce((select array_agg(distinct c.team_id::text) from conversation c where c.customer_id = p.id), '{}') as teams
    from person p where p.id = ${personId}::uuid and p.merged_into is null`.execute(on)
  if (!rows[0]) throw absent()
  return rows[0]
}

const nothing: Omit<Erasure, 'name' | 'hinders'> = {
  goes: { conversations: 0, open: 0, files: 0, elsewhere: 0, addresses: 0, notes: 0, posts: 0 },
  ...{ stays: { goodwill: 0 }, backupsUntil: null },
}

export function erasureOf(db: Db, actor: Member, personId: string): Promise<Erasure> {
  return together(db, async on => {
    const it = await facing(on, personId)
    const why = hinders(actor, it)
    // How much others talked with them is theirs to know (I9).
    if (why) return { name: it.name, hinders: why, ...nothing }
    const own = sql`(select id from conversation where customer_id = ${personId}::uuid)`
    const { rows } = await sql<Erasure['goes'] & { goodwill: number; backupsUntil: Date | null }>`
      select (select count(*)::int from conversation where customer_id = ${personId}::uuid and state <> 'merged') as conversations,
        (select count(*)::int from conversation where customer_id = ${personId}::uuid and state in ('open', 'pending', 'solved')) as open,
        (select count(*)::int from attachment f join message m on m.id = f.message_id where m.conversation_id in ${own}) as files,
        (select count(distinct x.conversation_id)::int from ${elsewhere([personId])} x where x.conversation_id not in ${own}) as elsewhere,
        (select count(*)::int from address where person_id = ${personId}::uuid) as addresses,
        (select count(*)::int from relationship_note where person_id = ${personId}::uuid) + (select count(*)::int from touch where person_id = ${personId}::uuid) as notes,
        (select count(*)::int from post where author_id = ${personId}::uuid) as posts,
        (select count(*)::int from goodwill where person_id = ${personId}::uuid) as goodwill,
        (select max(made_at) from backup where state = 'made') as backups_until`.execute(on)
    const { goodwill, backupsUntil, ...goes } = rows[0]!
    return {
      ...{ name: it.name, hinders: null, goes, stays: { goodwill } },
      backupsUntil: backupsUntil?.toISOString() ?? null,
    }
  })
}

/** In portions, so that nobody waits for it. Where it breaks off, erasing again goes on from there. */
export async function erase(
  db: Db,
  actor: Member,
  { personId, name }: { personId: string; name: string },
  now: Date,
): Promise<number> {
  await inTransaction(db, async tx => {
    const it = await facing(tx, personId)
    refuse(actor, it)
    if (!isTheName(name, it.name))
      throw new Refusal('not-the-name', 422, { fields: [{ path: 'name', says: 'is another' }] })
  })
  let conversations = 0
  for (;;) {
    const some = await inTransaction(db, async tx => {
      const it = await locked(tx, personId)
      refuse(actor, it)
      const them = await themOf(tx, personId)
      const went = await someGo(tx, them)
      if (went > 0) return went
      await searchFollows(tx, await wordsGo(tx, them))
      await leaveCommunity(tx, them.ids)
      await tracesGo(tx, them, [it.name])
      await theyGo(tx, them)
      const scopes = (await sql<{ id: string }>`select id from team`.execute(tx)).rows.map(({ id }) => id)
      const told = { subjectId: personId, actorId: actor.personId, scopes: [...scopes, actor.personId], at: now }
      await record(tx, { kind: 'person.erased', ...told, facts: { conversations } })
      return 0
    })
    if (some === 0) return conversations
    conversations += some
  }
}

/** Mail of theirs that comes in meanwhile waits, and is then somebody's we do not know. */
async function locked(tx: Tx, personId: string): Promise<Facing> {
  await sql`select from person where id = ${personId}::uuid for update`.execute(tx)
  return facing(tx, personId)
}

function refuse(actor: Member, it: Facing) {
  const why = hinders(actor, it)
  if (why) throw new Refusal(why === 'member' ? 'a-member' : 'not-yours', why === 'member' ? 409 : 403)
}

async function searchFollows(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from message_search where message_id = any(${[...ids]}::uuid[])`.execute(tx)
  const { rows } = await sql<Parameters<typeof indexMessages>[1][number]>`
    select m.id, m.conversation_id, m.kind, m.at, m.subject, m.body_text, m.author_raw, m.recipients, m.language,
      coalesce((select array_agg(a.name order by a.position) from attachment a where a.message_id = m.id), '{}') as files
    from message m where m.id = any(${[...ids]}::uuid[]) and m.taken_back_at is null`.execute(tx)
  await indexMessages(tx, rows)
}

/** Who took it out stands in the audit, before the first byte leaves. */
export async function noteExport(db: Db, actor: Member, personId: string, now: Date): Promise<string> {
  return inTransaction(db, async tx => {
    const { name } = await facing(tx, personId)
    const told = { subjectId: personId, actorId: actor.personId, scopes: [], at: now }
    await record(tx, { kind: 'person.exported', ...told, facts: {} })
    return name
  })
}
