/**
 * A zip that is made while it is sent. One kept file is open at a time. A file that is gone is empty in it, one that can't be read to
 * its end breaks the zip off; neither ends the process, nor does whoever goes away before its end.
 */
import { Readable } from 'node:stream'
import yazl from 'yazl'
import type { Files } from './files.ts'

export type ZipOut = {
  words: (name: string, text: string, mtime?: Date) => void
  file: (name: string, sha256: Buffer, mtime?: Date) => void
}

/** `fill` puts in everything there is. */
export function zipOut(files: Pick<Files, 'stream'>, fill: (zip: ZipOut) => Promise<void>): Readable {
  const zip = new yazl.ZipFile()
  const out = zip.outputStream as Readable
  const broken = (error: Error) => out.destroy(error)
  let reading: Readable | null = null
  zip.on('error', broken)
  out.once('close', () => reading?.destroy())
  const at = (mtime?: Date) => (mtime ? { mtime } : {})
  fill({
    words: (name, text, mtime) => zip.addBuffer(Buffer.from(text), name, at(mtime)),
    file: (name, sha256, mtime) =>
      zip.addReadStreamLazy(name, at(mtime), give => {
        const stream = files.stream(sha256)
        reading = stream
        const gone = () => give(null, Readable.from([]))
        stream.once('error', gone)
        stream.once('open', () => {
          stream.off('error', gone).on('error', broken)
          give(null, stream)
        })
      }),
  }).then(() => zip.end(), broken)
  return out
}
