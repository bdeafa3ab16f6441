/**
 * The floor under taking mail in: the very rows that the app wrote, written once more by bare SQL, one transaction per
 * mail, one named statement per row. People and conversations that several mails share are offered by each of them.
 */
import pg from 'pg'
import { createPool, migrate, type Pool } from '../../src/platform/db/index.ts'
import { silentLog } from '../../src/platform/log/log.ts'

type Row = { table: string; values: unknown[] }
/** The rows of one mail, in the order in which they name each other. */
type Mail = Row[]

/** By table: which rows belong to a delivery, `d`, joined to its message, `m`, its conversation, `c`. */
const parts: [table: string, query: string][] = [
  [
    'person',
    'select distinct on (d.id, x.id) d.id as mail, x.* from d join participant p on p.conversation_id = d.conversation_id join person x on x.id = p.person_id',
  ],
  [
    'address',
    'select distinct on (d.id, x.id) d.id as mail, x.* from d join participant p on p.conversation_id = d.conversation_id join address x on x.id = p.address_id',
  ],
  ['conversation', 'select d.id as mail, x.* from d join conversation x on x.id = d.conversation_id'],
  ['message', 'select d.id as mail, x.* from d join message x on x.id = d.message_id'],
  [
    'file',
    'select distinct on (d.id, x.sha256) d.id as mail, x.* from d join attachment a on a.message_id = d.message_id join file x using (sha256) union all select d.id, x.* from d join file x on x.sha256 = d.raw_file',
  ],
  ['attachment', 'select d.id as mail, x.* from d join attachment x on x.message_id = d.message_id'],
  ['participant', 'select d.id as mail, x.* from d join participant x on x.conversation_id = d.conversation_id'],
  ['promise', 'select d.id as mail, x.* from d join promise x on x.conversation_id = d.conversation_id'],
  ['delivery', 'select d.id as mail, x.* from d join delivery x on x.id = d.id'],
  ['delivery_uid', 'select d.id as mail, x.* from d join delivery_uid x on x.delivery_id = d.id'],
  ['delivery_report', 'select d.id as mail, x.* from d join delivery_report x on x.delivery_id = d.id'],
  ['outbox', 'select d.id as mail, x.* from d join outbox x on x.conversation_id = d.conversation_id'],
  [
    'event',
    "select d.id as mail, x.* from d join event x on x.subject_id = coalesce(d.conversation_id, d.id) where x.kind like 'message.%' or x.kind like 'delivery.%'",
  ],
]

export async function rowsOfMails(pool: Pool, most: number): Promise<Mail[]> {
  const mails = new Map<string, Mail>()
  // What the server makes of other columns it makes again.
  const made = await pool.query(
    `select attrelid::regclass::text || '.' || attname as name from pg_attribute where attgenerated <> ''`,
  )
  const generated = new Set(made.rows.map(row => row.name))
  const keyed = await pool.query(
    `select i.indrelid::regclass::text as of, string_agg(a.attname, ', ') as key from pg_index i
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey) where i.indisprimary group by 1`,
  )
  const keys = new Map<string, string>(keyed.rows.map(row => [row.of, row.key]))
  for (const [table, query] of parts) {
    const { rows, fields } = await pool.query({
      text: `with d as materialized (select d.id, d.message_id, d.raw_file, m.conversation_id from delivery d left join message m on m.id = d.message_id order by d.id limit ${most}) ${query}`,
      rowMode: 'array',
      // As the server writes them: what is not read as a value is written as it was.
      types: {
        getTypeParser: (oid: number) => (oid === 17 ? pg.types.getTypeParser(17) : (text: string) => text),
      } as never,
    })
    const columns = fields.slice(1).map(field => field.name)
    const written = columns.map(name => !generated.has(`${table}.${name}`))
    statements[table] ??= statementFor(
      table,
      columns.filter((_, n) => written[n]),
      keys.get(table)!,
    )
    for (const [mail, ...values] of rows as unknown as unknown[][]) {
      const list = mails.get(mail as string) ?? []
      list.push({ table, values: values.filter((_, n) => written[n]) })
      mails.set(mail as string, list)
    }
  }
  return [...mails.values()]
}

const statements: Record<string, string> = {}

/** What several mails share is known by its key. */
function statementFor(table: string, columns: string[], key: string): string {
  return `insert into ${table} (${columns.join(', ')}) overriding system value values (${columns.map((_, n) => `$${n + 1}`).join(', ')}) on conflict (${key}) do nothing`
}

/** Mails per second, the best of 1 to 4 connections, each in an empty database beside the app's. */
export async function floorPerSecond(
  url: string,
  mails: Mail[],
  prepare: (pool: Pool) => Promise<unknown>,
): Promise<{ perSecond: number; connections: number }> {
  let best = { perSecond: 0, connections: 0 }
  for (let connections = 1; connections <= 4; connections++) {
    const database = url.replace(/[^/]+$/, `floor_${connections}`)
    const admin = await connected(url)
    await admin.query(`create database floor_${connections} template template0`)
    await migrate(database)
    const pool = createPool({ url: database, log: silentLog() })
    await prepare(pool)
    await pool.end()
    const clients = await Promise.all(Array.from({ length: connections }, () => connected(database)))
    const began = performance.now()
    let next = 0
    await Promise.all(
      clients.map(async client => {
        for (let mail = mails[next++]; mail; mail = mails[next++]) await writeOne(client, mail)
      }),
    )
    const perSecond = (mails.length / (performance.now() - began)) * 1000
    if (perSecond > best.perSecond) best = { perSecond, connections }
    await Promise.all(clients.map(client => client.end()))
    await admin.query(`drop database floor_${connections} with (force)`)
    await admin.end()
  }
  return best
}

/** A connection that is cut while it ends, because its database goes, is no mishap; a question on one that was cut fails by itself. */
async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Two mails of one person may wait for each other; then one of them begins again. */
async function writeOne(client: pg.Client, mail: Mail): Promise<void> {
  for (;;) {
    try {
      await client.query('begin')
      for (const { table, values } of mail)
        await client.query({ name: `floor-${table}`, text: statements[table]!, values })
      await client.query('commit')
      return
    } catch (error) {
      await client.query('rollback')
      if ((error as { code?: string }).code !== '40P01') throw error
    }
  }
}
