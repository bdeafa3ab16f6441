/** What a backup folder says about itself: which Pond made it, what it holds, and the checksum of every file in it. Refuses a folder that is incomplete, changed or newer. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const TablePart = z.strictObject({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.int(),
  file: z.string().regex(/^tables\/[a-z0-9_]+\.copy\.gz$/),
  bytes: z.int(),
  sha256: Sha256,
  /** Of the rows as text, before compression: a restored table must give the same again. */
  contentSha256: Sha256,
})

const Manifest = z.strictObject({
  format: z.literal(1),
  pond: z.string(),
  madeAt: z.string(),
  postgresql: z.string(),
  migrations: z.array(z.strictObject({ number: z.int(), name: z.string(), sha256: Sha256 })),
  tables: z.array(TablePart),
  /** The next numbers of identity columns. */
  sequences: z.array(z.strictObject({ table: z.string(), column: z.string(), last: z.int().nullable() })),
  /** One line of files.jsonl each: path, bytes, sha256. */
  files: z.strictObject({ count: z.int(), bytes: z.int(), sha256: Sha256 }),
})

export type Manifest = z.infer<typeof Manifest>
export type TablePart = z.infer<typeof TablePart>
export type FilePart = { path: string; bytes: number; sha256: string }

/** A sentence for the person at the command line. */
export class BackupProblem extends Error {
  override readonly name = 'BackupProblem'
}

const manifestName = 'manifest.json'
const sealName = 'manifest.json.sha256'
export const fileListName = 'files.jsonl'

/** Written last: a folder without it is no backup. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  const seal = `${createHash('sha256').update(text).digest('hex')}  ${manifestName}\n`
  await writeFile(join(folder, sealName), seal, { mode: 0o600, flush: true })
  await writeFile(join(folder, `${manifestName}.new`), text, { mode: 0o600, flush: true })
  await rename(join(folder, `${manifestName}.new`), join(folder, manifestName))
}

export async function readManifest(folder: string): Promise<Manifest> {
  const [text, seal] = await Promise.all([readText(folder, manifestName), readText(folder, sealName)])
  if (seal.split(' ')[0] !== createHash('sha256').update(text).digest('hex')) {
    throw new BackupProblem(`${join(folder, manifestName)} was changed after the backup was made, or is damaged.`)
  }
  const read = Manifest.safeParse(JSON.parse(text))
  if (read.success) return read.data
  throw new BackupProblem(`${join(folder, manifestName)} was made by a newer Pond: restore it with that one.`)
}

async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(join(folder, name), 'utf8')
  } catch {
    throw new BackupProblem(`${folder} is not a complete backup: ${name} is missing or unreadable.`)
  }
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
