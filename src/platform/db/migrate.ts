/** Brings a database to the newest shape by the numbered files of db/migrations. Refuses a database that is newer than the app, and files that were changed after they ran. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

export const migrationsFolder = join(import.meta.dirname, '../../../db/migrations')

export type Migration = { number: number; name: string; sql: string; sha256: string }

/** A sentence for the person who starts Pond. */
export class MigrationProblem extends Error {
  override readonly name = 'MigrationProblem'
}

/** Any number: the same for every process of Pond. */
const lockKey = 747_001

export function readMigrations(folder = migrationsFolder): Migration[] {
  const found = readdirSync(folder)
    .filter(name => name.endsWith('.sql'))
    .sort()
    .map(name => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { number: Number(name.slice(0, 4)), name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
    })
  // Numbers are reserved before files are written, so some may be missing for good; each stands once.
  for (const [at, migration] of found.entries()) {
    if (!(migration.number > (found[at - 1]?.number ?? 0)))
      throw new MigrationProblem(`${migration.name} has a number that another file has, or none.`)
  }
  return found
}

/** `upTo` stops at that number (a restore needs the shape its backup had). Returns the names that ran. */
export async function migrate(url: string, options: { folder?: string; upTo?: number } = {}): Promise<string[]> {
  const migrations = readMigrations(options.folder).filter(each => each.number <= (options.upTo ?? Infinity))
  const client = new pg.Client({
    connectionString: url,
    application_name: 'pond-migrate',
    connectionTimeoutMillis: 15_000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    // Processes that start together wait here; the lock ends with the session, also when it is killed.
    await client.query('select pg_advisory_lock($1)', [lockKey])
    return await runMissing(client, migrations, options.upTo !== undefined)
  } finally {
    await client.end()
  }
}

/** Throws where a migration this app needs has not run. A newer shape is fine for an app that runs already: shapes only grow between two releases. */
export async function needNewestShape(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  const newest = readMigrations().at(-1)?.number ?? 0
  const { rows } = await pool.query<{ ran: number }>('select coalesce(max(number), 0) as ran from migration')
  if ((rows[0]?.ran ?? 0) < newest)
    throw new MigrationProblem(`The database stands at migration ${rows[0]?.ran}, and this Pond needs ${newest}.`)
}

async function runMissing(client: pg.Client, migrations: Migration[], partial: boolean): Promise<string[]> {
  await client.query(`create table if not exists migration (
    number integer primary key, name text not null, sha256 text not null, ran_at timestamptz not null default now())`)
  const ran = await client.query<{ number: number; name: string; sha256: string }>(
    'select number, name, sha256 from migration order by number',
  )
  refuseStrange(ran.rows, migrations, partial)
  const done = new Set(ran.rows.map(row => row.number))
  const missing = migrations.filter(migration => !done.has(migration.number))
  for (const migration of missing) await runOne(client, migration)
  return missing.map(migration => migration.name)
}

function refuseStrange(
  ran: { number: number; name: string; sha256: string }[],
  migrations: Migration[],
  partial: boolean,
) {
  for (const row of ran) {
    const ours = migrations.find(migration => migration.number === row.number)
    if (!ours && partial) throw new MigrationProblem('The database is not empty: restore into an empty one.')
    if (!ours) {
      throw new MigrationProblem(
        `The database is newer than this Pond: it has ${row.name}, this Pond knows migrations up to ${migrations.at(-1)?.number ?? 0}. ` +
          'Start the newer Pond again, or restore a backup that this one made.',
      )
    }
    if (ours.sha256 !== row.sha256) {
      throw new MigrationProblem(
        `${ours.name} was changed after it ran on this database (there it was ${row.name}). Migrations only go forward: undo the change and add a new file.`,
      )
    }
  }
}

async function runOne(client: pg.Client, migration: Migration) {
  try {
    await client.query('begin')
    // Waiting long for a lock would hold up everybody who queues behind us.
    await client.query("set local lock_timeout = '10s'")
    await client.query(migration.sql)
    await client.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const busy = (error as { code?: string }).code === '55P03'
    const why = busy ? 'another session holds a lock on a table: end it and start again' : (error as Error).message
    throw new MigrationProblem(`${migration.name} could not run, and nothing of it stays: ${why}.`, { cause: error })
  }
}
