/** What happens beside a conversation and changes nothing in it: drafts, presence, what one has seen, uploads. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { nameFiles, openConversation } from '../tables.ts'

export type Draft = {
  conversationId: string
  kind: 'reply' | 'note'
  body: string
  choices: Record<string, unknown>
  seenVersion: number
}

export async function saveDraft(tx: Tx, actor: Member, input: Draft, now: Date) {
  const choices = JSON.stringify(input.choices)
  if (choices.length > 20_000) throw new Refusal('too-large', 413)
  const conversation = await openConversation(tx, actor, input.conversationId)
  await sql`insert into draft (conversation_id, person_id, kind, body, choices, seen_version, saved_at)
    values (${conversation.id}, ${actor.personId}, ${input.kind}, ${input.body.replaceAll('\0', '')}, ${choices}::jsonb, ${input.seenVersion}, ${now})
    on conflict (conversation_id, person_id, kind) do update set body = excluded.body, choices = excluded.choices, seen_version = excluded.seen_version, saved_at = excluded.saved_at`.execute(
    tx,
  )
  return { savedAt: now.toISOString() }
}

export async function dropDraft(tx: Tx, actor: Member, input: { conversationId: string; kind: 'reply' | 'note' }) {
  const conversation = await openConversation(tx, actor, input.conversationId)
  await sql`delete from draft where conversation_id = ${conversation.id}::uuid and person_id = ${actor.personId}::uuid and kind = ${input.kind}`.execute(
    tx,
  )
  return { done: true as const }
}

/** Forgotten after this long without a word. */
const presentSeconds = 45

export async function bePresent(
  tx: Tx,
  actor: Member,
  place: { id: string; teamId: string; ownerId: string | null },
  doing: 'reading' | 'writing' | 'gone',
  now: Date,
) {
  const before = await presentIn(tx, place.id, now)
  const mine = before.find(each => each.person.id === actor.personId)
  if (doing === 'gone')
    await sql`delete from presence where conversation_id = ${place.id}::uuid and person_id = ${actor.personId}::uuid`.execute(
      tx,
    )
  else {
    await sql`insert into presence (conversation_id, person_id, doing, seen_at) values (${place.id}, ${actor.personId}, ${doing}, ${now})
      on conflict (conversation_id, person_id) do update set doing = excluded.doing, seen_at = excluded.seen_at`.execute(
      tx,
    )
  }
  if ((mine?.doing ?? 'gone') !== doing) {
    const scopes = place.ownerId ? [place.teamId, place.ownerId] : [place.teamId]
    await record(tx, {
      kind: 'presence.changed',
      subjectId: place.id,
      actorId: actor.personId,
      scopes,
      facts: { doing },
      at: now,
    })
  }
  return { present: (await presentIn(tx, place.id, now)).filter(each => each.person.id !== actor.personId) }
}

export async function presentIn(tx: Tx, conversationId: string, now: Date) {
  const { rows } = await sql<{ id: string; name: string; doing: 'reading' | 'writing' }>`
    select p.id, p.name, s.doing from presence s join person p on p.id = s.person_id
    where s.conversation_id = ${conversationId}::uuid and s.seen_at > ${new Date(now.getTime() - presentSeconds * 1000)} order by p.name limit 20`.execute(
    tx,
  )
  return rows.map(({ id, name, doing }) => ({ person: { id, name }, doing }))
}

/** What one was mentioned in is seen with it; their other devices learn of that. */
export async function markSeen(tx: Tx, actor: Member, input: { conversationId: string; version: number }, now: Date) {
  await sql`insert into sighting (person_id, conversation_id, version) values (${actor.personId}, ${input.conversationId}, ${input.version})
    on conflict (person_id, conversation_id) do update set version = greatest(sighting.version, excluded.version)`.execute(
    tx,
  )
  const { rows } = await sql<{ messageId: string }>`update mention set seen_at = ${now}
    where person_id = ${actor.personId}::uuid and conversation_id = ${input.conversationId}::uuid and seen_at is null returning message_id`.execute(
    tx,
  )
  if (rows.length > 0)
    await record(tx, {
      kind: 'mention.seen',
      subjectId: input.conversationId,
      actorId: actor.personId,
      scopes: [actor.personId],
      facts: { messageIds: rows.map(row => row.messageId) },
      at: now,
    })
  return { done: true as const }
}

/** The file lies on disk already. */
export async function keepUpload(
  tx: Tx,
  actor: Member,
  file: { sha256: Buffer; bytes: number; name: string; mediaType: string },
  now: Date,
) {
  await nameFiles(tx, [file])
  const id = randomUUIDv7()
  await sql`insert into upload (id, person_id, sha256, name, media_type, bytes, created_at) values (${id}, ${actor.personId}, ${file.sha256}, ${file.name}, ${file.mediaType}, ${file.bytes}, ${now})`.execute(
    tx,
  )
  return { id, name: file.name, bytes: file.bytes, mediaType: file.mediaType }
}
