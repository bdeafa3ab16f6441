/** Asks PostgreSQL which tables, columns and numbers a backup must carry. Leaves out what is worthless after a crash (unlogged tables). */
import type { ClientBase } from 'pg'

export type Table = { name: string; columns: string[] }
export type Sequence = { table: string; column: string; last: number | null }

/**
 * Left out: the migrations that ran, which the manifest says and a restore repeats; and the index of search, which holds nothing
 * that is not in the messages and is filled again by itself.
 */
const leftOut = ['migration', 'message_search', 'search_word', 'search_progress']

export async function listTables(client: ClientBase): Promise<Table[]> {
  const found = await client.query<Table>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and c.relname <> all($1)
     group by c.relname order by c.relname`,
    [leftOut],
  )
  return found.rows
}

export async function listSequences(client: ClientBase): Promise<Sequence[]> {
  const found = await client.query<{ table: string; column: string; sequence: string }>(
    `select c.relname as "table", a.attname as "column", pg_get_serial_sequence(c.oid::regclass::text, a.attname) as sequence
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and pg_get_serial_sequence(c.oid::regclass::text, a.attname) is not null order by 1, 2`,
  )
  const sequences: Sequence[] = []
  for (const { table, column, sequence } of found.rows) {
    const last = await client.query(`select case when is_called then last_value end as last from ${sequence}`)
    sequences.push({ table, column, last: last.rows[0].last })
  }
  return sequences
}

export async function isEmptyDatabase(client: ClientBase): Promise<boolean> {
  const found = await client.query(
    `select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') limit 1`,
  )
  return found.rowCount === 0
}

/** What a session must be told so that the same rows always give the same text, on every server. */
export const plainText = `
  set datestyle = 'ISO, YMD'; set timezone = 'UTC'; set intervalstyle = 'postgres'; set extra_float_digits = 1;
  set bytea_output = 'hex'; set synchronize_seqscans = off; set idle_in_transaction_session_timeout = 0; set statement_timeout = 0`

/**
 * The log orders events by transaction, and transaction ids mean nothing in another cluster: there they would hide new
 * events behind old ones. So a backup numbers the events in their order and puts all into one transaction of the past.
 */
const pastTransaction = '1'

const rewritten: Record<string, Record<string, string>> = {
  event: { seq: 'row_number() over (order by transaction_id, seq)', transaction_id: `'${pastTransaction}'::xid8` },
  event_reader: {
    seq: '(select count(*) from event e where (e.transaction_id, e.seq) <= (t.transaction_id, t.seq))',
    transaction_id: `'${pastTransaction}'::xid8`,
  },
}

export function selectRows(table: Table): string {
  const columns = table.columns.map(name => rewritten[table.name]?.[name] ?? quoted(name))
  return `select ${columns.join(', ')} from ${quoted(table.name)} t${table.name === 'event' ? ' order by transaction_id, seq' : ''}`
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
