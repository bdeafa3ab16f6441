/** Reads the audit: pages of the log, newest first, of what the actor may see; ids in it get their names. Changes nothing, as the database makes sure. */
import { sql } from 'kysely'
import type { z } from 'zod'
import { AuditAbouts, type AuditEntry, type AuditExport, aboutOf } from '../../../contract/audit.ts'
import { EventKinds } from '../../../contract/events.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { Member } from '../../access/index.ts'
import { granted, inSightOf, mayFindPeople } from '../../access/index.ts'

export type AuditFilter = z.output<typeof AuditExport>
type Entry = z.input<typeof AuditEntry>
type Row = {
  seq: string
  kind: string
  at: Date
  actorId: string | null
  subjectId: string | null
  facts: Record<string, unknown>
}

const page = 50

/** Administrators see all of it; others what happened in the teams for which they were given it. */
function teamsOf(actor: Member): string[] | null {
  return actor.administrator ? null : [...actor.roles.keys()].filter(teamId => granted(actor, 'audit', teamId))
}

const kindsAbout = new Map(AuditAbouts.map(about => [about, EventKinds.filter(kind => aboutOf(kind) === about)]))

export async function auditPage(
  db: Db,
  actor: Member,
  filter: AuditFilter,
  after: string | undefined,
  most = page,
): Promise<{ entries: Entry[]; next: string | null }> {
  const teams = teamsOf(actor)
  const before = after !== undefined && /^\d{1,18}$/.test(after) ? after : null
  const { rows } = await sql<Row>`
    select seq::text, kind, at, actor_id, subject_id, facts from event
    where is_audited(kind)
      ${before === null ? sql`` : sql`and event.seq < ${before}::bigint`}
      ${teams === null ? sql`` : sql`and scopes && ${teams}::uuid[]`}
      ${filter.personId ? sql`and ${filter.personId}::uuid in (actor_id, subject_id)` : sql``}
      ${filter.about ? sql`and kind = any(${kindsAbout.get(filter.about)!}::text[])` : sql``}
      ${filter.from ? sql`and at >= ${filter.from}::timestamptz` : sql``}
      ${filter.to ? sql`and at < ${filter.to}::timestamptz` : sql``}
    order by event.seq desc limit ${most + 1}`.execute(db)
  const shown = rows.slice(0, most)
  const names = await namesOf(db, actor, shown)
  return {
    entries: shown.map(row => entryOf(row, names)),
    next: rows.length > most ? shown.at(-1)!.seq : null,
  }
}

function entryOf(row: Row, names: Map<string, string>): Entry {
  const inside = idsIn(row.facts).flatMap(id => (names.has(id) ? [[id, names.get(id)!] as const] : []))
  return {
    id: row.seq,
    kind: row.kind,
    at: row.at.toISOString(),
    actor: row.actorId === null ? null : { id: row.actorId, name: names.get(row.actorId) ?? '' },
    subject: row.subjectId === null ? null : { id: row.subjectId, name: names.get(row.subjectId) ?? null },
    facts: row.facts,
    names: Object.fromEntries(inside),
  }
}

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const mostIds = 50

/** Ids may stand alone or in lists. */
function idsIn(facts: Record<string, unknown>): string[] {
  const found = Object.values(facts)
    .flat()
    .filter(value => typeof value === 'string' && isId.test(value))
  return (found as string[]).slice(0, mostIds)
}

/** Of whatever has a name: the log holds ids only. Who does not serve anywhere learns no names of those we serve. */
async function namesOf(db: Db, actor: Member, rows: readonly Row[]): Promise<Map<string, string>> {
  const ids = new Set(rows.flatMap(row => [row.actorId, row.subjectId, ...idsIn(row.facts)].filter(id => id !== null)))
  const { rows: found } = await sql<{ id: string; name: string }>`
    with wanted as (select unnest(${[...ids]}::uuid[]) as id)
    select id, name from person p where id in (select id from wanted) and (${mayFindPeople(actor)} or exists (select from member m where m.person_id = p.id))
    union all select id, name from organisation where id in (select id from wanted) and ${mayFindPeople(actor)}
    union all select id, '#' || number from conversation c where id in (select id from wanted) and ${inSightOf(actor, 'c')}
    union all select id, name from team where id in (select id from wanted)
    union all select id, address from mailbox where id in (select id from wanted)
    union all select id, name from calendar where id in (select id from wanted)
    union all select id, name from tag where id in (select id from wanted)
    union all select id, name from custom_field where id in (select id from wanted)`.execute(db)
  return new Map(found.map(row => [row.id, row.name]))
}

/** Those whom the list may be narrowed to: members, as far as the actor knows of them. */
export async function auditPeople(db: Db, actor: Member): Promise<{ id: string; name: string }[]> {
  const teams = teamsOf(actor)
  const { rows } = await sql<{ id: string; name: string }>`
    select p.id, p.name from member m join person p on p.id = m.person_id
    ${teams === null ? sql`` : sql`where exists (select from team_member t where t.person_id = m.person_id and t.team_id = any(${teams}::uuid[]))`}
    order by lower(p.name), p.id limit 1000`.execute(db)
  return rows
}
