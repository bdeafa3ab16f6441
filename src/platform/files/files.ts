/**
 * Files on disk, content-addressed: named by the SHA-256 of what they hold, never by anybody's words. A file is synced,
 * folder included, before the row that names it commits. Refuses to overwrite: the same name is the same content.
 */
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat, statfs, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type Files = {
  /** Stores each content once; returns their hashes in order. Throws when the disk is full: nothing is half there. */
  put: (contents: readonly Buffer[]) => Promise<Buffer[]>
  read: (sha256: Buffer) => Promise<Buffer>
  stream: (sha256: Buffer) => ReadStream
  /** Bytes left for ordinary users on the disk that holds the files. */
  room: () => Promise<number>
  /** Throws where nothing can be written. */
  tryWriting: () => Promise<void>
  folder: string
}

const together = 8

export function openFiles(dataDir: string): Files {
  const folder = join(dataDir, 'files')
  const place = (sha256: Buffer) => {
    const hex = sha256.toString('hex')
    return { dir: join(folder, hex.slice(0, 2)), path: join(folder, hex.slice(0, 2), hex.slice(2)) }
  }
  const known = new Set<string>()

  const putOne = async (content: Buffer): Promise<Buffer> => {
    const sha256 = createHash('sha256').update(content).digest()
    const { dir, path } = place(sha256)
    if (await isThere(path, content.length)) return sha256
    if (!known.has(dir)) {
      await mkdir(dir, { recursive: true, mode: 0o700 })
      await syncFolder(folder)
      known.add(dir)
    }
    const draft = `${path}.${randomBytes(6).toString('hex')}`
    try {
      const handle = await open(draft, 'wx', 0o600)
      try {
        await handle.writeFile(content)
        await handle.datasync()
      } finally {
        await handle.close()
      }
      await rename(draft, path)
      await syncFolder(dir)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
    return sha256
  }

  return {
    folder,
    async put(contents) {
      const hashes: Buffer[] = []
      for (let from = 0; from < contents.length; from += together) {
        hashes.push(...(await Promise.all(contents.slice(from, from + together).map(putOne))))
      }
      return hashes
    },
    read: sha256 => readFile(place(sha256).path),
    stream: sha256 => createReadStream(place(sha256).path),
    async room() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const disk = await statfs(folder)
      return disk.bavail * disk.bsize
    },
    async tryWriting() {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const trial = join(folder, `.trial-${randomBytes(6).toString('hex')}`)
      await writeFile(trial, 'may I?', { mode: 0o600 })
      await rm(trial)
    },
  }
}

/** Being stored again makes a file young, which is what `sweepFiles` goes by. False also when it was just taken away. */
async function isThere(path: string, bytes: number): Promise<boolean> {
  try {
    const found = await stat(path)
    if (found.size !== bytes) return false
    if (Date.now() - found.mtimeMs > 3_600_000) await utimes(path, new Date(), new Date())
    return true
  } catch {
    return false
  }
}

async function syncFolder(folder: string) {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
