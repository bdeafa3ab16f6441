/** Restores a backup into an empty database and data folder: everything of it, or nothing. Refuses to mix it with what is there. */
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate, readMigrations } from '../db/migrate.ts'
import { isEmptyDatabase, plainText, quoted } from './catalogue.ts'
import { checkFolder, readFileList } from './check.ts'
import { BackupProblem, type Manifest, readManifest, type TablePart } from './manifest.ts'
import { copyFile, kept } from './save.ts'

export type BackupTarget = { url: string; dataDir: string }

export async function loadBackup(
  folder: string,
  target: BackupTarget,
  tell: (line: string) => void,
): Promise<Manifest> {
  const manifest = await readManifest(folder)
  refuseUnknownMigrations(manifest)
  await refuseUsedFolder(target.dataDir)
  // Before anything is written: a damaged backup restores nothing.
  await checkFolder(folder, manifest)
  tell('The backup is complete and undamaged.')
  const client = new pg.Client({ connectionString: target.url, application_name: 'pond-restore' })
  client.on('error', () => {})
  await client.connect()
  let ours = false
  try {
    if (!(await isEmptyDatabase(client))) {
      throw new BackupProblem('The database is not empty: restore into an empty one, so that nothing is mixed or lost.')
    }
    ours = true
    await migrate(target.url, { upTo: Math.max(0, ...manifest.migrations.map(each => each.number)) })
    await client.query(plainText)
    await restoreFiles(folder, target.dataDir)
    tell(`files and keys: ${manifest.files.count}`)
    await loadTables(client, folder, manifest, tell)
  } catch (error) {
    if (ours) await leaveEmpty(client, target.dataDir)
    throw error
  } finally {
    await client.end()
  }
  return manifest
}

/** Both were empty when we came, so that a second try finds them as the first did. */
async function leaveEmpty(client: pg.Client, dataDir: string) {
  await client.query('rollback').catch(() => {})
  await client.query('drop schema public cascade; create schema public').catch(() => {})
  for (const part of kept) await rm(join(dataDir, part), { recursive: true, force: true }).catch(() => {})
}

function refuseUnknownMigrations(manifest: Manifest) {
  const ours = readMigrations()
  for (const theirs of manifest.migrations) {
    if (ours.find(each => each.number === theirs.number)?.sha256 === theirs.sha256) continue
    throw new BackupProblem(
      `The backup was made by another Pond (${manifest.pond}): this one does not know its migration ${theirs.name}. Restore it with that one.`,
    )
  }
}

async function refuseUsedFolder(dataDir: string) {
  for (const part of kept) {
    const folder = join(dataDir, part)
    if (existsSync(folder) && (await readdir(folder)).length > 0) {
      throw new BackupProblem(`${folder} is not empty: set DATA_DIR to an empty folder and restore there.`)
    }
  }
}

async function restoreFiles(folder: string, dataDir: string) {
  for (const part of kept) await mkdir(join(dataDir, part), { recursive: true, mode: 0o700 })
  for await (const file of readFileList(folder)) await copyFile(join(folder, file.path), join(dataDir, file.path))
}

/** One transaction. Foreign keys step aside while rows come in any order, and are checked as a whole when they return. */
async function loadTables(client: pg.Client, folder: string, manifest: Manifest, tell: (line: string) => void) {
  await client.query('begin')
  const keys = await foreignKeys(client)
  for (const key of keys) await client.query(`alter table ${key.table} drop constraint ${quoted(key.name)}`)
  const names = manifest.tables.map(table => quoted(table.name))
  for (const name of names) await client.query(`alter table ${name} disable trigger user`)
  // A migration may have put rows there; the backup has what became of them.
  await client.query(`truncate ${names.join(', ')}`)
  for (const table of manifest.tables) {
    const rows = await loadTable(client, folder, table)
    if (rows !== table.rows) throw new BackupProblem(`${table.name} took ${rows} rows, the backup has ${table.rows}.`)
    tell(`${table.name}: ${rows} rows`)
  }
  for (const { table, column, last } of manifest.sequences) {
    if (last !== null) await client.query(`select setval(pg_get_serial_sequence($1, $2), $3)`, [table, column, last])
  }
  for (const name of names) await client.query(`alter table ${name} enable trigger user`)
  for (const key of keys) await client.query(`alter table ${key.table} add constraint ${quoted(key.name)} ${key.rule}`)
  await client.query('commit')
  await client.query('analyze')
}

async function foreignKeys(client: pg.Client) {
  const found = await client.query<{ table: string; name: string; rule: string }>(
    `select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as rule
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  return found.rows
}

async function loadTable(client: pg.Client, folder: string, table: TablePart): Promise<number> {
  const columns = table.columns.map(quoted).join(', ')
  const into = client.query(copyFrom(`copy ${quoted(table.name)} (${columns}) from stdin`))
  await pipeline(createReadStream(join(folder, table.file)), createGunzip(), into)
  return into.rowCount ?? 0
}
