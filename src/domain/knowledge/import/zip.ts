/**
 * Reads a zip that somebody brought. It is hostile until shown otherwise: names that leave their folder, more files or more
 * bytes than are allowed (counted while they are unpacked, not as the zip claims), and what is encrypted end the reading.
 */
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { importLimits } from '../../../contract/knowledge-around.ts'
import { Refusal } from '../../../platform/http/index.ts'

type Zipped = { path: string; bytes: number; read: (most: number) => Promise<Buffer | null> }
export type Zip = { files: Zipped[]; close: () => void }

export async function openZip(content: Buffer): Promise<Zip> {
  const bad = () => new Refusal('bad-zip', 400)
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.fromBuffer(content, { lazyEntries: true, validateEntrySizes: true, strictFileNames: false }, (error, file) =>
      error ? reject(bad()) : resolve(file),
    ),
  )
  let unpacked = 0
  const files: Zipped[] = []
  const readOne = async (entry: yauzl.Entry, most: number): Promise<Buffer | null> => {
    if (entry.uncompressedSize > most) return null
    const stream = await new Promise<Readable>((resolve, reject) =>
      zip.openReadStream(entry, (error, it) => (error ? reject(bad()) : resolve(it))),
    )
    const parts: Buffer[] = []
    let bytes = 0
    try {
      for await (const part of stream as AsyncIterable<Buffer>) {
        bytes += part.length
        unpacked += part.length
        if (unpacked > importLimits.whole) throw new Refusal('zip-too-large', 413)
        if (bytes > most) return null
        parts.push(part)
      }
    } catch (error) {
      throw error instanceof Refusal ? error : bad()
    } finally {
      stream.destroy()
    }
    return Buffer.concat(parts)
  }
  await new Promise<void>((resolve, reject) => {
    zip.on('error', () => reject(bad()))
    zip.on('end', () => resolve())
    zip.on('entry', (entry: yauzl.Entry) => {
      if (files.length >= importLimits.files) return reject(new Refusal('zip-too-large', 413))
      if (entry.generalPurposeBitFlag & 1) return reject(new Refusal('zip-encrypted', 400))
      const path = entry.fileName.normalize('NFC')
      // Folders, what archivers put beside, and hidden files.
      if (!path.endsWith('/') && !path.split('/').some(part => part.startsWith('.') || part === '__MACOSX'))
        files.push({ path, bytes: entry.uncompressedSize, read: most => readOne(entry, most) })
      zip.readEntry()
    })
    zip.readEntry()
  })
  return { files, close: () => zip.close() }
}

/** For tests and the way out: waits until a stream has said everything. */
export async function whole(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const parts: Buffer[] = []
  stream.on('data', (part: Buffer) => parts.push(part))
  await once(stream, 'end')
  return Buffer.concat(parts)
}
