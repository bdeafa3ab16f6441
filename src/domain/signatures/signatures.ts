/** Signatures: kept, shown to who writes with them, and filled for one mail. A person's own takes the place of the team's. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import { dueWords, filledHtml, firstNameOf, unknownVariables } from '../../contract/variables.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { isBlank, written } from '../../platform/mail/reading/written.ts'
import type { Member } from '../access/index.ts'

type Of = { personId: string; teamId: null } | { personId: null; teamId: string }

/** Null, or nothing but blanks, takes it away. Answers what is kept. */
export async function keepSignature(
  tx: Tx,
  actor: Member,
  { personId, teamId }: Of,
  signature: string | null,
  now: Date,
): Promise<string | null> {
  const safe = signature === null ? null : written(signature)
  const html = safe === null || isBlank(safe) ? null : safe.html
  const unknown = html === null ? [] : unknownVariables(html)
  if (unknown.length > 0) throw new Refusal('unknown-variable', 422, { facts: { unknown: unknown.slice(0, 10) } })
  await sql`delete from signature where person_id = ${personId}::uuid or team_id = ${teamId}::uuid`.execute(tx)
  if (html !== null)
    await sql`insert into signature (id, person_id, team_id, html, changed_at) values (${randomUUIDv7()}, ${personId}, ${teamId}, ${html}, ${now})`.execute(
      tx,
    )
  const scope = personId ?? teamId ?? actor.personId
  await record(tx, {
    kind: 'signature.changed',
    subjectId: scope,
    actorId: actor.personId,
    scopes: [scope],
    facts: { of: personId ? 'person' : 'team', kept: html !== null },
    at: now,
  })
  return html
}

/** One's own, and those of the teams one writes for or settles. */
export async function signaturesFor(db: Db, actor: Member) {
  const writes = [...actor.roles].filter(([, role]) => role !== 'partner').map(([teamId]) => teamId)
  const mine = await db.selectFrom('signature').select('html').where('personId', '=', actor.personId).executeTakeFirst()
  const { rows } = await sql<{ teamId: string; name: string; signature: string | null }>`
    select t.id as team_id, t.name, s.html as signature from team t left join signature s on s.team_id = t.id
    where t.archived_at is null and (${actor.administrator} or t.id = any(${writes}::uuid[])) order by lower(t.name), t.id limit 500`.execute(
    db,
  )
  return {
    mine: mine?.html ?? null,
    teams: rows.map(row => ({
      ...row,
      mayChange: actor.administrator || actor.roles.get(row.teamId) === 'lead',
    })),
  }
}

export type Signed = { html: string; text: string }
type Fill = {
  author: { id: string; name: string }
  team: { id: string; name: string }
  customer: string
  conversation: { number: number; subject: string }
  dueAt: Date | null
  installation: string
  language: string
  zone: string
}

/** What stands below one mail; null: the plain one, a name and whom it is from. */
export async function signatureFor(tx: Tx, it: Fill): Promise<Signed | null> {
  const { rows } = await sql<{ html: string }>`
    select html from signature where person_id = ${it.author.id}::uuid or team_id = ${it.team.id}::uuid order by person_id is null limit 1`.execute(
    tx,
  )
  if (!rows[0]) return null
  const filled = filledHtml(rows[0].html, {
    'customer.firstName': firstNameOf(it.customer),
    'customer.name': it.customer.includes('@') ? '' : it.customer,
    'me.firstName': firstNameOf(it.author.name),
    'me.name': it.author.name,
    'team.name': it.team.name,
    'conversation.number': String(it.conversation.number),
    'conversation.subject': it.conversation.subject,
    'promise.due': dueWords(it.dueAt, it.language, it.zone),
    'installation.name': it.installation,
  })
  const { html, text } = written(filled)
  return { html, text }
}

/** Whoever writes their signature by hand, or pastes it, does not get it twice. */
export function standsThere(text: string, signature: Signed): boolean {
  const bare = (words: string) => words.replace(/\s+/g, ' ').trim()
  return bare(signature.text) !== '' && bare(text).endsWith(bare(signature.text))
}
