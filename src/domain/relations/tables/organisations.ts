/** All SQL that changes organisations, their domains, and with whom a conversation is shared. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'

export type OrganisationRow = { id: string; name: string; archivedAt: Date | null }

export async function lockOrganisation(tx: Tx, id: string): Promise<OrganisationRow | null> {
  const { rows } =
    await sql<OrganisationRow>`select id, name, archived_at from organisation where id = ${id}::uuid for update`.execute(
      tx,
    )
  return rows[0] ?? null
}

export async function insertOrganisation(
  tx: Tx,
  row: { id: string; name: string; about: string },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('organisation')
    .values({ ...row, createdAt: now })
    .execute()
}

export type OrganisationChange = {
  name?: string | undefined
  about?: string | undefined
  language?: string | null | undefined
  zone?: string | null | undefined
  replyWithin?: number | null | undefined
  archivedAt?: Date | null | undefined
}
const columns = ['name', 'about', 'language', 'zone', 'replyWithin', 'archivedAt'] as const

/** Returns the names of what is set. */
export async function saveOrganisation(tx: Tx, id: string, change: OrganisationChange): Promise<string[]> {
  const named = columns.filter(column => change[column] !== undefined)
  if (named.length === 0) return []
  const set = Object.fromEntries(named.map(column => [column, change[column]]))
  await tx.updateTable('organisation').set(set).where('id', '=', id).execute()
  return named
}

/** Of which other organisation these domains are. */
export async function domainsElsewhere(tx: Tx, organisationId: string, domains: readonly string[]) {
  const { rows } = await sql<{ domain: string; id: string; name: string }>`
    select d.domain, o.id, o.name from organisation_domain d join organisation o on o.id = d.organisation_id
    where d.domain = any(${domains}::text[]) and d.organisation_id <> ${organisationId}::uuid order by d.domain`.execute(
    tx,
  )
  return rows
}

/** Returns those that are new. */
export async function saveDomains(tx: Tx, organisationId: string, domains: readonly string[]): Promise<string[]> {
  await sql`delete from organisation_domain where organisation_id = ${organisationId}::uuid and not domain = any(${domains}::text[])`.execute(
    tx,
  )
  const { rows } = await sql<{ domain: string }>`insert into organisation_domain (domain, organisation_id)
    select unnest(${domains}::text[]), ${organisationId}::uuid on conflict (domain) do nothing returning domain`.execute(
    tx,
  )
  return rows.map(row => row.domain)
}

/** Returns the share that stands: the new one, or the one that was there. */
export async function insertShare(
  tx: Tx,
  share: { id: string; conversationId: string; personId: string | null; organisationId: string | null; byId: string },
  now: Date,
): Promise<{ id: string; made: boolean }> {
  const made = await sql<{
    id: string
  }>`insert into conversation_share (id, conversation_id, person_id, organisation_id, by_id, since)
    values (${share.id}, ${share.conversationId}, ${share.personId}, ${share.organisationId}, ${share.byId}, ${now}) on conflict do nothing returning id`.execute(
    tx,
  )
  if (made.rows.length > 0) return { id: share.id, made: true }
  const { rows } = await sql<{
    id: string
  }>`select id from conversation_share where conversation_id = ${share.conversationId}::uuid
    and person_id is not distinct from ${share.personId}::uuid and organisation_id is not distinct from ${share.organisationId}::uuid`.execute(
    tx,
  )
  return { id: rows[0]!.id, made: false }
}

export async function deleteShare(tx: Tx, conversationId: string, shareId: string) {
  const { rows } = await sql<{ personId: string | null; organisationId: string | null }>`
    delete from conversation_share where id = ${shareId}::uuid and conversation_id = ${conversationId}::uuid returning person_id, organisation_id`.execute(
    tx,
  )
  return rows[0] ?? null
}
