/** Forms as they lie in the database, and files of forms that were not sent yet. A form whose mailbox is gone leads to the one our own mail goes by. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Form } from '../../../contract/forms.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'

type Row = Form
const columns = sql`f.id, f.name, f.intro, f.mailbox_id, f.fields, f.asks_needed_by, f.takes_files`

export async function formsOf(on: Db | Tx): Promise<Form[]> {
  const { rows } =
    await sql<Row>`select ${columns} from form f where f.archived_at is null order by f.position, f.id`.execute(on)
  return rows
}

export async function saveFormRow(tx: Tx, form: Form, now: Date): Promise<void> {
  await sql`insert into form (id, name, intro, mailbox_id, fields, asks_needed_by, takes_files, position, changed_at)
    values (${form.id}, ${form.name}, ${form.intro}, ${form.mailboxId}, ${JSON.stringify(form.fields)}::jsonb, ${form.asksNeededBy}, ${form.takesFiles},
      (select coalesce(max(position), 0) + 1 from form), ${now})
    on conflict (id) do update set name = excluded.name, intro = excluded.intro, mailbox_id = excluded.mailbox_id, fields = excluded.fields,
      asks_needed_by = excluded.asks_needed_by, takes_files = excluded.takes_files, changed_at = excluded.changed_at, archived_at = null`.execute(
    tx,
  )
}

export async function archiveForm(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { rows } =
    await sql`update form set archived_at = ${now} where id = ${id}::uuid and archived_at is null returning id`.execute(
      tx,
    )
  return rows.length > 0
}

export async function placesOf(on: Db): Promise<{
  mailboxes: { id: string; address: string; team: string }[]
  fields: { id: string; name: string; kind: string }[]
}> {
  const [mailboxes, fields] = await Promise.all([
    sql<{ id: string; address: string; team: string }>`
      select b.id, b.address, t.name as team from mailbox b join team t on t.id = b.team_id where b.removed_at is null order by lower(t.name), b.address`.execute(
      on,
    ),
    sql<{ id: string; name: string; kind: string }>`
      select id, name, kind from custom_field where about = 'conversation' and archived_at is null and kind <> 'link' order by position, id`.execute(
      on,
    ),
  ])
  return { mailboxes: mailboxes.rows, fields: fields.rows }
}

export async function isMailbox(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`select from mailbox where id = ${id}::uuid and removed_at is null`.execute(tx)
  return rows.length > 0
}

/** Choices of custom fields, by their words: a form's choices are words. */
export async function choiceIds(
  on: Db | Tx,
  fieldIds: readonly string[],
): Promise<Map<string, { kind: string; choices: { id: string; words: string }[] }>> {
  if (fieldIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; kind: string; choices: { id: string; words: string }[] }>`
    select id, kind, choices from custom_field where id = any(${fieldIds}::uuid[])`.execute(on)
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}

export type KeptFile = { id: string; sha256: Buffer; name: string; mediaType: string; bytes: number }

/** All that waits together: more is not kept, and has to be chosen again. */
const mostKept = 500 * 1024 * 1024

export async function keepFiles(tx: Tx, files: readonly Omit<KeptFile, 'id'>[], now: Date): Promise<KeptFile[]> {
  if (files.length === 0) return []
  const { rows } = await sql<{ bytes: number }>`select coalesce(sum(bytes), 0)::float8 as bytes from kept_file`.execute(
    tx,
  )
  if ((rows[0]?.bytes ?? 0) + files.reduce((sum, { bytes }) => sum + bytes, 0) > mostKept) return []
  const kept = files.map(file => ({ id: randomUUIDv7(), ...file }))
  await sql`insert into file (sha256, bytes) select * from unnest(${kept.map(each => each.sha256)}::bytea[], ${kept.map(each => each.bytes)}::bigint[]) on conflict do nothing`.execute(
    tx,
  )
  await tx
    .insertInto('keptFile')
    .values(kept.map(each => ({ ...each, createdAt: now })))
    .execute()
  return kept
}

export async function keptFiles(on: Db, ids: readonly string[]): Promise<KeptFile[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<KeptFile>`
    select id, sha256, name, media_type, bytes from kept_file where id = any(${[...ids]}::uuid[]) order by id`.execute(
    on,
  )
  return rows.map(row => ({ ...row, bytes: Number(row.bytes) }))
}

export async function dropKept(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`delete from kept_file where id = any(${[...ids]}::uuid[])`.execute(tx)
}
