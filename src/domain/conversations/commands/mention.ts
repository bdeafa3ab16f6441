/** Mentioning members in a note: whoever may read the conversation. They follow it from then on; refuses to name somebody who would find nothing there. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { type Member, readersOf } from '../../access/index.ts'
import { mentionsIn, withNames } from '../mentions.ts'
import type { Conversation } from '../tables.ts'
import type { Written } from '../text.ts'

/** A note to everybody is for nobody. */
const most = 50

/** What will stand in the note, and who is named in it. */
export async function resolveMentions(
  tx: Tx,
  conversation: Conversation,
  body: Written,
  now: Date,
): Promise<{ body: Written; ids: string[] }> {
  const found = mentionsIn(body.html)
  if (found.length === 0) return { body, ids: [] }
  const ids = [...new Set(found.map(({ id }) => id))]
  if (ids.length > most) throw new Refusal('too-many-mentions', 400, { facts: { most } })
  const readers = readersOf({ owner: sql`${conversation.ownerId}::uuid`, team: sql`${conversation.teamId}::uuid` }, now)
  const { rows } = await sql<{
    id: string
    name: string
  }>`select p.id, p.name from person p where p.id = any(${ids}::uuid[]) and p.id in ${readers}`.execute(tx)
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  const outside = found.filter(({ id }) => !names.has(id))
  if (outside.length > 0) {
    // The names are those that stand in the note: an id tells nobody whose it is.
    const said = [...new Set(outside.map(({ label }) => label || '?'))]
    throw new Refusal('mention-sees-not', 409, { facts: { names: said.join(', '), count: said.length } })
  }
  return { body: withNames(body, names), ids }
}

export async function keepMentions(
  tx: Tx,
  actor: Member,
  note: { messageId: string; conversationId: string; ids: readonly string[] },
  now: Date,
): Promise<void> {
  const others = note.ids.filter(id => id !== actor.personId).toSorted()
  if (others.length === 0) return
  await sql`insert into mention (message_id, conversation_id, person_id, at)
    select ${note.messageId}::uuid, ${note.conversationId}::uuid, x.id, ${now}::timestamptz from unnest(${others}::uuid[]) x(id)`.execute(
    tx,
  )
  await sql`insert into follower (conversation_id, person_id, since)
    select ${note.conversationId}::uuid, x.id, ${now}::timestamptz from unnest(${others}::uuid[]) x(id) on conflict do nothing`.execute(
    tx,
  )
}
