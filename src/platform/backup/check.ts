/** Re-reads a backup folder, and what was restored from it, and names every difference. Repairs nothing. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { createInterface } from 'node:readline'
import pg from 'pg'
import { plainText } from './catalogue.ts'
import { BackupProblem, type FilePart, fileListName, hashFile, type Manifest } from './manifest.ts'
import { missingFiles } from './named-files.ts'
import { hashTable } from './save.ts'

/** Sentences that must hold in every database, and the query that lists what breaks them. */
export type Invariant = { says: string; broken: string }

export type Finding = { ok: boolean; line: string }

/** Throws with everything that is wrong. */
export async function checkFolder(folder: string, manifest: Manifest): Promise<void> {
  const wrong: string[] = []
  const list = createHash('sha256')
  for (const table of manifest.tables) {
    const problem = await differs(join(folder, table.file), table)
    if (problem) wrong.push(`${table.file} ${problem}`)
  }
  for await (const file of readFileList(folder, line => list.update(`${line}\n`))) {
    const problem = await differs(join(folder, file.path), file)
    if (problem) wrong.push(`${file.path} ${problem}`)
  }
  if (list.digest('hex') !== manifest.files.sha256) wrong.push(`${fileListName} was changed or is damaged`)
  if (wrong.length > 0)
    throw new BackupProblem(`The backup is damaged, nothing was restored: ${wrong.slice(0, 20).join('; ')}.`)
}

/** Compares a restored database and data folder with the manifest, row by row and byte by byte. */
export async function checkRestored(
  target: { url: string; dataDir: string },
  folder: string,
  manifest: Manifest,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const client = new pg.Client({ connectionString: target.url, application_name: 'pond-verify' })
  await client.connect()
  try {
    await client.query(plainText)
    for (const table of manifest.tables) {
      const now = await hashTable(client, table)
      const ok = now.rows === table.rows && now.contentSha256 === table.contentSha256
      const found = ok
        ? `${now.rows} rows, the same`
        : `${now.rows} rows now, ${table.rows} in the backup, or other content`
      findings.push({ ok, line: `table ${table.name}: ${found}` })
    }
    findings.push(await checkNamedFiles(client, target.dataDir))
  } finally {
    await client.end()
  }
  findings.push(await checkFiles(target.dataDir, folder, manifest))
  return findings
}

async function checkNamedFiles(client: pg.Client, dataDir: string): Promise<Finding> {
  const missing = await missingFiles(client, dataDir)
  if (missing.length === 0) return { ok: true, line: 'every file that a row names is there' }
  return { ok: false, line: `${missing.length} files that rows name are missing: ${missing.slice(0, 5).join(', ')}` }
}

/** Of a database that has the newest shape. */
export async function checkInvariants(url: string, invariants: readonly Invariant[]): Promise<Finding[]> {
  const findings: Finding[] = []
  const client = new pg.Client({ connectionString: url, application_name: 'pond-verify' })
  await client.connect()
  try {
    for (const { says, broken } of invariants) {
      const rows = await client.query(`select * from (${broken}) broken limit 5`)
      const examples = rows.rows.map(row => Object.values(row).join(' ')).join(', ')
      findings.push({ ok: rows.rowCount === 0, line: rows.rowCount === 0 ? says : `NOT TRUE: ${says} (${examples})` })
    }
  } finally {
    await client.end()
  }
  return findings
}

async function checkFiles(dataDir: string, folder: string, manifest: Manifest): Promise<Finding> {
  const wrong: string[] = []
  for await (const file of readFileList(folder)) {
    const problem = await differs(join(dataDir, file.path), file)
    if (problem) wrong.push(`${file.path} ${problem}`)
  }
  if (wrong.length > 0) return { ok: false, line: `files and keys: ${wrong.slice(0, 20).join('; ')}` }
  return { ok: true, line: `files and keys: ${manifest.files.count}, the same` }
}

async function differs(path: string, wanted: { bytes: number; sha256: string }): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return 'is missing'
  if (found.size !== wanted.bytes) return `has ${found.size} bytes instead of ${wanted.bytes}`
  return (await hashFile(path)) === wanted.sha256 ? undefined : 'has other content'
}

export async function* readFileList(folder: string, each: (line: string) => void = () => {}): AsyncGenerator<FilePart> {
  const path = join(folder, fileListName)
  if (!(await stat(path).catch(() => undefined))) throw new BackupProblem(`${path} is missing.`)
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    each(line)
    const file = JSON.parse(line) as FilePart
    // The list comes from a folder anybody may have edited, and its paths are written to.
    if (normalize(file.path) !== file.path || !/^(files|keys)\//.test(file.path)) {
      throw new BackupProblem(`${fileListName} names ${file.path}, which no backup of Pond holds.`)
    }
    yield file
  }
}
