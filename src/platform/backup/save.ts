/** Writes a backup: one consistent moment of the database, the files it names, and the keys. Streams everything, and writes over nothing. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { listSequences, listTables, plainText, selectRows, type Table } from './catalogue.ts'
import { BackupProblem, type FilePart, fileListName, type Manifest, type TablePart, writeManifest } from './manifest.ts'
import { missingFiles } from './named-files.ts'

export type BackupSource = { url: string; dataDir: string; pond: string }

/** Folders of the data folder that a backup carries. The cluster itself goes by way of its tables. */
export const kept = ['files', 'keys'] as const

export async function saveBackup(
  source: BackupSource,
  folder: string,
  tell: (line: string) => void,
): Promise<Manifest> {
  await claimFolder(folder)
  const client = new pg.Client({ connectionString: source.url, application_name: 'pond-backup' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(plainText)
    await client.query('begin isolation level repeatable read read only')
    if ((await client.query("select to_regclass('migration') as made")).rows[0].made === null) {
      throw new BackupProblem('The database is empty: there is nothing to save yet.')
    }
    const tables: TablePart[] = []
    for (const table of await listTables(client)) {
      const part = await saveTable(client, table, folder)
      tables.push(part)
      tell(`${table.name}: ${part.rows} rows`)
    }
    // Files are written before the rows that name them: whatever this moment of the database names is there by now.
    const files = await saveFiles(source.dataDir, folder)
    tell(`files and keys: ${files.count}`)
    const missing = await missingFiles(client, folder)
    if (missing.length > 0) {
      // A file may go with the last row that names it, between our two looks.
      throw new BackupProblem(
        `${missing.length} files that rows name are not in the data folder (${missing.slice(0, 3).join(', ')} …). ` +
          'Make the backup again; when it says so twice, the data folder is damaged or the wrong one.',
      )
    }
    const manifest: Manifest = {
      format: 1,
      pond: source.pond,
      madeAt: new Date().toISOString(),
      postgresql: (await client.query('show server_version')).rows[0].server_version,
      migrations: (await client.query('select number, name, sha256 from migration order by number')).rows,
      tables,
      sequences: (await listSequences(client)).map(each =>
        each.table === 'event' ? afterNumbering(each, tables) : each,
      ),
      files,
    }
    await client.query('commit')
    await writeManifest(folder, manifest)
    return manifest
  } finally {
    await client.end()
  }
}

/** Events were numbered anew (see catalogue.ts); their next number follows. */
function afterNumbering<S extends { last: number | null }>(sequence: S, tables: TablePart[]): S {
  return { ...sequence, last: tables.find(table => table.name === 'event')?.rows || null }
}

async function claimFolder(folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length > 0)
    throw new BackupProblem(`${folder} is not empty: give a new folder for each backup.`)
  await mkdir(join(folder, 'tables'), { mode: 0o700 })
}

async function saveTable(client: pg.Client, table: Table, folder: string): Promise<TablePart> {
  const file = `tables/${table.name}.copy.gz`
  const path = join(folder, file)
  const rows = client.query(copyTo(`copy (${selectRows(table)}) to stdout`))
  const content = createHash('sha256')
  const stored = createHash('sha256')
  const out = createWriteStream(path, { mode: 0o600, flush: true })
  await pipeline(rows, through(content), createGzip({ level: 1 }), through(stored), out)
  const { size } = await stat(path)
  const sums = { sha256: stored.digest('hex'), contentSha256: content.digest('hex') }
  return { name: table.name, columns: table.columns, rows: rows.rowCount ?? 0, file, bytes: size, ...sums }
}

async function saveFiles(dataDir: string, folder: string): Promise<Manifest['files']> {
  const list = await open(join(folder, fileListName), 'wx', 0o600)
  const sum = createHash('sha256')
  let count = 0
  let bytes = 0
  for (const part of kept) {
    for await (const path of filesUnder(dataDir, part)) {
      const saved = await copyFile(join(dataDir, path), join(folder, path))
      if (!saved) continue
      const line = `${JSON.stringify({ path, ...saved } satisfies FilePart)}\n`
      sum.update(line)
      await list.write(line)
      count++
      bytes += saved.bytes
    }
  }
  await list.sync()
  await list.close()
  return { count, bytes, sha256: sum.digest('hex') }
}

/** Undefined when the file went away meanwhile: then no row named it. */
export async function copyFile(from: string, to: string): Promise<{ bytes: number; sha256: string } | undefined> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  const hash = createHash('sha256')
  try {
    await pipeline(
      createReadStream(from),
      through(hash),
      createWriteStream(to, { mode: 0o600, flags: 'wx', flush: true }),
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(from)) throw error
    await rm(to, { force: true })
    return undefined
  }
  return { bytes: (await stat(to)).size, sha256: hash.digest('hex') }
}

/** Half-written files of the moment: a dot in front, or a suffix that no finished file has. */
const draft = /^\.|\.new$|\.[0-9a-f]{12}$/

/** Paths relative to the data folder. */
async function* filesUnder(dataDir: string, part: string): AsyncGenerator<string> {
  const folder = join(dataDir, part)
  if (!existsSync(folder)) return
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(part, entry.name)
    if (entry.isDirectory()) yield* filesUnder(dataDir, path)
    else if (entry.isFile() && !draft.test(entry.name)) yield path
  }
}

export function through(hash: ReturnType<typeof createHash>): Transform {
  return new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
}

/** The checksum of a table's rows as they are now. */
export async function hashTable(client: pg.Client, table: Table): Promise<{ rows: number; contentSha256: string }> {
  const rows = client.query(copyTo(`copy (${selectRows(table)}) to stdout`))
  const hash = createHash('sha256')
  await pipeline(rows, new Writable({ write: (chunk, _encoding, done) => done(void hash.update(chunk) as undefined) }))
  return { rows: rows.rowCount ?? 0, contentSha256: hash.digest('hex') }
}
