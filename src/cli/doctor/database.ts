/** Looks at the database: version, encoding, rights, shape, old transactions, the clock. Changes nothing, migrates nothing. */
import pg from 'pg'
import { readMigrations } from '../../platform/db/index.ts'
import { fail, type Line, ok, warn } from './finding.ts'

export async function checkDatabase(client: pg.Client): Promise<Line[]> {
  return [
    await checkVersion(client),
    await checkEncoding(client),
    await checkShape(client),
    await checkTransactions(client),
    await checkDurability(client),
    await checkConnections(client),
    await checkClock(client),
  ]
}

/** Undefined and a line when it cannot be reached. */
export async function connect(url: string): Promise<{ client: pg.Client } | { line: Line }> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'pond-doctor',
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return { client }
  } catch (error) {
    const remedy = 'Is it running, and are host, port, user, password and database in DATABASE_URL right?'
    return { line: fail('database', `it cannot be reached: ${(error as Error).message}`, remedy) }
  }
}

async function checkVersion(client: pg.Client): Promise<Line> {
  const [row] = (
    await client.query(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as name",
    )
  ).rows
  if (row.number >= 150000) return ok('database', `PostgreSQL ${row.name}`)
  return fail(
    'database',
    `PostgreSQL ${row.name} is too old`,
    'Use 15 or newer, or leave DATABASE_URL out for the one that comes with Pond.',
  )
}

async function checkEncoding(client: pg.Client): Promise<Line> {
  const [row] = (
    await client.query(
      'select pg_encoding_to_char(encoding) as encoding, datctype as ctype, datlocprovider as provider from pg_database where datname = current_database()',
    )
  ).rows
  if (row.encoding !== 'UTF8')
    return fail(
      'encoding',
      `the database is in ${row.encoding}`,
      "Make it anew: create database pond encoding 'UTF8' template template0.",
    )
  if (row.provider === 'c' && ['C', 'POSIX'].includes(row.ctype)) {
    return warn(
      'encoding',
      'LC_CTYPE is C: search finds nothing in other scripts',
      "Make it anew with locale 'C.UTF-8'.",
    )
  }
  return ok('encoding', `UTF8, ${row.ctype}`)
}

async function checkShape(client: pg.Client): Promise<Line> {
  const ours = readMigrations().length
  const found = await client
    .query("select to_regclass('migration') is not null as made")
    .then(result => result.rows[0].made)
  if (!found) return warn('shape', 'the database is empty', 'It is filled at the first start: npm run up.')
  const ran = Number((await client.query('select count(*) as n from migration')).rows[0].n)
  if (ran > ours)
    return fail(
      'shape',
      `the database is newer than this Pond (${ran} migrations, known are ${ours})`,
      'Start the newer Pond again, or restore a backup.',
    )
  if (ran < ours) return warn('shape', `${ours - ran} migrations have not run yet`, 'They run at the next start.')
  return ok('shape', `all ${ours} migrations have run`)
}

/** Also of other databases: one hides our newest events from every reader of the log. */
async function checkTransactions(client: pg.Client): Promise<Line> {
  const [row] = (
    await client.query(`select coalesce(extract(epoch from now() - min(xact_start)), 0)::int as seconds,
      (array_agg(datname || ', process ' || pid order by xact_start))[1] as who
      from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()`)
  ).rows
  if (row.seconds < 60) return ok('transactions', 'no write transaction is older than a minute')
  return warn(
    'transactions',
    `a write transaction is ${row.seconds} seconds old (${row.who}): news waits for it`,
    'End that session.',
  )
}

async function checkDurability(client: pg.Client): Promise<Line> {
  const [row] = (
    await client.query("select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit")
  ).rows
  if (row.fsync !== 'on')
    return fail(
      'durability',
      'fsync is off: a power cut can lose mail that its server has already let go',
      'Set fsync = on.',
    )
  if (row.commit === 'off')
    return fail(
      'durability',
      'synchronous_commit is off: a crash can lose the newest mail',
      'Set synchronous_commit = on.',
    )
  return ok('durability', 'what is committed is on disk')
}

async function checkConnections(client: pg.Client): Promise<Line> {
  const [row] = (
    await client.query(
      `select (select count(*) from pg_stat_activity where backend_type = 'client backend') as used, current_setting('max_connections')::int as most`,
    )
  ).rows
  const says = `${row.used} of ${row.most} connections in use`
  if (Number(row.used) < row.most * 0.8) return ok('connections', says)
  return warn('connections', says, 'Raise max_connections, or lower POND_DB_CONNECTIONS.')
}

async function checkClock(client: pg.Client): Promise<Line> {
  const before = Date.now()
  const theirs = new Date((await client.query('select clock_timestamp() as now')).rows[0].now).getTime()
  const apart = Math.abs(theirs - (before + Date.now()) / 2)
  if (before < Date.UTC(2026, 0, 1))
    return fail('clock', `this machine says ${new Date().toISOString()}`, 'Set the clock: promises are due by it.')
  if (apart > 2000)
    return warn(
      'clock',
      `this machine and the database are ${Math.round(apart / 1000)} seconds apart`,
      'Let both keep time by NTP.',
    )
  return ok('clock', `${new Date().toISOString()}, the same as the database's`)
}
